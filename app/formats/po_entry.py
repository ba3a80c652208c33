"""What a PO text consists of: entries and their fields (GNU gettext manual, *The Format of PO Files*)."""

import re
from dataclasses import dataclass
from typing import NamedTuple

LINES = re.compile(r"[^\n]*\n|[^\n]+")
"""The lines of a text with their ends. (`str.splitlines` also breaks at letters that are none here, such as U+2028.)"""


class Field(NamedTuple):
    """One `msg…` of an entry: its name, n of `msgstr[n]`, its value, its line, and where in `raw` it stands."""

    name: str
    form: int | None
    value: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with all that belongs to it; without fields, comments that no message follows.

    `line` is that of its `msgctxt` or `msgid`; `msgstrs` are one, or one for each plural form; `flags` are `fuzzy`,
    `python-format` and so on, in their order; `faults` are (line, reason) of what is wrong with its strings.

    Of one that cannot be read nothing but its bytes and flags is known: it has no fields, `broken` says why and `line`
    where. If it could be read as far as its `msgstr`, its key is known too, and empty otherwise, or if it is obsolete.
    """

    raw: str
    gap: str
    line: int
    fields: tuple[Field, ...]
    obsolete: bool
    context: str | None
    msgid: str
    plural: str | None
    msgstrs: tuple[str, ...]
    flags: tuple[str, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    broken: str = ""

    @property
    def key(self) -> str:
        """Return msgctxt, U+0004, msgid; the msgid alone without a context, as in a MO file."""
        return self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"

    @property
    def original(self) -> str:
        """Return the key and, after NUL, the plural if there is one: by this a MO file finds a message."""
        return self.key if self.plural is None else f"{self.key}\0{self.plural}"

    @property
    def text(self) -> str:
        """Return the translations joined by NUL; nothing if all of them are empty."""
        return "\0".join(self.msgstrs) if any(self.msgstrs) else ""

    @property
    def fuzzy(self) -> bool:
        """Tell whether a person has to look at the translation before it can be used."""
        return "fuzzy" in self.flags

    @property
    def is_message(self) -> bool:
        """Tell whether this is in use: neither obsolete nor comments alone."""
        return bool(self.fields) and not self.obsolete

    @property
    def is_header(self) -> bool:
        """Tell whether this is the header: the empty msgid without a context."""
        return self.is_message and self.msgid == "" and self.context is None

    def lines_of(self, *signs: str) -> list[str]:
        """Return the lines of comments with these signs: `#.`, `#:`, `#,`, `#|`, or `#` for a translator's own."""
        return [line for line in LINES.findall(self.raw) if _sign(line) in signs]

    def comments(self, sign: str) -> tuple[str, ...]:
        """Return what the comments with a sign say."""
        return tuple(line.strip().removeprefix(sign).strip() for line in self.lines_of(sign))


def _sign(line: str) -> str:
    """Return what a comment begins with; nothing for a line that is none."""
    bare = line.lstrip()
    return bare[: 2 if bare[1:2] in {".", ":", ",", "|", "~"} else 1] if bare.startswith("#") else ""
