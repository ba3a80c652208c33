"""Bold and italics of a block, as CommonMark reads them (0.31, 6.2): what is marked, and marks that readers see.

Read here and not by the parser, which knows neither the place of a mark nor those that mark nothing. Looked at once
from left to right: what was found not to open anything is not looked at again, however many marks there are.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.domain.checks.masking import ADDRESSED, MASK, TAG
from app.domain.checks.pair import Span

_ESCAPE: Final = r"\\[!-/:-@\[-`{-~]"
_POINT = re.compile(rf"{_ESCAPE}|`++")
_TICKS = re.compile(r"`++")
_WHOLE = re.compile(f"{ADDRESSED}|{TAG}")
_BLOCK: Final = r"(?:\A|\n)[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t])|(?=\n))"
_RUN = re.compile(rf"(?P<block>{_BLOCK})|\*++|_++")
_RUN_OR_CELL = re.compile(r"(?P<block>[|\n])|\*++|_++")


@dataclass(slots=True)
class _Run:
    """Marks side by side: how many are left of them, and whether they may begin or end something."""

    sign: str
    at: int
    length: int
    opens: bool
    closes: bool
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.length

    @property
    def is_seen(self) -> bool:
        """Tell whether readers see marks that somebody meant: `2 * 3` and `snake_case` are none."""
        return self.left > 0 and (self.opens or self.closes or (self.sign == "*" and self.length > 1))

    def goes_with(self, closing: "_Run") -> bool:
        """Tell whether this may begin what `closing` ends: the rule of three of CommonMark."""
        if self.sign != closing.sign or not self.left:
            return False
        both = self.closes or closing.opens
        return not both or (self.length + closing.length) % 3 != 0 or not (self.length % 3 or closing.length % 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """What is bold or in italics, each by the mark that it is written with, and where marks stand that mark nothing."""

    bold: tuple[str, ...]
    italics: tuple[str, ...]
    seen: tuple[Span, ...]


_NONE: Final = Emphasis(bold=(), italics=(), seen=())


@lru_cache(maxsize=64)
def emphasis_in(text: str, *, table: bool = False) -> Emphasis:
    """Return the emphasis of a block; in a table none goes on from cell to cell."""
    if "*" not in text and "_" not in text:
        return _NONE
    marks, seen = list[str](), list[Span]()
    for part in _parts(text, table=table):
        marks += _paired(part)
        seen += [(run.at, run.at + run.left) for run in part if run.is_seen]
    bold, italics = ([one for one in marks if len(one) == length] for length in (2, 1))
    return Emphasis(bold=tuple(bold), italics=tuple(italics), seen=tuple(seen))


def _parts(text: str, *, table: bool) -> Iterator[list[_Run]]:
    """Yield the runs of marks, those of one paragraph, item or cell together."""
    found = list[_Run]()
    for one in (_RUN_OR_CELL if table else _RUN).finditer(_bare(text)):
        if one["block"] is not None:
            yield found
            found = []
        else:
            found.append(_run(text, one[0], one.start()))
    yield found


def _run(text: str, marks: str, at: int) -> _Run:
    before, behind = text[at - 1 : at] or " ", text[at + len(marks) : at + len(marks) + 1] or " "
    left = _flanks(behind, before)
    right = _flanks(before, behind)
    if marks[0] == "_":  # within a word it is a letter
        left, right = left and (not right or _is_sign(before)), right and (not left or _is_sign(behind))
    return _Run(marks[0], at, len(marks), left, right)


def _flanks(inner: str, outer: str) -> bool:
    return not inner.isspace() and (not _is_sign(inner) or outer.isspace() or _is_sign(outer))


def _is_sign(letter: str) -> bool:
    return letter in _ASCII_SIGNS or unicodedata.category(letter)[0] in "PS"


_ASCII_SIGNS: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _paired(runs: list[_Run]) -> Iterator[str]:
    """Yield the mark of each thing that is marked, `**` or `*`, and take them from the runs."""
    openers = list[_Run]()
    floors = defaultdict[tuple[str, bool, int], int](int)  # below these none was found for such a closing run
    for run in runs:
        kind = (run.sign, run.opens, run.length % 3)
        while run.closes and run.left:
            place = len(openers) - 1
            while place >= floors[kind] and not openers[place].goes_with(run):
                place -= 1
            if place < floors[kind]:
                floors[kind] = len(openers)
                break
            other = openers[place]
            length = 2 if min(run.left, other.left) > 1 else 1
            run.left, other.left = run.left - length, other.left - length
            del openers[place + bool(other.left) :]
            for known in floors:
                floors[known] = min(floors[known], len(openers))
            yield run.sign * length
        if run.opens and run.left:
            openers.append(run)


def _bare(text: str) -> str:
    """Return a text of the same length without code, signs that mean themselves, tags, and what links lead to."""
    text = _without_code(text) if "`" in text or "\\" in text else text
    return _WHOLE.sub(lambda found: MASK * len(found[0]), text) if "](" in text or "<" in text else text


def _without_code(text: str) -> str:
    ticks = defaultdict[int, list[int]](list)
    for run in _TICKS.finditer(text):
        ticks[len(run[0])].append(run.start())
    at, parts = 0, list[str]()
    while found := _POINT.search(text, at):
        end = found.end()
        if found[0][0] == "`":
            same = ticks[len(found[0])]
            place = bisect_left(same, end)
            end = same[place] + len(found[0]) if place < len(same) else end
        parts += [text[at : found.start()], MASK * (end - found.start())]
        at = end
    return "".join((*parts, text[at:]))
