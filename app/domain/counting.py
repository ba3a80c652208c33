"""How many words a text has, wherever words are counted: those that somebody would have to translate."""

import re
from collections.abc import Iterable, Mapping

from app.domain.folding import words as words_of
from app.domain.matches import WORDLESS
from app.domain.segments import UNTRANSLATED, Key, Segment

_CONTEXT = "\x04"  # between msgctxt and msgid (GNU gettext)


_NO_WORDS = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|https?://[^\s)>]+")  # placeholders, addresses


def words(text: str) -> int:
    """Return how many words a text has: runs of letters and digits, with the apostrophes inside; no placeholders."""
    return sum(1 for _ in words_of(_NO_WORDS.sub(" ", text)))


def words_by_segment(segments: Iterable[Segment], *, msgids: bool = False) -> Mapping[Key, int]:
    """Return how many words each segment has; addresses, names of files, code and the mark of a hole have none.

    With `msgids`, of messages those of what they are a translation of, without plural and context.
    """
    return {
        one.key: 0
        if one.kind in WORDLESS or one.kind == UNTRANSLATED
        else words(one.key.rpartition(_CONTEXT)[2] if msgids else one.text)
        for one in segments
    }
