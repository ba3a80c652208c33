"""Signs that no reader could be given: XML, feeds and databases cannot hold them."""

import re
from collections.abc import Iterator

from app.domain.checks.pair import Fault, Pair
from app.domain.said import saying

UNUSABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2, *Char*) cannot hold; half a pair of UTF-16 and NUL no database takes either."""


def unusable_signs(pair: Pair, at: int) -> Iterator[Fault]:
    """Find the first sign that cannot be shown, unless the source has such."""
    found = UNUSABLE.search(pair.target[at])
    if found and not any(map(UNUSABLE.search, pair.source)):
        said = saying("the sign %(sign)s cannot be shown to readers", sign=f"U+{ord(found[0]):04X}")
        yield Fault(said, found.span(), UNUSABLE.sub("", pair.target[at]))
