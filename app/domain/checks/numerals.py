"""Numbers as texts have them in digits: as they are written, and what they may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.checks.number_words import scale_of
from app.domain.checks.pair import Span

_SPACES = " \u00a0\u2009\u202f"
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d++")
_RUN = re.compile(rf"(?<![^\W_])\d++(?:[.,:/'’{_SPACES}]\d++)*+")
_PIECE = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))++(?:[.,]\d++)?+|\d++(?:[.,'’]\d++)*+")
_HALF_OF_DAY = re.compile(r"(?:\s?[-–—]\s?\d{1,2}(?:[.:]\d\d)?+)?+\s?([ap])\.?m\b", re.IGNORECASE)
_DOTTED = re.compile(r"\d{1,2}\.\d\d")
_ROW = re.compile(r"(?:\+\s?)?+\(?\d++(?:(?:[\s()/.:'’–-]{1,3}+|,)\d++)*+")
_CLOCK_OR_TELEPHONE = re.compile(r"\d:\d|\+|\)[\s-]?\d|\d[\s-]\d++[\s-]\d")
_BEHIND = re.compile(r"[\s\u00a0-]?([^\W\d_]{2,12})")


@dataclass(frozen=True, slots=True)
class Number:
    """One number: as it is written, what it may mean (`1,200` is two numbers), and its digits taken one by one."""

    written: str
    span: Span
    values: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def length(self) -> int:
        """Return of how many digits it is."""
        return len(_DIGIT.findall(self.written))

    def split(self) -> Iterator["Number"]:
        """Yield its parts as numbers: of a date the day, the month and the year."""
        if len(self.parts) == 1:
            yield self
            return
        for part in _DIGITS.finditer(self.written):
            span = (self.span[0] + part.start(), self.span[0] + part.end())
            yield Number(written=part[0], span=span, values=(_whole(part[0]),), parts=(_whole(part[0]),))

    def written_like(self, other: "Number") -> str:
        """Return it in the digits of another as long, and grouped as that is; nothing if that would not mean it."""
        digits = iter(_DIGIT.findall(self.written))
        written = _DIGIT.sub(lambda found: chr(ord(found[0]) - int(found[0]) + int(next(digits))), other.written)
        return "" if set(_values(written)).isdisjoint(self.values) else written


def is_clear(text: str, one: Number) -> bool:
    """Tell whether a number of a text counts something or is in a date.

    A time of day and a telephone number are written otherwise in another language, or for another country.
    """
    row = next(found for found in _ROW.finditer(text) if found.end() > one.span[0])
    is_other = _CLOCK_OR_TELEPHONE.search(row[0]) and not _PIECE.fullmatch(row[0])
    return not (is_other or _HALF_OF_DAY.match(text, row.end()))


def half_a_day_apart(one: Number, other: Number) -> bool:
    """Tell whether two numbers may be the same time of day: 11.30 in the evening is 23.30."""
    hours = [int(each.parts[0]) for each in (one, other) if len(each.parts[0]) < 3]
    return one.parts[1:] == other.parts[1:] and len(hours) == 2 and max(hours) <= 24 and abs(hours[0] - hours[1]) == 12


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers of a text; a date in digits is three, a time of day two."""
    for run in _RUN.finditer(text):
        half = _HALF_OF_DAY.match(text, run.end())
        dotted = half is not None and _DOTTED.fullmatch(run[0])
        clock = dotted or ":" in run[0]
        for piece in (_DIGITS if dotted else _PIECE).finditer(run[0]):
            start, end = run.start() + piece.start(), run.start() + piece.end()
            parts = tuple(map(_whole, _DIGITS.findall(piece[0])))
            values = _values(piece[0])
            if clock and piece[0] == "00" and piece.start():
                continue  # 15:00 is 3 p.m.
            if (clock or half) and not piece.start() and len(parts[0]) < 3:
                values = (*values, str(_hour(int(parts[0]), half[1].lower() if half else "")))
            if behind := _BEHIND.match(text, end):
                values += tuple(_times(one, scale_of(behind[1])) for one in values)
            yield Number(piece[0], (start, end), values, parts)


def _hour(hour: int, half: str) -> int:
    """Return the hour of a day of 24 that one before noon (`a`), after it (`p`), or of no half is."""
    return hour % 12 + 12 * (half == "p") if half else hour % 24


def _whole(digits: str) -> str:
    return str(int(digits)) if _is_whole(digits) else digits


def _is_whole(written: str) -> bool:
    """Tell whether something is a whole number, and none so long that Python would refuse to read it."""
    return written.isdecimal() and len(written) < 1000


def _values(written: str) -> tuple[str, ...]:
    """Return what a number may mean; as languages differ in what a comma is, `1,200` is two."""
    plain = re.sub(rf"[{_SPACES}'’]", "", written)
    signs = re.findall(r"[.,]", plain)
    if not signs:
        return (_whole(plain),)
    groups = re.split(r"[.,]", plain)
    joined = _whole("".join(groups))
    decimal = _decimal("".join(groups[:-1]), groups[-1])
    in_threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if len(set(signs)) > 1:
        return (decimal,)
    if len(signs) > 1:
        return (joined,) if in_threes else (written,)
    return (joined, decimal) if in_threes and groups[0] != "0" else (decimal,)


def _times(value: str, scale: int) -> str:
    """Return a value as many times, as 1500000 for 1.5 million; what is neither whole nor decimal, as it is."""
    whole, _, rest = value.partition(".")
    zeros = len(str(scale)) - 1
    is_number = _is_whole(whole + rest)
    return _decimal(whole + rest[:zeros].ljust(zeros, "0"), rest[zeros:]) if is_number else value


def _decimal(whole: str, rest: str) -> str:
    rest = rest.rstrip("0")
    return f"{_whole(whole)}.{rest}" if rest else _whole(whole)
