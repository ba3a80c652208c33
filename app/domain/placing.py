"""Where the paragraphs of a translation belong that came back without names: by structure, in the order that both have.

The walk through both is the dynamic programming of Gale and Church (1993, *A program for aligning sentences in
bilingual corpora*, Computational Linguistics 19:1), with three of their moves: one segment and one paragraph, a segment
alone, a paragraph alone. Their measure is the length; ours asks as well what kind of paragraph each is, which numbers,
links and names both have (`likeness.evidence`), and how alike it is to the words that stand there already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.beads import common, gaps, walk
from app.domain.likeness import Traits, alike, evidence, plainly
from app.domain.segments import Key, Segment

ITEM, HEADING = "item", "heading"
"""What a word processor says of a paragraph: that it is of a list, or a heading; else it says nothing."""

_ITEMS: Final = frozenset({"bullet", "ordered"})

_SKIP: Final = -0.8
"""What it costs to leave a segment or a paragraph alone."""

_SURE: Final = 0.6
"""By how much a walk must beat any other that puts a paragraph elsewhere, or nowhere (as `renderings` has it)."""

_CLEARLY: Final = 2.0
"""By how much it must beat the places alone, where there are as many paragraphs as segments."""

_ALIKE: Final = 0.34
"""From here on two texts of a language are one, edited (as `alignment` has it)."""

_WEIGHT, _OTHER = 4.0, -0.5
"""What likeness to words of the same language says for a pair, and words that are no longer those against it."""

_STYLED, _STYLED_OTHERWISE, _UNSTYLED = 1.0, -1.5, -0.3
"""What the kind says: the one that is asked for, another one, and none where one is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A segment that words are sought for: its `kind`, its source, and its translation as it stands (empty: none)."""

    kind: str
    source: str
    stands: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A paragraph that came: its words, its source if it stood beside them, and what the file says of its kind.

    `kind` is `ITEM`, `HEADING`, or empty where it says nothing.
    """

    words: str
    source: str = ""
    kind: str = ""


def placed(asked: Sequence[Asked], given: Sequence[Given]) -> dict[int, int]:
    """Return which segment each paragraph is of, by their places: no segment twice, and in order.

    As many paragraphs as segments stand one beside the other, unless a walk speaks clearly against that. What no walk
    is sure of is of no segment: nothing guesses silently.
    """
    return _placed(_Pairs(asked, given), range(len(asked)), range(len(given)))


class _Pairs:
    """How much speaks for each pair of a segment and a paragraph."""

    def __init__(self, asked: Sequence[Asked], given: Sequence[Given]) -> None:
        self.asked, self.given = asked, given
        self._ours = [_traits(one.source) for one in asked]
        self._theirs = [_traits(one.words) for one in given]

    def score(self, row: int, column: int) -> float:
        asked, given = self.asked[row], self.given[column]
        total = _of_kind(asked.kind, given.kind)
        if given.words:
            total += evidence(self._ours[row], self._theirs[column])
        if given.source:
            total += _of_words(asked.source, given.source)
        if given.words and asked.stands:
            total += _of_words(asked.stands, given.words)
        return total

    def equal(self, rows: range, columns: range) -> dict[int, int]:
        """Return what reads as what stands there, in order."""
        ours = [plainly(self.asked[row].stands) or row for row in rows]
        theirs = [plainly(self.given[column].words) or None for column in columns]
        return common(ours, theirs)


def _traits(words: str) -> Traits:
    return Traits.of(Segment(key=Key(""), kind="", text=words))


def _of_kind(asked: str, given: str) -> float:
    wanted = ITEM if asked in _ITEMS else HEADING if asked == "title" or asked.startswith(HEADING) else ""
    if wanted == given:
        return _STYLED if given else 0.0
    return _STYLED_OTHERWISE if given else _UNSTYLED


def _of_words(one: str, other: str) -> float:
    likeness = alike(one, other)
    return _WEIGHT * likeness if likeness >= _ALIKE else _OTHER


def _placed(pairs: _Pairs, rows: range, columns: range) -> dict[int, int]:
    def score(row: range, column: range) -> float:
        return pairs.score(rows[row[0]], columns[column[0]])

    if not rows or not columns:
        return {}
    beads = walk(len(rows), len(columns), score, skip=_SKIP)
    if len(rows) == len(columns):
        found = [(rows[bead.sources[0]], columns[bead.targets[0]]) for bead in beads]
        best = sum(pairs.score(*pair) for pair in found) + 2 * _SKIP * (len(rows) - len(found))
        if best - sum(map(pairs.score, rows, columns)) < _CLEARLY:
            return dict(zip(columns, rows, strict=True))
    if not beads and (equal := pairs.equal(rows, columns)):  # too many to walk through all of them at once
        anchored = {columns[column]: rows[row] for column, row in equal.items()}
        for down, right in gaps(equal, len(rows), len(columns)):
            anchored |= _placed(pairs, rows[down.start : down.stop], columns[right.start : right.stop])
        return anchored
    return {columns[bead.targets[0]]: rows[bead.sources[0]] for bead in beads if bead.margin >= _SURE}
