"""Blocks of a translation divided, joined and moved at the desk, each as a revision that can be taken back at once."""

from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotAllowed
from app.domain.merge import Merged, merge
from app.domain.merged_maps import Side, merged_map
from app.domain.people import Actor
from app.domain.rearranging import Deed, Rearranged, divided, joined, moved, require_same
from app.domain.renderings import Written
from app.domain.said import saying
from app.domain.segments import FIXED_KINDS, Key, Segment, Tag
from app.formats.choice import parse
from app.services import folds, revisions, sheets, transitions
from app.services.histories import segments_of
from app.services.sheets import Bases, Sheet
from app.services.texts import find_revision, held_or_begun
from app.storage.dismissals import DbDismissal
from app.storage.talk import DbComment
from app.storage.texts import DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants done: to the block `key` of the sheet that they see, made from `bases`.

    Of a division `words` are what they see there, and `before` that of it which stands before the caret.
    """

    deed: Deed
    key: Key
    bases: Bases
    words: str = ""
    before: str = ""


def rearrange(session: Session, name: DocumentName, locale: Tag, actor: Actor, asked: Asked) -> tuple[Key, int]:
    """Do it; return the key of the segment to look at, and the number of the revision that `take_back` is told.

    NotAllowed where it cannot be done, or the text changed meanwhile so that it would mean something else; refusals as
    `sheets.save`. In one transaction: what they typed before (`folds.fold`), the revision, and the talk and dismissals
    of a segment that was joined to another, which get its key.
    """
    translation = _held(session, name, locale)
    folds.fold(session, name, locale, actor)
    now, bases = sheets.sheet(session, name, locale), asked.bases
    if bases.source != now.bases.source:  # shown beside another: what was pressed is done beside what it was made from
        bases = Bases(revision=bases.revision)
    then = sheets.sheet(session, name, locale, bases)
    require_same(then.rows, now.rows, asked.key, asked.deed)
    done = _done(now, asked)
    head = _saved(session, translation, now, actor, done)
    if done.gone is not None:
        for table in (DbComment, DbDismissal):
            of_it = (table.translation_id == translation.id, table.key == done.gone)
            session.execute(update(table).where(*of_it).values(key=done.key))
    return done.key, head.number


def _held(session: Session, name: DocumentName, locale: Tag) -> DbTranslation:
    translation = held_or_begun(session, name, locale)
    if name.kind is Kind.CATALOGUE or translation.is_source:
        raise NotAllowed(saying("only blocks of a translation are split, joined and moved"))
    transitions.lock(session, translation)
    return translation


def _done(now: Sheet, asked: Asked) -> Rearranged:
    match asked.deed:
        case Deed.DIVIDE:
            parent = now.base.digest if now.base is not None else ""
            return divided(now.rows, asked.key, asked.words, asked.before, parent=parent)
        case Deed.JOIN:
            return joined(now.rows, asked.key)
        case Deed.UP | Deed.DOWN:
            return moved(now.rows, asked.key, asked.deed)


def _saved(session: Session, translation: DbTranslation, now: Sheet, actor: Actor, done: Rearranged) -> DbRevision:
    text = sheets.composed(now, done.segments)
    read = parse(now.document.kind, now.locale, text, path=translation.subject).segments
    if _blocks(read) != _blocks(done.segments):
        raise NotAllowed(saying("read as Markdown it would be other blocks then"))
    written = Written(segments=done.segments, rows=done.rows)
    path = translation.subject
    return revisions.save(session, translation, text, actor, base=now.base, path=path, written=written).head


def _blocks(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in segments if one.kind not in FIXED_KINDS]


def take_back(session: Session, name: DocumentName, locale: Tag, actor: Actor, number: int) -> Key:
    """Take back what was done in the revision of this number, and keep what was changed since.

    Return the key of the first segment that stands where another one stood.

    NotAllowed where that changed the same; refusals as `sheets.save`. In one transaction: what somebody typed before,
    and the revision.
    """
    translation = _held(session, name, locale)
    folds.fold(session, name, locale, actor)
    done = find_revision(session, translation, number)
    now = sheets.sheet(session, name, locale)
    if done.parent_id is None or now.base is None:
        raise NotAllowed(saying("there is nothing to take back"))
    before = session.get_one(DbRevision, done.parent_id)
    ours, theirs = (_side(translation, one) for one in (now.base, before))
    merged = merge(segments_of(translation, done), ours.segments, theirs.segments)
    if merged.suggestions or merged.segments == tuple(ours.segments):
        raise NotAllowed(saying("it was changed since, and cannot be taken back in one press"))
    known = merged_map(done.segment_map, ours, theirs, merged.segments)
    back = Rearranged(segments=merged.segments, rows={row.key: row for row in known.rows}, key=_first(merged, ours))
    _saved(session, translation, now, actor, back)
    return back.key


def _first(merged: Merged, ours: Side) -> Key:
    both = zip_longest(merged.segments, ours.segments)
    return next((one.key for one, other in both if one is not None and one != other), merged.segments[-1].key)


def _side(translation: DbTranslation, revision: DbRevision) -> Side:
    return Side(segments=segments_of(translation, revision), map=revision.segment_map)
