"""Which new passwords are refused: by our own rules, and because others had them stolen before."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final

from app.domain.passwords import Weakness, weakness
from app.domain.site import Site

PRODUCT: Final = "tilmash"
_DIGITS: Final = 12


def refused(password: str, *, about: Iterable[str], site: Site) -> Weakness | None:
    """Return why somebody cannot have a normal password, None if they can; `about` are words known of them."""
    known = (*about, PRODUCT, site.name, site.city)
    found = weakness(password, about=known)
    return found or (Weakness.PLAIN if _digest(password) in _leaked() else None)


def _digest(password: str) -> str:
    return hashlib.sha256(password.casefold().encode()).hexdigest()[:_DIGITS]


@cache
def _leaked() -> frozenset[str]:
    """Return the digests of the 5,000 most frequent of 12 characters and more among ten million that were published.

    Of each the first 48 bits: enough that no other password meets one by chance, and the file offends nobody.
    """
    file = resources.files(__package__).joinpath("leaked_passwords.txt")
    return frozenset(file.read_text(encoding="ascii").split())
