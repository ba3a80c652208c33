"""Blocks of a translation divided, joined and moved at the desk, each as a revision that can be taken back at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotAllowed
from app.domain.merge import merge
from app.domain.merged_maps import Side, merged_map
from app.domain.people import Actor
from app.domain.rearranging import Deed, Rearranged, divided, joined, moved, require_same
from app.domain.renderings import Written
from app.domain.said import saying
from app.domain.segments import FIXED_KINDS, Key, Segment, Tag
from app.formats.choice import parse
from app.services import folds, revisions, sheets, transitions
from app.services.histories import segments_of
from app.services.places_of_talk import follow, parts
from app.services.sheets import Bases, Sheet
from app.services.texts import find_revision, held_or_begun
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
    of a segment that was joined to another, which go on there (`places_of_talk`).
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
    _talk_follows(session, translation, now, {done.gone: done.key} if done.gone is not None else {})
    return done.key, head.number


def _talk_follows(session: Session, translation: DbTranslation, before: Sheet, joined: Mapping[Key, Key]) -> None:
    """Let talk stand at rows that there are, now that a text is another than it was on a sheet."""
    there = [row.key for row in sheets.sheet(session, before.document, before.locale).rows]
    gone = parts([row.key for row in before.rows], there)
    follow(session, translation, {key: joined.get(key, into) for key, into in gone.items()}, there)


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
    the revision, and talk and dismissals, which go back to the segments that they were made on.
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
    back = Side(segments=merged.segments, map=merged_map(done.segment_map, ours, theirs, merged.segments))
    key = _first(back, ours)
    if merged.suggestions or key is None:
        raise NotAllowed(saying("it was changed since, and cannot be taken back in one press"))
    rows = {row.key: row for row in back.map.rows}
    _saved(session, translation, now, actor, Rearranged(segments=merged.segments, rows=rows, key=key))
    _talk_follows(session, translation, now, {})
    return key


def _first(back: Side, ours: Side) -> Key | None:
    """Return the first segment that is otherwise on one side, or made from something else; None if none is."""
    both = zip_longest(back.segments, back.map.rows, ours.segments, ours.map.rows)
    differing = [one for one, row, other, told in both if (one, row) != (other, told)]
    return next((one.key for one in differing if one is not None), back.segments[-1].key) if differing else None


def _side(translation: DbTranslation, revision: DbRevision) -> Side:
    return Side(segments=segments_of(translation, revision), map=revision.segment_map)
