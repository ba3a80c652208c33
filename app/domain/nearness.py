"""What somebody may have meant who wrote a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return the end of a sentence about an unknown word: the known one that is near it, nothing if none is."""
    spelled = {one.casefold(): one for one in known}
    near = get_close_matches(written.casefold(), spelled, n=1)
    return f"; did you mean `{spelled[near[0]]}`?" if near else ""
