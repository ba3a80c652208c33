"""How much two segments are alike: within one language by their words, across languages by what needs no dictionary."""

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import Self

from rapidfuzz import fuzz

from app.domain.segments import Segment

_GROUPED = re.compile(r"(?<=\d)[ .,\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_STEM = re.compile(r"\d+|[^\W\d_]{3,}")
_MARK = re.compile(r"https?://[^\s)>\]]+|\d+|[^\W\d_]{2,}")


def alike(one: str, other: str) -> float:
    """Return how alike two texts of one language are, from 0 (unrelated ones have up to 0.3) to 1.

    It is the larger of two measures: the share of common stems, which sees a rewritten sentence whatever the order of
    its words, and the likeness letter by letter, which sees a changed number or ending in a short one.
    """
    ours, theirs = _stems(one), _stems(other)
    common = 2 * len(ours & theirs) / (len(ours) + len(theirs) + 2)
    return max(common, 2 * fuzz.ratio(one, other) / 100 - 1)


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words, numbers whole. The languages of the house all inflect at the end."""
    return {word if word.isdigit() else word[:5] for word in _STEM.findall(_GROUPED.sub("", text.casefold()))}


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a text survives translation: how long it is, and its numbers, links and names."""

    length: int
    marks: Counter[str]

    @classmethod
    def of(cls, segment: Segment) -> Self:
        """Read a segment's traits."""
        found = _MARK.findall(_GROUPED.sub("", segment.text))
        return cls(
            length=len(segment.text),
            marks=Counter(mark for mark in found if not mark.isalpha() or (mark[0].isupper() and len(mark) > 2)),
        )

    def __add__(self, other: Self) -> Self:
        return type(self)(self.length + other.length, self.marks + other.marks)


def evidence(source: Traits, target: Traits) -> float:
    """Return how much speaks for one text being a translation of the other; below 0, more speaks against it."""
    spread = 0.18 + 2.5 / (10 + min(source.length, target.length))
    off = log((target.length + 8) / (source.length + 8) / 1.06) / spread
    shared = sum((source.marks & target.marks).values())
    numbers = [Counter({mark: n for mark, n in one.marks.items() if mark.isdigit()}) for one in (source, target)]
    apart = sum(((numbers[0] - numbers[1]) + (numbers[1] - numbers[0])).values())
    return 1.0 - min(off * off / 4, 3.0) + min(0.8 * shared, 3.0) - min(0.6 * apart, 2.4)
