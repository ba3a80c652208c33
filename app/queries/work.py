"""My work: what waits for one person, in the order in which it is best done, and what comes by itself.

A fixed number of queries.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.documents import DocumentName
from app.domain.people import Person, languages
from app.domain.permissions import Side, may
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Role, Status
from app.queries.asked import Due, is_due
from app.queries.board import is_withdrawn
from app.queries.cells import Called, Cell, Text, text
from app.storage.assigning import teams_of
from app.storage.days import local_day
from app.storage.standings import IS_BEHIND, IS_UNFINISHED, TO_PUBLISH, DbStanding
from app.storage.texts import DbNote, DbRevision, DbTranslation

MOST: Final = 20
"""How many entries of a section are shown; how many there are is said."""

MOST_COUNTED: Final = 200
"""Texts at the most that are looked at where a whole language can wait for whoever begins."""


class Reason(StrEnum):
    """Why something waits for this person. COMING waits for nobody: it goes live at its time."""

    RETURNED = "returned"
    ASSIGNED = "assigned"
    TEAM = "team"
    BEHIND = "behind"
    REVIEW = "review"
    PUBLISH = "publish"
    DRAFT = "draft"
    MISSING = "missing"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text that waits, by its title as of `Text`. `note` is what was said when it was returned.

    `due` is when it was asked for, of this person where it is `theirs`, else of a `team` if one is named; `priority` as
    in `DbAssignment`.
    """

    name: DocumentName
    title: str
    title_language: Tag | None
    cell: Cell
    since: datetime | None
    due: datetime | None
    note: str
    theirs: bool
    team: str
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What waits for one reason: the first of it, and how much there is, no more than `MOST_COUNTED` where it is so."""

    reason: Reason
    entries: Sequence[Entry]
    total: int

    @property
    def is_counted(self) -> bool:
        """Tell whether `total` is all there is."""
        return self.total < MOST_COUNTED or self.reason not in _WHOLE_LANGUAGES


_WHOLE_LANGUAGES: Final = frozenset({Reason.BEHIND, Reason.PUBLISH, Reason.MISSING})


def work(session: Session, person: Person, *, four_eyes: bool, zone: ZoneInfo, reader: Tag) -> tuple[Section, ...]:
    """Return what waits for a person, sections without anything left out; one query for each reason, and one more.

    In a section that comes first which is due first, of one day what is urgent; days are those of the site's `zone`.
    Texts are called as in the language of the `reader`, where there is one. Where a whole language can wait, the newest
    `MOST_COUNTED` are looked at, however many there are.
    """
    reasons = _reasons(person, teams_of(session, person.name), four_eyes=four_eyes)
    sections = (_section(session, waits, person, zone, Called(reader)) for waits in reasons)
    return tuple(section for section in sections if section.total)


def late(session: Session, now: datetime) -> int:
    """Return how many texts of all languages are late at a time (aware), for whoever answers for them."""
    return session.scalar(select(func.count()).select_from(DbStanding).where(is_due(Due.LATE, now))) or 0


def _reasons(
    person: Person, teams: Collection[str], *, four_eyes: bool
) -> Iterator[tuple[Reason, ColumnElement[bool]]]:
    writes, reviews = _writes(person), _reviews(person)
    mine = DbStanding.author == person.name
    draft, returned = DbStanding.status == Status.DRAFT, _note().is_not(None)
    for_me, for_nobody = DbStanding.person == person.name, DbStanding.person == ""
    free, unfinished = and_(for_nobody, DbStanding.team == ""), IS_UNFINISHED
    yield Reason.RETURNED, and_(draft, returned, or_(for_me, mine))
    yield Reason.ASSIGNED, and_(for_me, unfinished, ~and_(draft, returned))
    if teams and writes is not None:
        yield Reason.TEAM, and_(writes, for_nobody, DbStanding.team.in_(teams), unfinished)
    if writes is not None:
        yield Reason.BEHIND, and_(writes, free, IS_BEHIND)
    if reviews is not None:
        yield Reason.REVIEW, and_(reviews, DbStanding.status == Status.IN_REVIEW, *((~mine,) if four_eyes else ()))
    publishes, has_time = may(person.everywhere, Action.PUBLISH), DbStanding.scheduled.is_not(None)
    if publishes:
        taken_away = is_withdrawn(DbRevision.number == DbStanding.head)
        yield Reason.PUBLISH, and_(TO_PUBLISH, ~has_time, ~taken_away)
    yield Reason.DRAFT, and_(draft, mine, ~returned, or_(free, ~for_me))
    if writes is not None:
        yield Reason.MISSING, and_(writes, free, DbStanding.status == Status.MISSING, _source_is_there())
    yield Reason.COMING, has_time if publishes else and_(has_time, mine)


def _writes(person: Person) -> ColumnElement[bool] | None:
    """Say of texts that they are this person's to write, as translator of their language or as author; None of none."""
    own = languages(person.grants, Role.TRANSLATOR)
    sides = [and_(DbStanding.locale.in_(own), DbStanding.is_source.is_(False))] if own else []
    if Role.AUTHOR in person.everywhere:
        sides.append(and_(DbStanding.is_source, DbStanding.locale != NO_LANGUAGE))
    return or_(*sides) if sides else None


