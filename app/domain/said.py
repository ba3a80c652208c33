"""Sentences that are put into a person's language later: a message of the interface, and what its placeholders hold.

Domain, formats, storage and services know no language but English. What they say to people is a `Said`: English text
for the command line, the tree and the journal, from which `web` makes the same sentence in the reader's language.
`make extract` finds the message where `saying("…")` stands, as it finds that of `gettext("…")`.
"""

from collections.abc import Mapping
from typing import Self

Value = str | int | tuple[str, ...]
"""What a placeholder may hold: words, numbers and members of the domain's enumerations, or several of them."""


class Said(str):
    """A sentence in English that knows its message, and by name the values of its placeholders.

    A value called `language`, `languages`, `roles`, `status` or `deed` is shown by its name in the reader's language.
    """

    __slots__ = ("msgid", "values")
    msgid: str
    values: Mapping[str, Value]

    def __new__(cls, msgid: str, values: Mapping[str, Value]) -> Self:
        """Fill the placeholders in, as gettext fills them: a message without any may hold a percent sign."""
        text = super().__new__(
            cls, msgid % {name: _plain(value) for name, value in values.items()} if values else msgid
        )
        text.msgid, text.values = msgid, values
        return text

    def __reduce__(self) -> tuple[type[Self], tuple[str, Mapping[str, Value]]]:
        """Let it cross from one process to another whole."""
        return type(self), (self.msgid, self.values)


def saying(msgid: str, /, **values: Value) -> Said:
    """Return a sentence to be translated later; `msgid` stands there as it is, and never in a variable."""
    return Said(msgid, values)


def _plain(value: Value) -> str | int:
    """Return a value as it stands in a line of English; what is no letter there cannot begin a line of its own."""
    if isinstance(value, int):
        return value
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    return words if words.isprintable() else repr(words)[1:-1]
