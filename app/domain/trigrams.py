"""What the memory finds candidates by: the trigrams of a text, each as a number of 32 bits.

A text is folded first: capitals, signs, apostrophes and the values of numbers are no difference that keeps one text
from being found by another. `salt` parts what must not be found together (a pair of languages, a side of it), so that
one index holds all of them and each looks among its own alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

from app.domain.folding import APOSTROPHES, alike

LONGEST: Final = 2_000
"""Letters of a folded text that it is found by; two texts that differ in nothing so far are near enough."""

_PLAIN = str.maketrans(dict.fromkeys(APOSTROPHES, "") | {"ё": "е", "Ё": "е", "\u0301": ""})
_PART = re.compile(r"\d+|[^\W\d_]+")
_LETTER = 4  # bytes of one in UTF-32


def folded(text: str) -> str:
    """Return the words of a text as they are compared, one space between them; a number is 0, whatever it is."""
    parts = _PART.findall(alike(text.translate(_PLAIN)))
    return " ".join("0" if part[0].isdigit() else part for part in parts)[:LONGEST]


def trigrams(plain: str, *, salt: str, whole: bool = True) -> tuple[int, ...]:
    """Return the different trigrams of a folded text in the order of their first place.

    A space before and behind it counts as a letter; not `whole`, the last word may go on.
    """
    letters = f" {plain} ".encode("utf-32-le")
    begin, end = crc32(salt.encode()), len(letters) - (2 if whole else 3) * _LETTER
    return tuple(dict.fromkeys(crc32(letters[at : at + 3 * _LETTER], begin) for at in range(0, end, _LETTER)))


def telling(wanted: Sequence[int], counts: Mapping[int, int], *, most: int, budget: float) -> tuple[int, ...]:
    """Return by which of a text's trigrams to look: `most` at most, and fewer of those that half of all texts have.

    `counts` says how many texts of a sample have each, `budget` how many of them may be read in all; the first few are
    read whatever they cost. Each stretch of the text gives its rarest, since a rare word may be the very one that
    differs; the others are the rarest of all.
    """
    stretches = min(most // 2, len(wanted))
    places = [len(wanted) * number // stretches for number in range(stretches + 1)] if stretches else []
    each = [min(wanted[start:end], key=lambda one: counts.get(one, 0)) for start, end in pairwise(places)]
    rest = sorted(set(wanted) - set(each), key=lambda one: (counts.get(one, 0), one))
    chosen = sorted(each, key=lambda one: counts.get(one, 0)) + rest
    return tuple(_within(chosen[:most], counts, budget))


_FEWEST: Final = 6


def _within(chosen: Iterable[int], counts: Mapping[int, int], budget: float) -> Iterable[int]:
    spent = 0.0
    for number, one in enumerate(chosen):
        spent += counts.get(one, 0)
        if spent > budget and number >= _FEWEST:
            return
        yield one
