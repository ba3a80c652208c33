"""How many words a text has, wherever words are counted: those that somebody would have to translate."""

from collections.abc import Iterable, Mapping

from app.domain.folding import words as words_of
from app.domain.matches import WORDLESS
from app.domain.segments import Key, Segment

_CONTEXT = "\x04"  # between msgctxt and msgid (GNU gettext)


def words(text: str) -> int:
    """Return how many words a text has: runs of letters and digits, an apostrophe inside one is a part of it."""
    return sum(1 for _ in words_of(text))


def words_by_segment(segments: Iterable[Segment], *, msgids: bool = False) -> Mapping[Key, int]:
    """Return how many words each segment has; addresses, names of files and code have none to translate.

    With `msgids`, of messages those of what they are a translation of, without plural and context.
    """
    return {
        one.key: 0 if one.kind in WORDLESS else words(one.key.rpartition(_CONTEXT)[2] if msgids else one.text)
        for one in segments
    }
