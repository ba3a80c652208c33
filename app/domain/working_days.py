"""Working days: which days a country works, and when something is due that is asked for within so many of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

END_OF_DAY: Final = time(18)
"""When a working day ends: what is asked for by a day is asked for by then."""

START_OF_DAY: Final = time(9)
"""When a working day begins: people are reminded then."""

_DAY: Final = timedelta(days=1)
_LONGEST_REST: Final = 60
"""Days without work, one after the other, that no country has; a calendar that has more is no calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Days on which nobody works: those of `weekend` (0 is Monday, as `date.weekday`) and `holidays`.

    `worked` are days of a weekend that are worked all the same, as where a holiday was moved.
    """

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Tell whether a day is a working day."""
        return day not in self.holidays and (day.weekday() not in self.weekend or day in self.worked)

    def after(self, day: date, count: int) -> date:
        """Return the working day that is `count` after a day; with 0 the day itself, or the first that is worked.

        ValueError for a calendar by which nobody works for two months.
        """
        if count == 0:
            return day if self.works(day) else self.after(day, 1)
        return self._away(day, count, _DAY)

    def before(self, day: date, count: int) -> date:
        """Return the working day that is `count` (1 or more) before a day. ValueError as `after`."""
        return self._away(day, count, -_DAY)

    def _away(self, day: date, count: int, step: timedelta) -> date:
        days = self._worked_from(day, step)
        for _ in range(count):
            day = next(days)
        return day

    def _worked_from(self, day: date, step: timedelta) -> Iterator[date]:
        rested = 0
        while rested <= _LONGEST_REST:
            day += step
            if self.works(day):
                rested = 0
                yield day
            else:
                rested += 1
        raise ValueError(f"nobody works for {_LONGEST_REST} days before or after {day}")


def due_after(moment: datetime, days: int, zone: ZoneInfo, calendar: WorkCalendar) -> datetime:
    """Return when something is due that is asked for at `moment` (aware), `days` working days later (0: the same day).

    That is the end of that day as clocks of `zone` show it, and after `moment` always.
    """
    there = moment.astimezone(zone)
    due = at(calendar.after(there.date(), days), END_OF_DAY, zone)
    return due if due > moment else at(calendar.after(there.date(), 1), END_OF_DAY, zone)


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks of a zone show this hour of a day."""
    return datetime.combine(day, hour, tzinfo=zone)
