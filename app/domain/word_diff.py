"""What was struck and what was added between two texts, word by word, and between two texts of segments, key by key.

Words are compared whole; a script without spaces goes letter by letter. Whatever the two are, striking out and adding
gives them back letter by letter, so that nobody approves what they were not shown.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.domain.beads import common
from app.domain.segments import Key, Segment

_MOST = 25_000_000
"""Words times words that are held against each other at once: some megabytes, and some hundredths of a second."""

_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_JOINTS = "'`\u2018\u2019\u00ad"  # an apostrophe, as Uzbek keyboards have it, is a part of the word that it stands in
_TOKEN = re.compile(
    rf"\s+|[{_NO_SPACES}]|\d+(?:[.,:]\d+)+|[^\W{_NO_SPACES}]+(?:[{_JOINTS}]+[^\W{_NO_SPACES}]+)*|.", re.DOTALL
)


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    STRUCK = "struck"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words in a row of which the same became.

    No two of a kind stand beside each other; what was struck goes before what was added in its place.
    """

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentDiff:
    """A segment before and after, None where it was not there yet, or is gone. `moved` tells that it changed places."""

    key: Key
    old: Segment | None
    new: Segment | None
    moved: bool = False

    @property
    def change(self) -> Change | None:
        """Return SAME, STRUCK (gone) or ADDED (new); None if its words were changed."""
        if self.old is None or self.new is None:
            return Change.ADDED if self.old is None else Change.STRUCK
        return Change.SAME if self.old.text == self.new.text else None

    @property
    def changed(self) -> bool:
        """Tell whether its words or its place were changed."""
        return self.change is not Change.SAME or self.moved

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the word diff of its texts."""
        return word_diff(self.old.text if self.old else "", self.new.text if self.new else "")


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of two texts in order; `before` and `after` read them back."""
    ours, theirs = words_of(old), words_of(new)
    pieces: list[Piece] = []
    row = column = 0
    for down, right, length in (*_runs(ours, theirs), (len(ours), len(theirs), 0)):
        struck, added = "".join(ours[row:down]), "".join(theirs[column:right])
        pieces += [Piece(change=Change.STRUCK, text=struck)] if struck else []
        pieces += [Piece(change=Change.ADDED, text=added)] if added else []
        pieces += [Piece(change=Change.SAME, text="".join(ours[down : down + length]))] if length else []
        row, column = down + length, right + length
    return tuple(pieces)


def before(pieces: Iterable[Piece]) -> str:
    """Return the older text of a diff."""
    return "".join(piece.text for piece in pieces if piece.change is not Change.ADDED)


def after(pieces: Iterable[Piece]) -> str:
    """Return the newer text of a diff."""
    return "".join(piece.text for piece in pieces if piece.change is not Change.STRUCK)


def segment_diff(old: Sequence[Segment], new: Sequence[Segment]) -> tuple[SegmentDiff, ...]:
    """Return the segments of two texts by key, in the order of the newer; what is gone stands behind what it followed.

    All have keys, and no two of a text the same.
    """
    earlier, later = {one.key: one for one in old}, {one.key: one for one in new}
    kept = [key for key in later if key in earlier]
    stayed = {kept[place] for place in common([key for key in earlier if key in later], kept)}
    gone: dict[Key | None, list[SegmentDiff]] = {None: []}
    neighbour = None
    for key, segment in earlier.items():
        if key in stayed:
            neighbour = key
        elif key not in later:
            gone.setdefault(neighbour, []).append(SegmentDiff(key=key, old=segment, new=None))
    result = gone[None]
    for key, segment in later.items():
        moved = key in earlier and key not in stayed
        result += [SegmentDiff(key=key, old=earlier.get(key), new=segment, moved=moved), *gone.get(key, ())]
    return tuple(result)


def words_of(text: str) -> list[str]:
    """Return a text cut into words, the white space between them, and signs; joined they are the text."""
    words: list[str] = []
    for word in _TOKEN.findall(text):
        if words and not word.isascii() and unicodedata.category(word[0]).startswith("M"):
            words[-1] += word  # an accent written by itself, or a vowel sign, belongs to its letter
        else:
            words.append(word)
    return words


def _runs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of equal words in order: the place in either, and how many.

    A mere space or sign between two changes is none: it is struck and added with them.
    """
    runs: list[tuple[int, int, int]] = []
    for row, column in _pairs(ours, theirs):
        if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (row, column):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((row, column, 1))
    for row, column, length in runs:
        at_an_end = (row, column) == (0, 0) or (row + length, column + length) == (len(ours), len(theirs))
        if at_an_end or any(word[0].isalnum() for word in ours[row : row + length]):
            yield row, column, length


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal words, in order: a longest common subsequence, or nearly so in very long texts."""
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (ours, theirs))
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        top, bottom, left, right = waiting.pop()
        while top < bottom and left < right and one[top] == other[left]:
            yield top, left
            top, left = top + 1, left + 1
        end = 0
        while end < min(bottom - top, right - left) and one[bottom - 1 - end] == other[right - 1 - end]:
            end += 1
        if end:
            waiting.append((bottom - end, bottom, right - end, right))
        bottom, right = bottom - end, right - end
        if (bottom - top) * (right - left) <= _MOST:
            inner = common(one[top:bottom], other[left:right])
            yield from ((top + row, left + column) for column, row in inner.items())
        else:
            waiting += reversed(list(_divided(one, other, (top, bottom, left, right))))


def _divided(
    one: Sequence[int], other: Sequence[int], whole: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of a large gap: it is cut at words that either side has once. Nothing if there are none."""
    top, bottom, left, right = whole
    ours, theirs = Counter(one[top:bottom]), Counter(other[left:right])
    once = {word for word, count in ours.items() if count == 1 == theirs.get(word)}
    rows = [row for row in range(top, bottom) if one[row] in once]
    columns = [column for column in range(left, right) if other[column] in once]
    step = max(len(rows) // 4000, 1)
    sample = {one[row] for row in rows[::step]}
    rows, columns = [row for row in rows if one[row] in sample], [place for place in columns if other[place] in sample]
    cuts = [
        (rows[row], columns[column])
        for column, row in common([one[row] for row in rows], [other[place] for place in columns]).items()
    ]
    if cuts:
        edges = [(top, left), *cuts, (bottom, right)]
        yield from ((above, below, before, behind) for (above, before), (below, behind) in pairwise(edges))
