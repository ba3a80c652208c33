"""What happened to a document: saves, transitions, publications, assignments and comments, who and when."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.people import Channel
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action
from app.storage import actors
from app.storage.journal import DbEvent
from app.storage.talk import DbAssignment, DbComment
from app.storage.texts import DbDocument, DbNote, DbPublication, DbRevision, DbTranslation


class What(StrEnum):
    """What happened. Transitions are called as in their table, the rest as in the journal."""

    SAVE = "save"
    START = "start"
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    TAKE_BACK = "take-back"
    APPROVE = "approve"
    REOPEN = "reopen"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"
    PUT_BACK = "put-back"
    CORRECT = "correct"
    RESCHEDULE = "reschedule"
    UNSCHEDULE = "unschedule"
    REFUSED = "refused"
    TAKE_SUGGESTION = "take-suggestion"
    DECLINE_SUGGESTION = "decline-suggestion"
    COMMENT = "comment"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    ORDER_RELEASE = "order-release"
    END_RELEASE = "end-release"
    REFUSE_RELEASE = "refuse-release"
    PREVIEW = "preview"
    REVOKE_PREVIEW = "revoke-preview"


_FROM_TABLES = frozenset({What.SAVE, What.COMMENT, What.ASSIGN, What.UNASSIGN})
"""What the tables know more of than the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to a document, or to its text in `locale`. `who` is empty where nobody can be told.

    `revision` and `parent` are numbers; `note` is what was said with it, or the comment; `person` whose the text became
    and `due` until when, or when it is to go live; `minor` is said of publications that leave translations current.
    `policy` and `together` are an order's. What was assigned `by_itself` followed from what `who` published.
    """

    at: datetime
    what: What
    who: str
    channel: Channel
    locale: Tag | None = None
    revision: int | None = None
    parent: int | None = None
    note: str = ""
    person: str = ""
    due: datetime | None = None
    minor: bool = False
    overridden: bool = False
    by_itself: bool = False
    policy: str = ""
    together: tuple[Tag, ...] = ()


def timeline(session: Session, name: DocumentName) -> tuple[Happening, ...]:
    """Return what happened to a document, the newest first; eight queries, however much it was. NotFound for none."""
    document = session.scalar(select(DbDocument).where(DbDocument.kind == name.kind, DbDocument.name == name.name))
    if document is None:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))
    locales = select(DbTranslation.id, DbTranslation.locale).where(DbTranslation.document_id == document.id)
    texts: dict[int, Tag] = {row.id: row.locale for row in session.execute(locales)}
    given = tuple(_assignments(session, document))
    happened = [*_revisions(session, texts), *_comments(session, texts), *given]
    subjects = [str(name), *(f"{name}@{tag}" for tag in {*texts.values(), *(one.locale for one in given)})]
    happened += _Events(session, texts).read(subjects)
    return tuple(sorted(happened, key=lambda one: one.at, reverse=True))


def _revisions(session: Session, texts: Mapping[int, Tag]) -> Iterator[Happening]:
    columns = select(
        DbRevision.id, DbRevision.translation_id, DbRevision.number, DbRevision.parent_id, DbRevision.author,
        DbRevision.channel, DbRevision.created_at,
    )  # fmt: skip
    rows = session.execute(columns.where(DbRevision.translation_id.in_(texts)).order_by(DbRevision.id)).all()
    numbers = {row.id: row.number for row in rows}
    for row in reversed(rows):
        yield Happening(
            at=row.created_at, what=What.SAVE, who=row.author, channel=row.channel, locale=texts[row.translation_id],
            revision=row.number, parent=numbers.get(row.parent_id),
        )  # fmt: skip


def _comments(session: Session, texts: Mapping[int, Tag]) -> Iterator[Happening]:
    rows = select(DbComment, DbRevision.number).outerjoin(DbRevision, DbRevision.id == DbComment.revision_id)
    for comment, number in session.execute(
        rows.where(DbComment.translation_id.in_(texts)).order_by(DbComment.id.desc())
    ):
        yield Happening(
            at=comment.at, what=What.COMMENT, who=comment.author, channel=Channel.DESK,
            locale=texts[comment.translation_id], revision=number, note=comment.text,
        )  # fmt: skip


def _assignments(session: Session, document: DbDocument) -> Iterator[Happening]:
    given = select(DbAssignment).where(DbAssignment.document_id == document.id).order_by(DbAssignment.id.desc())
    for one in session.scalars(given):
        yield Happening(
            at=one.at, what=What.ASSIGN if one.person or one.team else What.UNASSIGN, who=one.by,
            channel=Channel.DESK, locale=one.locale, person=one.person or one.team, due=one.due, note=one.reason,
            by_itself=one.publication > 0,
        )  # fmt: skip


class _Events:
    """The journal's rows of a document, with what the tables say beside them."""

    def __init__(self, session: Session, texts: Mapping[int, Tag]) -> None:
        self.session = session
        self.names = actors.names(session)
        notes = select(DbNote).where(DbNote.translation_id.in_(texts)).order_by(DbNote.id)
        self.notes = [(texts[note.translation_id], note) for note in session.scalars(notes)]
        published = select(DbPublication.translation_id, DbPublication.minor, DbRevision.number)
        published = published.join(DbRevision, DbRevision.id == DbPublication.revision_id)
        published = published.where(DbPublication.translation_id.in_(texts)).order_by(DbPublication.id)
        self.minor = {(texts[row.translation_id], row.number): row.minor for row in session.execute(published)}

    def read(self, subjects: Iterable[str]) -> list[Happening]:
        """Return what the journal knows of these subjects and no table knows better, newest first."""
        known = [what for what in What if what not in _FROM_TABLES]
        rows = select(DbEvent).where(DbEvent.subject.in_(subjects), DbEvent.action.in_(known)).order_by(DbEvent.number)
        return [self._happening(row) for row in self.session.scalars(rows)][::-1]

    def _happening(self, row: DbEvent) -> Happening:
        details: dict[str, str | int | None] = json.loads(row.details)
        what, who = What(row.action), self.names.get(row.actor, "")
        locale = Tag(row.subject.partition("@")[2]) or None
        number, due = details.get("revision"), details.get("due")
        revision = number if isinstance(number, int) else None
        published = what in {What.PUBLISH, What.CORRECT} and locale is not None and revision is not None
        return Happening(
            at=row.at, what=what, who=who, channel=Channel(row.source), locale=locale, revision=revision,
            note=self._note(locale, what, who, row.at),
            due=datetime.fromisoformat(due) if isinstance(due, str) else None,
            minor=published and self.minor.get((locale or Tag(""), revision or 0), False),
            overridden="four-eyes" in details, policy=str(details.get("policy") or ""),
            together=tuple(Tag(one) for one in str(details.get("together") or "").split(",") if one),
        )  # fmt: skip

    def _note(self, locale: Tag | None, what: What, who: str, at: datetime) -> str:
        """Return what was said with a transition; a note is written in its transaction, just before its event."""
        action = Action.RETURN if what is What.DECLINE_SUGGESTION else what
        said = [
            pair for pair in self.notes
            if pair[0] == locale and pair[1].action == action and pair[1].author == who and pair[1].at <= at
        ]  # fmt: skip
        self.notes = [pair for pair in self.notes if pair not in said]
        return said[-1][1].text if said else ""
