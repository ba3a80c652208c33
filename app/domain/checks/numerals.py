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
_AFTERNOON = re.compile(r"\s?p\.?m\b", re.IGNORECASE)
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


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers of a text; a date in digits is three, a time of day two."""
    for run in _RUN.finditer(text):
        clock = ":" in run[0]
        for piece in _PIECE.finditer(run[0]):
            start, end = run.start() + piece.start(), run.start() + piece.end()
            parts = tuple(map(_whole, _DIGITS.findall(piece[0])))
            values = _values(piece[0])
            if clock and piece[0] == "00" and piece.start():
                continue  # 15:00 is 3 p.m.
            if len(parts[0]) < 3 and int(parts[0]) < 12 and _AFTERNOON.match(text, run.end()) and not piece.start():
                values = (*values, str(int(parts[0]) + 12))
            if behind := _BEHIND.match(text, end):
                values += tuple(_times(one, scale_of(behind[1])) for one in values)
            yield Number(piece[0], (start, end), values, parts)


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
