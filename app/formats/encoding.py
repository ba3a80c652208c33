"""Bytes in, text out: the one way by which a file of the tree or an upload becomes a str."""

from typing import Final

from app.domain.checks.signs import UNUSABLE
from app.domain.errors import BadText, Problem
from app.formats.lines import line_at

ARTICLE_LIMIT: Final = 2_000_000
"""Bytes of a Markdown or TOML file; a book of 300 pages stays below it."""

_NAMES = {"\0": "NUL", "\ufffe": "the noncharacter U+FFFE", "\uffff": "the noncharacter U+FFFF"}


def decode(raw: bytes, *, path: str, limit: int = ARTICLE_LIMIT) -> str:
    """Return UTF-8 bytes as text; a byte order mark stays in it, so that it can be written back.

    BadText, with the line of the first bad byte, if they are not UTF-8, and if they are more than `limit`.
    """
    if len(raw) > limit:
        raise BadText(Problem(path=path, line=0, reason=f"has {len(raw)} bytes, and {limit} are the most"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_at(raw[: error.start].decode("utf-8"), error.start)
        byte = raw[error.start]
        raise BadText(Problem(path=path, line=line, reason=f"is not UTF-8 (byte 0x{byte:02x})")) from None


def unusable(text: str) -> tuple[int, str] | None:
    """Return the first character that XML 1.0 (2.2, *Char*) cannot hold: its place, and what it is; None without one.

    One of them makes a feed unreadable, NUL and half a pair of UTF-16 no database takes.
    """
    found = UNUSABLE.search(text)
    if found is None:
        return None
    kind = "a control character" if found.group() < " " else "a lone surrogate"
    return found.start(), _NAMES.get(found.group(), f"{kind} (U+{ord(found.group()):04X})")


def refuse_unusable(text: str, *, path: str, limit: int = ARTICLE_LIMIT) -> None:
    """Raise BadText where a text is too long or holds what is `unusable`."""
    if len(text) > limit:
        raise BadText(Problem(path=path, line=0, reason=f"has {len(text)} characters, and {limit} are the most"))
    if found := unusable(text):
        raise BadText(Problem(path=path, line=line_at(text, found[0]), reason=f"holds {found[1]}"))