def _reviews(person: Person) -> ColumnElement[bool] | None:
    if may(person.roles(), Action.APPROVE, of=Side.TRANSLATION):  # whatever the language
        return DbStanding.locale != NO_LANGUAGE
    own = languages(person.grants, Role.REVIEWER)
    return DbStanding.locale.in_(own) if own else None


def _source_is_there() -> ColumnElement[bool]:
    """Say of a missing text that there is something to translate: its source was handed in, or is live."""
    source = aliased(DbStanding)
    submitted = or_(source.live.is_not(None), source.status.in_((Status.IN_REVIEW, Status.APPROVED)))
    return exists().where(source.document_id == DbStanding.document_id, source.is_source, submitted)


def _note() -> ColumnElement[str | None]:
    """Return what was said when the newest revision of a text was returned, NULL if it was not."""
    newest = (
        select(DbNote.text)
        .join(DbRevision, DbRevision.id == DbNote.revision_id)
        .join(DbTranslation, DbTranslation.id == DbNote.translation_id)
        .where(
            DbTranslation.document_id == DbStanding.document_id,
            DbTranslation.locale == DbStanding.locale,
            DbTranslation.head_id == DbNote.revision_id,
            DbNote.action == Action.RETURN,
        )
        .order_by(DbNote.id.desc())
        .limit(1)
    )
    return newest.correlate(DbStanding).scalar_subquery()


def _section(
    session: Session, waits: tuple[Reason, ColumnElement[bool]], person: Person, zone: ZoneInfo, called: Called
) -> Section:
    reason, where = waits
    found = select(DbStanding.document_id, DbStanding.locale).where(where, DbStanding.locale != NO_LANGUAGE)
    if reason in _WHOLE_LANGUAGES:
        found = found.order_by(DbStanding.place.desc()).limit(MOST_COUNTED)
    which = found.subquery()
    asked = (
        select(DbStanding, _note().label("note"), func.count().over().label("total"), called.title)
        .join(which, and_(which.c.document_id == DbStanding.document_id, which.c.locale == DbStanding.locale))
        .outerjoin(called.row, called.of_text)
        .order_by(*((DbStanding.scheduled,) if reason is Reason.COMING else ()))
        .order_by(DbStanding.due.is_(None), local_day(session, DbStanding.due, zone), DbStanding.priority.desc())
        .order_by(DbStanding.due, DbStanding.place.desc(), DbStanding.locale)
        .limit(MOST)
    )
    rows = session.execute(asked).all()
    entries = tuple(
        _entry(row, note or "", person, text(row, called=title, reader=called.reader)) for row, note, _, title in rows
    )
    return Section(reason=reason, entries=entries, total=rows[0].total if rows else 0)


def _entry(row: DbStanding, note: str, person: Person, seen: Text) -> Entry:
    return Entry(
        name=seen.name, title=seen.title, title_language=seen.title_language, cell=seen.cell, since=row.since,
        due=row.due, note=note, theirs=row.person == person.name, team=row.team, priority=row.priority,
    )  # fmt: skip
