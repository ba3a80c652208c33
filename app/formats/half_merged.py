"""A text in which a merge by lines was left half done: to Markdown its marks are words, and readers would see both."""

from collections.abc import Iterator
from typing import Final

_MARKS: Final = ("<<<<<<< ", "=======", ">>>>>>> ")
"""How git presents a conflict (git-merge(1)), each at the beginning of a line and in this order."""


def half_merged(text: str) -> int | None:
    """Return the line (from 1) at which the first conflict begins, None if there is none."""
    if _MARKS[0] not in text:
        return None
    begun, awaited = 0, 0
    for number, line in _lines(text):
        if line.startswith(_MARKS[0]):
            begun, awaited = number, 1
        elif awaited and (line == _MARKS[1] if awaited == 1 else line.startswith(_MARKS[2])):
            awaited += 1
        if awaited == len(_MARKS):
            return begun
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1))
