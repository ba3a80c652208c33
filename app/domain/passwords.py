"""Which passwords are taken: long ones that nobody guesses from what they know of the person (NIST SP 800-63B)."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 256
_DIFFERENT: Final = 5
_ROWS: Final = ("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхъфывапролджэячсмитьбю", "abcdefghijklmnopqrstuvwxyz")
_KNOWN: Final = ("password", "пароль", "qwerty", "йцукен", "letmein", "welcome", "administrator")


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "it has fewer than 12 characters"
    LONG = "it has more than 256 characters"
    PLAIN = "it repeats or counts, or is one that everybody tries first"
    PERSONAL = "it is made from a name, an address or what the site is called"


def normal(password: str) -> str:
    """Return a password as it is hashed, whichever keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, *, about: Iterable[str] = ()) -> Weakness | None:
    """Return why a normal password is not taken, None if it is; `about` are words that are known of its owner."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    folded = password.casefold()
    if len(set(folded)) < _DIFFERENT or _runs(folded) * 2 > len(folded) or _is_known(folded):
        return Weakness.PLAIN
    left = folded
    words = {part for one in about for part in (one.casefold(), *one.casefold().split()) if len(part) >= 3}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return Weakness.PERSONAL if len(left) < SHORTEST // 2 else None


def _runs(folded: str) -> int:
    """Return how many letters follow the one before them by counting, or along a row of a keyboard."""
    steps = {pair for row in _ROWS for pair in pairwise(row)}
    return sum(
        1 for one, next_one in pairwise(folded)
        if abs(ord(one) - ord(next_one)) <= 1 or (one, next_one) in steps or (next_one, one) in steps
    )  # fmt: skip


def _is_known(folded: str) -> bool:
    letters = "".join(one for one in folded if one.isalpha())
    for word in _KNOWN:
        letters = letters.replace(word, "")
    return len(letters) < 4 and any(word in folded for word in _KNOWN)
