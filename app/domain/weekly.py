"""The weekly report: the week (ISO 8601, Monday to Sunday) that it is about, and what it tells of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from app.domain.documents import DocumentName
from app.domain.figures import Period, Report
from app.domain.segments import Tag

_NAME: Final = re.compile(r"(?P<year>(19|2[0-9])[0-9]{2})-W(?P<number>[0-9]{2})", re.ASCII)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """A week by its Monday; `str()` gives its name in addresses, `2026-W48`."""

    monday: date

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Return the week of a name, None if there is none."""
        found = _NAME.fullmatch(name)
        try:
            return cls(date.fromisocalendar(int(found["year"]), int(found["number"]), 1)) if found else None
        except ValueError:
            return None

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week that a day is in."""
        return cls(day - timedelta(days=day.weekday()))

    def __str__(self) -> str:
        return "{0.year}-W{0.week:02}".format(self.monday.isocalendar())

    @property
    def number(self) -> int:
        """Return which week of its year it is."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + _WEEK - timedelta(days=1)

    @property
    def period(self) -> Period:
        """Return its days."""
        return Period(first=self.monday, last=self.sunday)

    @property
    def before(self) -> "IsoWeek":
        """Return the week before it."""
        return IsoWeek(self.monday - _WEEK)

    @property
    def after(self) -> "IsoWeek":
        """Return the week after it."""
        return IsoWeek(self.monday + _WEEK)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return when it begins and when the next one does, in UTC, by the clocks of a zone."""
        first, last = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (self.monday, self.after.monday))
        return first, last


LATE_BY: Final = timedelta(days=1)
"""How long after its hour a letter of Monday is still written, if nothing could write it before."""


def due_on_monday(hour: int, now: datetime, zone: ZoneInfo) -> IsoWeek | None:
    """Return the week of which somebody gets the report now: the one that ended, on Monday from their hour on.

    None at any other time: who was not told within a day finds it on the page.
    """
    this = IsoWeek.of(now.astimezone(zone).date())
    at = datetime.combine(this.monday, time(hour), zone).astimezone(UTC)
    return this.before if at <= now.astimezone(UTC) < at + LATE_BY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One text of the report. `at` is when it went live, is or was due, or what it follows moved on.

    `who` has it (the name of an account or of a team, empty of none).
    """

    name: DocumentName
    title: str
    locale: Tag
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The first texts of a part of the report, and how many there are in all."""

    texts: Sequence[Told]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """All of it, for one language or (None) for all.

    `late`, `due` and `behind` are as things stood `at` (aware), when it was made: what was so when the week ended,
    nobody has kept. `is_counted` says that all that was done in the week is in `published` and in the figures; `names`
    are full names of people by those of their accounts.
    """

    week: IsoWeek
    language: Tag | None
    published: Part
    late: Part
    due: Part
    behind: Part
    figures: Report
    before: Report
    names: Mapping[str, str]
    at: datetime
    is_counted: bool
