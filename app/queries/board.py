"""What stands where: documents by languages, a page at a time, whatever their number in two queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, String, and_, exists, func, select, type_coerce
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.folding import alike
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.storage.embargoes import PUBLISH
from app.storage.outbox import DbWork
from app.storage.standings import DbStanding
from app.storage.talk import DbAssignment
from app.storage.texts import DbPublication, DbRevision, DbTranslation

SIZE: Final = 30


class Wanted(StrEnum):
    """What a filter by status asks for; two facts of a text are never confused, so it may ask for either."""

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    LIVE = "live"
    NOT_LIVE = "not live"
    BEHIND = "behind"
    DIFFERS = "differs"


class Due(StrEnum):
    """What a filter by the time asks for until which somebody was asked for a text."""

    LATE = "late"
    WEEK = "week"  # within seven days, or late
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters, each None or empty where it asks for nothing, and where the page begins (`older`, a cursor)."""

    language: Tag | None = None
    wanted: Wanted | None = None
    kind: Kind | None = None
    due: Due | None = None
    words: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One text: the status of its head, and which revision is live, with what else a look has to tell.

    `due` is when something of it is to go live, `withdrawn` tells that nothing is live and something once was.
    """

    locale: Tag
    status: Status
    head: int | None
    live: int | None
    behind: Tag | None
    origin: str
    is_source: bool
    due: datetime | None
    withdrawn: bool

    @property
    def differs(self) -> bool:
        """Tell whether readers see another text than the newest."""
        return self.live is not None and self.live != self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document, by its title in the language of whoever looks, else that of its source."""

    name: DocumentName
    title: str
    source: Tag
    cells: Mapping[Tag, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of the table; `older` is the cursor of the next, None on the last."""

    lines: Sequence[Line]
    older: str | None


def board(session: Session, asked: Asked, *, reader: Tag) -> Board:
    """Return the documents that the filters leave, newest first, each with all its languages."""
    documents = (
        select(DbStanding.document_id, DbStanding.place)
        .where(*_filters(asked))
        .distinct()
        .order_by(DbStanding.place.desc())
        .limit(SIZE + 1)
    )
    found = session.execute(documents).all()
    shown = [row.document_id for row in found[:SIZE]]
    rows = session.execute(
        select(DbStanding, due_at(), is_withdrawn())
        .where(DbStanding.document_id.in_(shown), DbStanding.locale != NO_LANGUAGE)
        .order_by(DbStanding.place.desc(), DbStanding.locale)
    )
    texts = ((text, cell(text, due=time, withdrawn=gone)) for text, time, gone in rows)
    lines = tuple(_line(dict(one), reader) for _, one in groupby(texts, key=lambda pair: pair[0].document_id))
    return Board(lines=lines, older=found[SIZE - 1].place if len(found) > SIZE else None)


def _filters(asked: Asked) -> list[ColumnElement[bool]]:
    filters = [DbStanding.locale != NO_LANGUAGE] if asked.language is None else [DbStanding.locale == asked.language]
    if asked.kind is not None:
        filters.append(DbStanding.kind == asked.kind)
    if asked.wanted is not None:
        filters.append(_condition(asked.wanted))
    if asked.due is not None:
        filters.append(_asked_until(asked.due, datetime.now(UTC)))
    if asked.words:
        filters.append(DbStanding.folded.contains(alike(asked.words), autoescape=True))
    if asked.older:
        filters.append(DbStanding.place < asked.older)
    return filters


def _condition(wanted: Wanted) -> ColumnElement[bool]:
    match wanted:
        case Wanted.LIVE:
            return DbStanding.live.is_not(None)
        case Wanted.NOT_LIVE:
            return DbStanding.live.is_(None)
        case Wanted.BEHIND:
            return DbStanding.behind != ""
        case Wanted.DIFFERS:
            return and_(DbStanding.live.is_not(None), DbStanding.head != DbStanding.live)
    return DbStanding.status == Status(wanted)


def _asked_until(due: Due, now: datetime) -> ColumnElement[bool]:
    """Say of a text that somebody is asked for it until such a time."""
    newest = (
        select(func.max(DbAssignment.id))
        .where(DbAssignment.document_id == DbStanding.document_id, DbAssignment.locale == DbStanding.locale)
        .correlate(DbStanding)
        .scalar_subquery()
    )
    limit = {Due.LATE: now, Due.WEEK: now + timedelta(days=7), Due.ANY: None}[due]
    times = (DbAssignment.due.is_not(None),) if limit is None else (DbAssignment.due <= limit,)
    return exists().where(DbAssignment.id == newest, DbAssignment.person != "", *times).correlate(DbStanding)


def texts_of(session: Session, asked: Asked, *, most: int) -> Sequence[tuple[DocumentName, Tag]]:
    """Return the texts that the filters leave, newest documents first, so many at the most."""
    found = (
        select(DbStanding.kind, DbStanding.name, DbStanding.locale)
        .where(*_filters(asked))
        .order_by(DbStanding.place.desc(), DbStanding.locale)
        .limit(most)
    )
    return [(DocumentName(kind=row.kind, name=row.name), row.locale) for row in session.execute(found)]


def due_at() -> ColumnElement[datetime]:
    """Return when something of a text is to go live; NULL where nothing is, or it was refused."""
    subject = type_coerce(DbStanding.kind, String) + "/" + DbStanding.name + "@" + DbStanding.locale
    times = select(func.min(DbWork.due_at)).where(
        DbWork.kind == PUBLISH, DbWork.subject == subject, DbWork.refusal == ""
    )
    return times.correlate(DbStanding).scalar_subquery()


def is_withdrawn(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say of a text that nothing of it is live, and that something (or `which` of its revisions) once was."""
    once = (
        exists()
        .where(DbPublication.translation_id == DbTranslation.id, DbRevision.id == DbPublication.revision_id)
        .where(DbTranslation.document_id == DbStanding.document_id, DbTranslation.locale == DbStanding.locale, *which)
    )
    return and_(DbStanding.live.is_(None), once.correlate(DbStanding))


def _line(texts: Mapping[DbStanding, Cell], reader: Tag) -> Line:
    own = next((text for text in texts if text.locale == reader), None)
    source = next((text for text in texts if text.is_source), None)
    titled = own or source or next(iter(texts))
    return Line(
        name=DocumentName(kind=titled.kind, name=titled.name),
        title=titled.title,
        source=source.locale if source else NO_LANGUAGE,
        cells={text.locale: one for text, one in texts.items()},
    )


def cell(text: DbStanding, *, due: datetime | None, withdrawn: bool) -> Cell:
    """Return what a look at one text has to tell."""
    return Cell(
        locale=text.locale, status=text.status, head=text.head, live=text.live, origin=text.origin,
        behind=Tag(text.behind) if text.behind else None, is_source=text.is_source,
        due=due, withdrawn=withdrawn,
    )  # fmt: skip
