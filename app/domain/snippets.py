"""The part of a text that shows why it was found: pieces of plain text for a template to escape, found words apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.domain.folding import words

WIDTH: Final = 240
"""Letters of a snippet, or a few less."""

_MOST_FOUND = 300  # of the words in one text: the best place is among the first
_BEFORE = 80  # letters that may lead to the first found word
_BORDER = 40  # letters within which a cut finds the end of a word; what is longer is cut anywhere


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it was searched for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    word: int


def excerpt(text: str, folds: str, pattern: re.Pattern[str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the first line of a text (its title), whole, and a snippet of the rest.

    `folds` are those of the text's words, in a line; `pattern` finds them there, a group for each word of the question.
    """
    found = _places(text, folds, pattern)
    title = len(text.partition("\n")[0])
    body = [one for one in found if one.start > title]
    first, last = _best(body)
    start, end = _window(text, title + 1, body[first].start if body else title + 1, body[last].end if body else 0)
    pieces = _pieces(text, [one for one in body if start <= one.start and one.end <= end], start, end)
    before = (Piece("… "),) if start > title + 1 else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return _pieces(text, [one for one in found if one.end <= title], 0, title), (*before, *pieces, *after)


def _places(text: str, folds: str, pattern: re.Pattern[str]) -> list[_Found]:
    """Return where found words stand: the number of a fold in its line is the number of the word in its text."""
    spans = [word.span() for word in words(text)]
    found, number, counted = list[_Found](), 0, 0
    for match in islice(pattern.finditer(folds), _MOST_FOUND):
        number += folds.count(" ", counted, match.start())
        counted = match.start()
        if number < len(spans):
            found.append(_Found(*spans[number], match.lastindex or 0))
    return found


def _best(found: Sequence[_Found]) -> tuple[int, int]:
    """Return the first and last of the found words that stand together best: most different ones, then most."""
    best, at, first = (0, 0), (0, 0), 0
    for last, one in enumerate(found):
        while one.end - found[first].start > WIDTH and first < last:
            first += 1
        value = (len({each.word for each in found[first : last + 1]}), last - first)
        if value > best:
            best, at = value, (first, last)
    return at


def _window(text: str, begin: int, first: int, last: int) -> tuple[int, int]:
    """Return what of a text to show, from `begin` at the earliest: its found words, at borders of words."""
    start = max(begin, first - max(0, min(_BEFORE, WIDTH - (last - first))))
    line = text.rfind("\n", start, first)
    if line >= 0:
        start = line + 1
    elif start > begin:
        space = text.find(" ", start - 1, min(first, start + _BORDER))
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + WIDTH)
    if end < len(text):
        space = max(
            text.rfind(" ", max(last, end - _BORDER), end + 1), text.rfind("\n", max(last, end - _BORDER), end + 1)
        )
        end = space if space > start else end
    return start, start + len(text[start:end].rstrip(" ·\n"))


def _pieces(text: str, found: Sequence[_Found], start: int, end: int) -> tuple[Piece, ...]:
    pieces, at = list[Piece](), start
    for one in found:
        pieces += (Piece(_line(text[at : one.start])), Piece(_line(text[one.start : one.end]), found=True))
        at = one.end
    return tuple(piece for piece in (*pieces, Piece(_line(text[at:end]))) if piece.text)


def _line(text: str) -> str:
    return text.replace("\n", " ")
