"""A text as who reviews it sees it: what was said of it, whose it is, and what changed since somebody last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound
from app.domain.people import Channel
from app.domain.said import saying
from app.domain.segments import Key, Segment, Tag
from app.domain.translations import Action
from app.domain.word_diff import SegmentDiff, segment_diff
from app.queries.suggestions import segments
from app.storage.previews import DbPreview
from app.storage.talk import NO_TAG, WHOLE, DbAssignment, DbComment
from app.storage.texts import DbApproval, DbDocument, DbNote, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said of a text, as a comment or with a transition. `revision` is the number that it was about.

    `key` is the segment that a comment is about, empty where it is about all of the text; `for_locale` the language
    that a source text was translated into by who asked this, else empty.
    """

    who: str
    at: datetime
    text: str
    revision: int | None
    key: Key = WHOLE
    for_locale: Tag = NO_TAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A revision without its text."""

    number: int
    who: str
    at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Whose a text is, and until when it is asked for (None: no day was named).

    A `team`'s is for one of it to take, where nobody has.
    """

    person: str
    due: datetime | None
    team: str = ""
    priority: int = 0

    @property
    def who(self) -> str:
        """Return the name of the person, else that of the team."""
        return self.person or self.team


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOut:
    """A link to a draft that still shows it."""

    number: int
    who: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that the page of a text shows besides its words; None and empty where nothing is there yet.

    `reviewed` numbers the revision that somebody last approved or returned, `changes` tell by key what is otherwise
    since (nothing where nobody did). `returned` is why the text came back, while it has not gone in again.
    """

    title: str
    source: Tag
    head: Saved | None = None
    live: Saved | None = None
    assigned: Assigned | None = None
    returned: Said | None = None
    comments: tuple[Said, ...] = ()
    previews: tuple[GivenOut, ...] = ()
    reviewed: int | None = None
    changes: Mapping[Key, SegmentDiff] | None = None


def review(session: Session, name: DocumentName, locale: Tag, *, now: datetime) -> Review:
    """Return what was said and done about a text. NotFound for a document that there is none of."""
    document = session.scalar(select(DbDocument).where(DbDocument.kind == name.kind, DbDocument.name == name.name))
    if document is None:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))
    text = document.text_in(locale)
    assigned = assigned_of(session, document).get(locale)
    found = Review(title=title_of(session, document, locale), source=document.source, assigned=assigned)
    return found if text is None else _with_history(session, found, text, now)


def title_of(session: Session, document: DbDocument, locale: Tag) -> str:
    """Return what a document is called: in this language, else in that of its source; a catalogue by its domain."""
    if document.kind is not Kind.CATALOGUE:
        for text in (document.text_in(locale), document.text_in(document.source)):
            head = segments(session, text, text.head_id) if text is not None else ()
            title = next((one.text for one in head if one.key == "title"), "")
            if title.strip():
                return title
    return document.name


def _with_history(session: Session, found: Review, text: DbTranslation, now: datetime) -> Review:
    reviewed = _reviewed(session, text)
    changes: Mapping[Key, SegmentDiff] | None = None
    if reviewed is not None and text.head_id is not None:
        before, after = (segments(session, text, number) for number in (reviewed.id, text.head_id))
        changes = {one.key: one for one in segment_diff(before, after) if _is_otherwise(one)}
    return Review(
        title=found.title,
        source=found.source,
        head=_saved(session, text.head_id),
        live=_saved(session, text.live_id),
        assigned=found.assigned,
        returned=_returned(session, text),
        comments=_comments(session, text),
        previews=_previews(session, text, now),
        reviewed=reviewed.number if reviewed else None,
        changes=changes,
    )


def _is_otherwise(one: SegmentDiff) -> bool:
    return one.moved or one.old is None or one.new is None or _words(one.old) != _words(one.new)


def _words(segment: Segment) -> tuple[str, str]:
    return segment.text, segment.state


def _saved(session: Session, number: int | None) -> Saved | None:
    if number is None:
        return None
    one = session.get_one(DbRevision, number)
    return Saved(number=one.number, who=one.author, at=one.created_at, channel=one.channel)


def assigned_of(session: Session, document: DbDocument) -> Mapping[Tag, Assigned]:
    """Return whose each text of a document is, by language; without those that are nobody's."""
    rows = session.scalars(
        select(DbAssignment).where(DbAssignment.document_id == document.id).order_by(DbAssignment.id)
    )
    newest = {
        row.locale: Assigned(person=row.person, due=row.due, team=row.team, priority=row.priority) for row in rows
    }
    return {locale: one for locale, one in newest.items() if one.person or one.team}


def _reviewed(session: Session, text: DbTranslation) -> DbRevision | None:
    """Return the newest revision that somebody approved or returned."""
    approved = select(func.max(DbApproval.revision_id)).where(DbApproval.translation_id == text.id)
    returned = select(func.max(DbNote.revision_id)).where(
        DbNote.translation_id == text.id, DbNote.action == Action.RETURN
    )
    numbers = [number for asked in (approved, returned) if (number := session.scalar(asked)) is not None]
    return session.get_one(DbRevision, max(numbers)) if numbers else None


def _returned(session: Session, text: DbTranslation) -> Said | None:
    """Return the newest note of a return, unless the text has been approved since."""
    approved = session.scalar(select(func.max(DbApproval.at)).where(DbApproval.translation_id == text.id))
    noted = select(DbNote, DbRevision.number).join(DbRevision, DbRevision.id == DbNote.revision_id)
    noted = noted.where(DbNote.translation_id == text.id, DbNote.action == Action.RETURN).order_by(DbNote.id.desc())
    row = session.execute(noted.limit(1)).first()
    if row is None or (approved is not None and approved > row.DbNote.at):
        return None
    return Said(who=row.DbNote.author, at=row.DbNote.at, text=row.DbNote.text, revision=row.number)


def _comments(session: Session, text: DbTranslation) -> tuple[Said, ...]:
    rows = select(DbComment, DbRevision.number).outerjoin(DbRevision, DbRevision.id == DbComment.revision_id)
    found = session.execute(rows.where(DbComment.translation_id == text.id).order_by(DbComment.id))
    return tuple(
        Said(who=one.author, at=one.at, text=one.text, revision=number, key=one.key, for_locale=one.for_locale)
        for one, number in found
    )


def _previews(session: Session, text: DbTranslation, now: datetime) -> tuple[GivenOut, ...]:
    good = select(DbPreview).where(
        DbPreview.translation_id == text.id, DbPreview.revoked_at.is_(None), DbPreview.expires_at > now
    )
    rows = session.scalars(good.order_by(DbPreview.id))
    return tuple(GivenOut(number=row.id, who=row.by, until=row.expires_at) for row in rows)
