"""Which of many texts read most like others of the same language, without holding each against each.

Texts are found by their rarest trigrams, as the memory finds them, and only what shares some of those is compared. Of a
trigram that very many have only those texts are looked at that stand about as far from the beginning as the one that is
sought: a list of a thousand likes has its fortieth next to the fortieth. So the work grows with the number of texts,
also where all of them read alike.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple

from app.domain.likeness import alike
from app.domain.trigrams import folded, telling, trigrams

_ASKED_BY: Final = 16  # trigrams of a text
_READ: Final = 1_000.0  # entries of the index for each text
_OF_ONE: Final = 48  # of those, for each trigram
_COMPARED: Final = 8  # texts for each


class Near(NamedTuple):
    """Two texts by their places, and how much they are alike (`likeness.alike`)."""

    likeness: float
    one: int
    other: int


def nearest(ones: Sequence[str], others: Sequence[str], *, least: float) -> tuple[Near, ...]:
    """Return pairs of texts that are alike by `least` or more, each of either side once, the likest first.

    Of pairs that are equally alike the one comes first that stands first. A pair of texts that share nothing but what
    very many have, and stand far apart, is not found.
    """
    found = [
        Near(likeness, place, other)
        for place, other in _candidates(ones, others)
        if (likeness := alike(ones[place], others[other])) >= least
    ]
    found.sort(key=lambda near: (-near.likeness, near.one, near.other))
    taken, given = set[int](), set[int]()
    pairs = list[Near]()
    for near in found:
        if near.one not in taken and near.other not in given:
            taken.add(near.one)
            given.add(near.other)
            pairs.append(near)
    return tuple(pairs)


def _candidates(ones: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(others):
        for number in trigrams(folded(text), salt=""):
            index[number].append(place)
    counts = {number: len(places) for number, places in index.items()}
    for place, text in enumerate(ones):
        wanted = [number for number in trigrams(folded(text), salt="") if number in index]
        hits, middle = Counter[int](), place * len(others) // len(ones)
        for number in telling(wanted, counts, most=_ASKED_BY, budget=_READ):
            hits.update(_around(index[number], middle))
        best = nsmallest(_COMPARED, hits, key=lambda other: (-hits[other], abs(other - middle)))
        yield from ((place, other) for other in best)


def _around(places: Sequence[int], middle: int) -> Sequence[int]:
    """Return these places in order, or those next to the middle one where they are many."""
    if len(places) <= _OF_ONE:
        return places
    start = max(bisect_left(places, middle) - _OF_ONE // 2, 0)
    start = min(start, len(places) - _OF_ONE)
    return places[start : start + _OF_ONE]
