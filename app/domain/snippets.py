"""The part of a text that shows why it was found: pieces of plain text for a template to escape, found words apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.domain.folding import folds, word_at
from app.domain.segments import Tag

WIDTH: Final = 240
"""Letters of a snippet, or a few less."""

_MOST_FOUND = 300  # of the words in one text: the best place is among the first
_TOGETHER = WIDTH - 40  # letters between the beginnings of the first and the last word that are quoted together
_BEFORE = 80  # letters that may lead to the first found word
_BORDER = 40  # letters within which a cut finds the end of a word; what is longer is cut anywhere


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it was searched for."""

    text: str
    found: bool = False


BEFORE: Final = Piece("…\N{NO-BREAK SPACE}")
AFTER: Final = Piece("\N{NO-BREAK SPACE}…")
"""What tells that a text begins before a snippet and goes on after it; never alone on a line."""


def folded_places(text: str, locale: Tag) -> str:
    """Return a line of a text's words in their loose folds, each with the place where it begins: ` a:0 казак:2`.

    A word that hyphens join to others stands there as their joined form too.
    """
    return "".join(
        f" {folded.loose}:{start}" for *both, start in folds(text, locale) for folded in both if folded is not None
    )


def excerpt(text: str, places: str, sought: Sequence[str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the first line of a text (its title), whole, and a snippet of the rest.

    `places` are those of the text's words (`folded_places`), of which what begins with one of `sought` is found there.
    """
    found = _found(places, sought)
    title = text.find("\n") if "\n" in text else len(text)
    body = [one for one in found if one[0] > title]
    first, last = _best(body)
    start, end = _window(text, title + 1, first, last)
    before = (BEFORE,) if start > title + 1 else ()
    after = (AFTER,) if end < len(text) else ()
    return _pieces(text, found, 0, title), (*before, *_pieces(text, body, start, end), *after)


def _found(places: str, sought: Sequence[str]) -> list[tuple[int, int]]:
    """Return where found words begin, in order, and of each which one it is."""
    words = dict[int, int]()
    for word, beginning in enumerate(sought):
        for start in islice(_starts(places, beginning), _MOST_FOUND):
            words.setdefault(start, word)
    return sorted(words.items())[:_MOST_FOUND]


def _starts(places: str, beginning: str) -> Iterator[int]:
    """Yield where words that begin so stand in the text; searching for a string is the fastest that there is."""
    at = places.find(beginning)
    while at >= 0:
        number = places.index(":", at) + 1
        at = places.find(" ", number)
        yield int(places[number:at] if at >= 0 else places[number:])
        at = places.find(beginning, at) if at >= 0 else -1


def _best(found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where the first and last of the words begin that stand together best: most different ones, then most."""
    best, at, first, seen = (0, 0), (0, 0), 0, Counter[int]()
    for last, (start, word) in enumerate(found):
        seen[word] += 1
        while start - found[first][0] > _TOGETHER:
            gone = found[first][1]
            seen[gone] -= 1
            if not seen[gone]:
                del seen[gone]
            first += 1
        value = (len(seen), last - first)
        if last == 0 or value > best:
            best, at = value, (found[first][0], start)
    return at


def _window(text: str, begin: int, first: int, last: int) -> tuple[int, int]:
    """Return what of a text to show, from `begin` at the earliest: its found words, at borders of words."""
    first, last = max(begin, first), word_at(text, last) if last else 0
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


def _pieces(text: str, found: Sequence[tuple[int, int]], begin: int, end: int) -> tuple[Piece, ...]:
    pieces, at = list[Piece](), begin
    for start, _ in found:
        if begin <= start < end and (after := word_at(text, start)) <= end:
            pieces += (Piece(_line(text[at:start])), Piece(_line(text[start:after]), found=True))
            at = after
    return tuple(piece for piece in (*pieces, Piece(_line(text[at:end]))) if piece.text)


def _line(text: str) -> str:
    return text.replace("\n", " ")
