"""What a table of texts is asked for: its filters, which every view, sum, package and command of the board shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_

from app.domain.documents import Kind
from app.domain.folding import alike
from app.domain.pages import position_of
from app.domain.segments import NO_LANGUAGE, Origin, Tag
from app.domain.translations import Status
from app.storage.standings import HAS_COMMENTS, HAS_SUGGESTIONS, IS_BEHIND, IS_FAILING, TO_PUBLISH, DbStanding

NOBODY: Final = "-"
"""Stands in the filter by person for texts that nobody was asked for."""

TEAM: Final = "team:"
"""Begins the filter by person where it names a team."""

SOON: Final = timedelta(days=7)


class Wanted(StrEnum):
    """What a filter asks for: how the head stands, what readers have, or what is to be looked at in a text.

    Two facts of a text are never confused, so it may ask for either.
    """

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    TO_PUBLISH = "to publish"
    LIVE = "live"
    NOT_LIVE = "not live"
    BEHIND = "behind"
    DIFFERS = "differs"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"
    FAILING = "failing"
    COMMENTS = "comments"
    SUGGESTIONS = "suggestions"


STANDS: Final = (
    Wanted.MISSING, Wanted.DRAFT, Wanted.IN_REVIEW, Wanted.APPROVED, Wanted.TO_PUBLISH, Wanted.LIVE, Wanted.NOT_LIVE,
)  # fmt: skip
"""How a text stands, one of which a filter asks for."""

MARKS: Final = tuple(one for one in Wanted if one not in STANDS)
"""What besides is to be looked at in a text."""


class Due(StrEnum):
    """What a filter asks for by the time until which somebody was asked for a text."""

    LATE = "late"  # it has passed, and the text is not handed in, or is behind
    WEEK = "week"  # within seven days, or late
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time: from `start` (None: since ever) until before `end` (None: for ever), both aware."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters, each None or empty where it asks for nothing.

    `person` is an account's name, `NOBODY`, or a team's name behind `TEAM`; `dated` asks by the date of the document,
    `asked_until` by the time until which somebody was asked for a text.
    """

    language: Tag | None = None
    wanted: Wanted | None = None
    mark: Wanted | None = None
    person: str = ""
    kind: Kind | None = None
    origin: Origin | None = None
    tag: str = ""
    due: Due | None = None
    dated: Window = Window()
    asked_until: Window = Window()
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether an index has what it leaves, which is what is at work now and never all that was done."""
        due = self.due in {Due.LATE, Due.WEEK} or self.asked_until != Window()
        return due or bool({self.wanted, self.mark} & _FEW) or self.person not in {"", NOBODY}


_FEW: Final = frozenset(
    {
        Wanted.DRAFT, Wanted.IN_REVIEW, Wanted.TO_PUBLISH, Wanted.BEHIND, Wanted.SCHEDULED, Wanted.FAILING,
        Wanted.COMMENTS, Wanted.SUGGESTIONS,
    }
)  # fmt: skip


def conditions(asked: Asked, now: datetime) -> list[ColumnElement[bool]]:
    """Return what has to hold of a text (`DbStanding`) for the filters to leave it; `now` is aware."""
    found = [DbStanding.locale != NO_LANGUAGE] if asked.language is None else [DbStanding.locale == asked.language]
    if asked.kind is not None:
        found.append(DbStanding.kind == asked.kind)
    if asked.origin is not None:
        found.append(DbStanding.origin == asked.origin)
    if asked.tag:
        found.append(("\n" + DbStanding.tags).contains(f"\n{asked.tag}\n", autoescape=True))
    if asked.person:
        found.append(_whose(asked.person))
    if asked.words:
        found.append(DbStanding.folded.contains(alike(asked.words), autoescape=True))
    found += [condition(one) for one in (asked.wanted, asked.mark) if one is not None]
    return found + _times(asked, now)


def condition(wanted: Wanted) -> ColumnElement[bool]:
    """Return what has to hold of a text that stands so."""
    return _CONDITIONS[wanted] if wanted in _CONDITIONS else DbStanding.status == Status(wanted)


_CONDITIONS: Final[Mapping[Wanted, ColumnElement[bool]]] = {
    Wanted.TO_PUBLISH: TO_PUBLISH,
    Wanted.LIVE: DbStanding.live.is_not(None),
    Wanted.NOT_LIVE: DbStanding.live.is_(None),
    Wanted.BEHIND: IS_BEHIND,
    Wanted.DIFFERS: and_(DbStanding.live.is_not(None), DbStanding.head != DbStanding.live),
    Wanted.SCHEDULED: DbStanding.scheduled.is_not(None),
    Wanted.WITHDRAWN: DbStanding.withdrawn.is_(True),
    Wanted.FAILING: IS_FAILING,
    Wanted.COMMENTS: HAS_COMMENTS,
    Wanted.SUGGESTIONS: HAS_SUGGESTIONS,
}


def is_due(due: Due, now: datetime) -> ColumnElement[bool]:
    """Say of a text that somebody is asked for it until such a time."""
    match due:
        case Due.LATE:
            return DbStanding.owed < now
        case Due.WEEK:
            return DbStanding.owed < now + SOON
    return DbStanding.due.is_not(None)


def _whose(person: str) -> ColumnElement[bool]:
    if person == NOBODY:
        return and_(DbStanding.person == "", DbStanding.team == "")
    if person.startswith(TEAM):
        return DbStanding.team == person.removeprefix(TEAM)
    return DbStanding.person == person


def _times(asked: Asked, now: datetime) -> list[ColumnElement[bool]]:
    found = [is_due(asked.due, now)] if asked.due is not None else []
    if asked.dated.start is not None:
        found.append(DbStanding.place >= position_of(asked.dated.start, 0))
    if asked.dated.end is not None:
        found.append(DbStanding.place < position_of(asked.dated.end, 0))
    if asked.asked_until.start is not None:
        found.append(DbStanding.due >= asked.asked_until.start)
    if asked.asked_until.end is not None:
        found.append(DbStanding.due < asked.asked_until.end)
    return found
