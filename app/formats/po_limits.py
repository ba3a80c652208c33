"""How much of a PO text is read at all. What is beyond is refused before a line of it is."""

import re
from itertools import islice
from typing import Final

from app.domain.errors import BadText, Problem

LARGEST_MESSAGE: Final = 64 * 1024
"""Characters of all strings of one message together."""

MOST_ENTRIES: Final = 100_000
"""Messages, obsolete ones included. The largest catalogues known have a fifth of this."""

MOST_LINES: Final = 1_500_000

_MSGID = re.compile(r"^[ \t]*+(?:\#~[ \t]*+)?msgid(?!_)", re.MULTILINE)


def bounded(text: str, *, path: str) -> None:
    """Raise BadText with the line where a text has too many lines or messages."""
    if text.count("\n") > MOST_LINES:
        raise BadText(Problem(path=path, line=MOST_LINES + 1, reason=f"more than {MOST_LINES} lines"))
    if text.count("msgid") > MOST_ENTRIES:
        beyond = next(islice(_MSGID.finditer(text), MOST_ENTRIES, None), None)
        if beyond is not None:
            line = text.count("\n", 0, beyond.start()) + 1
            raise BadText(Problem(path=path, line=line, reason=f"more than {MOST_ENTRIES} messages"))
