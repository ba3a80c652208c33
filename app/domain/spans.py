"""Spans of the archive: a year, or a month of one."""

import re
from dataclasses import dataclass
from typing import Self

_YEAR, _MONTH = re.compile(r"[0-9]{4}"), re.compile(r"0?[1-9]|1[0-2]")


@dataclass(frozen=True, slots=True)
class Span:
    """A year of the archive, or one month of it."""

    year: int
    month: int | None = None

    @classmethod
    def parse(cls, year: str, month: str | None = None) -> Self | None:
        """Read what an address says, `3` as well as `03`; None if it is no year and month."""
        if not _YEAR.fullmatch(year) or not (month is None or _MONTH.fullmatch(month)):
            return None
        return cls(int(year), None if month is None else int(month))

    @property
    def first(self) -> str:
        """Return its first month, as the read model has it: `2026-03`."""
        return f"{self.year:04}-{self.month or 1:02}"

    @property
    def last(self) -> str:
        """Return its last month."""
        return f"{self.year:04}-{self.month or 12:02}"

    @property
    def path(self) -> str:
        """Return how it stands in an address: `2026/` or `2026/03/`."""
        return f"{self.year:04}/" if self.month is None else f"{self.year:04}/{self.month:02}/"

    def around(self, month: str) -> "Span":
        """Return the span of the same sort that a month of the read model lies in."""
        year, _, number = month.partition("-")
        return Span(int(year), None if self.month is None else int(number))
