"""How much may come out of the Word files that somebody sends at once, in packages or beside each other."""

from typing import Final

from app.domain.said import saying
from app.formats.packages import LARGEST, MOST_ENTRIES, entries_of, weight

_TIMES: Final = 20
"""How many times what was sent may come out of it: of a Word file of ours eleven times its bytes are read."""


class Allowance:
    """What is left: 60 MB, or twenty times what was sent where that is more, so that work grows with what is sent."""

    def __init__(self) -> None:
        self._sent = self._spent = self._entries = 0

    def add(self, raw: bytes) -> None:
        """Count a file that was sent."""
        self._sent += len(raw)

    def refusal(self, raw: bytes, only: frozenset[str]) -> str:
        """Return why a package is not to be opened for its files with these names; nothing if it may be.

        Then what it takes is counted, before any of it is unpacked; of one that is refused nothing is.
        """
        entries = self._entries + entries_of(raw)
        size = weight(raw, only) if entries <= MOST_ENTRIES else 0  # no directory is read for more
        if size > LARGEST:
            return saying("more than %(most)s MB unpacked", most=LARGEST // 1024 // 1024)
        most = max(LARGEST, _TIMES * self._sent)
        if entries > MOST_ENTRIES or self._spent + size > most:
            return saying(
                "the Word files sent together take more than %(most)s MB unpacked: send it by itself",
                most=most // 1024 // 1024,
            )
        self._spent, self._entries = self._spent + size, entries
        return ""
