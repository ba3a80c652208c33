"""Dates, sizes and names of languages as the page's own language writes them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain import dates
from app.domain.line_breaks import bound
from app.domain.locales import called, language
from app.domain.segments import Tag
from app.domain.spans import Span

Day = date  # inside the class `date` is a method


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What a template asks for what only a language knows; times are those of the seat."""

    locale: Tag
    zone: ZoneInfo

    def date_time(self, when: datetime) -> str:
        """Return date and time: `18 March 2026, 19:25`."""
        return dates.date_time(when, self.locale, self.zone)

    def date(self, when: datetime) -> str:
        """Return the date: `18 March 2026`."""
        return dates.long_date(when, self.locale, self.zone)

    def short_date(self, when: datetime, now: datetime) -> str:
        """Return the date for a narrow column, with its year where that is not the one at hand: `05.12`."""
        return dates.short_date(when, self.zone, now=now)

    def day(self, day: Day) -> str:
        """Return a day of the calendar: `18 March 2026`."""
        return dates.long_date(day, self.locale)

    def month_of(self, day: Day) -> str:
        """Return the month of a day, as it stands over a calendar: `March 2026`."""
        return dates.month_heading(day.year, day.month, self.locale)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Return the days of a week, Monday first, as they stand over columns."""
        return dates.weekdays(self.locale)

    def month(self, when: datetime) -> str:
        """Return the month as it stands over a part of the list: `March 2026`."""
        there = when.astimezone(self.zone)
        return dates.month_heading(there.year, there.month, self.locale)

    def span(self, span: Span) -> str:
        """Return the heading of a part of the archive: `March 2026`, `2026`."""
        return str(span.year) if span.month is None else dates.month_heading(span.year, span.month, self.locale)

    def machine(self, when: datetime) -> str:
        """Return the time for a `datetime` attribute, at the seat's offset."""
        return when.astimezone(self.zone).isoformat(timespec="minutes")

    def exact(self, when: datetime) -> str:
        """Return the time by RFC 3339, to the second."""
        return when.astimezone(self.zone).isoformat(timespec="seconds")

    def epoch(self, when: datetime) -> int:
        """Return milliseconds since 1970 as a page's script asks how long ago it was; what is older is old anyway."""
        return max(0, int(when.timestamp() * 1000))

    def size(self, size: int) -> str:
        """Return a number of bytes: `348 kB`."""
        return dates.file_size(size, self.locale)

    def number(self, number: float) -> str:
        """Return a number with its groups: `1,234`, `0.5`."""
        return dates.number(number, self.locale)

    def percent(self, number: int) -> str:
        """Return how much of a hundred: `85%`, `85 %`."""
        return dates.percent(number, self.locale)

    def language(self, tag: Tag) -> str:
        """Return what this language calls another one."""
        return called(tag, self.locale)

    def bound(self, text: str, tag: Tag | None = None) -> str:
        """Return a text of a language (the page's own) in which what belongs together stays on one line."""
        return bound(text, tag or self.locale)

    def direction(self, tag: Tag) -> str:
        """Return which way a language runs, for `dir`."""
        return language(tag).direction
