"""Machines that translate: what each of them can do, how it says that it could not, and the one that settings name."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from app.domain.machine import Languages, spelled
from app.domain.said import Said, saying
from app.domain.segments import Tag

MOST_TEXTS = 50
"""Texts of one request: more are refused by DeepL."""

MOST_LETTERS = 10_000
"""Characters of one request, unless one text alone has more; DeepL takes 128 KiB."""


class MachineError(Exception):
    """A machine could not translate. `said` is for people; `for_good`: no other try would help, `wait`: not before.

    `of_text` tells that it may be about one text of several.
    """

    def __init__(
        self, said: Said, *, for_good: bool = False, wait: timedelta | None = None, of_text: bool = False
    ) -> None:
        super().__init__(said)
        self.said, self.for_good, self.wait, self.of_text = said, for_good, wait, of_text


class Machine(Protocol):
    """A service that translates, by whatever protocol."""

    def languages(self) -> Languages:
        """Ask what it translates into what; MachineError if that cannot be told. It knows it from then on."""

    def translate(self, texts: Sequence[str], source: Tag, target: Tag) -> list[str]:
        """Return as many translations, in order. MachineError if it could not, or is known not to speak the pair."""


def require_pair(known: Languages, source: Tag, target: Tag) -> tuple[str, str]:
    """Return how a service spells two languages; MachineError if it is known not to translate between them."""
    found = spelled(known, source, target) if known else (source, target)
    if found is None:
        said = saying(
            "the machine does not translate from %(languages)s into %(language)s", languages=source, language=target
        )
        raise MachineError(said, for_good=True)
    return found


def as_many(words: list[str], texts: Sequence[str]) -> list[str]:
    """Return translations if there are as many as texts; MachineError if nobody knows which belongs to which."""
    if len(words) != len(texts):
        raise MachineError(saying("the machine's answer cannot be understood"))
    return words
