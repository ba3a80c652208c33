"""A unit that a tool divided by its sentences: which of its parts are translated.

In XLIFF 1.2 these are `mrk` of the type `seg`, beside those of a `seg-source`; in 2.0 several `segment`. How much of a
translation that stands already one of them renders nobody can tell, so who reads them has to know if some are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.likeness import plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The words of a part's source and of its translation ("": none); `is_new`: the file does not say it is done."""

    source: str
    target: str
    is_new: bool

    @property
    def is_copy(self) -> bool:
        """Tell whether it says what its source says, which of numbers alone is a translation."""
        return any(map(str.isalpha, self.target)) and plainly(self.target) == plainly(self.source)

    @property
    def is_said(self) -> bool:
        """Tell whether it has words of a translation: a tool that fills in those of the source has made none."""
        return bool(self.target.strip()) and not (self.is_new and self.is_copy)

    @property
    def is_left(self) -> bool:
        """Tell whether it is not translated; what has no words in its source has nothing that could be."""
        return not self.is_said and bool(self.source.strip())


def is_partial(parts: Sequence[Part]) -> bool:
    """Tell whether some parts are translated and others are not: without words, or new where others are done."""
    said = [one for one in parts if one.is_said]
    is_done = any(not one.is_new for one in said)
    return bool(said) and any(one.is_left or (one.is_new and is_done) for one in parts)


def copied(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the words of the parts that are called translated, and say what their source says."""
    return tuple(one.target for one in parts if one.is_copy and not one.is_new)
