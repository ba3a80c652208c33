"""How much two segments are alike: within one language by their words, across languages by what needs no dictionary."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Self

from rapidfuzz import fuzz

from app.domain.segments import Segment, is_hole

_LETTERS = 4_000  # a page of print: paragraphs are shorter, and what is longer has words enough to be told by

_GROUPED = re.compile(r"(?<=\d)[ .,\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_STEM = re.compile(r"\d+|[^\W\d_]{3,}")
_MARK = re.compile(r"https?://[^\s)>\]]+|\d+|[^\W\d_]{2,}")


def alike(one: str, other: str) -> float:
    """Return how alike two texts of one language are, from 0 (unrelated ones have up to 0.3) to 1.

    It is the larger of two measures: the share of common stems, which sees a rewritten sentence whatever the order of
    its words, and the likeness letter by letter, which sees a changed number or ending in a short one. Of
    long texts the beginnings are held against each other by letters, since that takes the square of their number.
    """
    ours, theirs = _stems(one), _stems(other)
    common = 2 * len(ours & theirs) / (len(ours) + len(theirs) + 2)
    return max(common, 2 * fuzz.ratio(one[:_LETTERS], other[:_LETTERS], score_cutoff=50 + 50 * common) / 100 - 1)


@lru_cache(maxsize=1024)  # each text of a gap is held against every other
def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words, numbers whole. The languages of the house all inflect at the end."""
    words = _STEM.findall(_GROUPED.sub("", text.casefold()))
    return frozenset(word if word.isdigit() else word[:5] for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a block survives translation: its kind, its length, and how often it has which numbers, links and names.

    `numbers` is how many of the marks are numbers.
    """

    kind: str
    hole: bool
    length: int
    marks: Mapping[str, int]
    numbers: int

    @classmethod
    def of(cls, *segments: Segment) -> Self:
        """Read the traits of blocks of one kind, taken together."""
        found = [mark for segment in segments for mark in _MARK.findall(_GROUPED.sub("", segment.text))]
        marks = Counter(mark for mark in found if not mark.isalpha() or (mark[0].isupper() and len(mark) > 2))
        return cls(
            kind=segments[0].kind,
            hole=any(is_hole(segment) for segment in segments),
            length=sum(len(segment.text) for segment in segments),
            marks=marks,
            numbers=sum(count for mark, count in marks.items() if mark.isdigit()),
        )


def evidence(source: Traits, target: Traits) -> float:
    """Return how much speaks for one text being a translation of the other; below 0, more speaks against it."""
    spread = 0.18 + 2.5 / (10 + min(source.length, target.length))
    off = log((target.length + 8) / (source.length + 8) / 1.06) / spread
    shared = numbers = 0
    for mark in source.marks.keys() & target.marks.keys():
        count = min(source.marks[mark], target.marks[mark])
        shared += count
        numbers += count if mark.isdigit() else 0
    apart = source.numbers + target.numbers - 2 * numbers
    return 1.0 - min(off * off / 4, 3.0) + min(0.8 * shared, 3.0) - min(0.6 * apart, 2.4)


def plainly(text: str) -> str:
    """Return what is left of words when a tool has laid them out its own way, to find them again by."""
    return "".join(text.split()).casefold()
