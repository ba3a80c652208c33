"""A text without what is no prose: each letter of an address, a tag, a placeholder or of code becomes one sign."""

import re
from functools import lru_cache
from typing import Final

MASK: Final = "\ufffc"
"""Stands for a letter that nobody reads as one: neither letter nor digit nor white space."""

ADDRESS: Final = r"(?:https?://|mailto:|www\.)[^\s<>\"'`«»“”()\]\[{}|]++|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
FILE: Final = r"(?<![\w./@-])(?:[\w-]++[./])*+(?<=\.)[a-z][a-z0-9]{1,4}+(?![\w./])"
TAG: Final = r"</?[a-zA-Z][^<>]*+>|<!(?:--)?[^<>]*+>"
ADDRESSED: Final = r"\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?:\s++\"[^\"\n]*+\")?\)"
_PARTS = (
    r"`[^`\n]++`",
    ADDRESSED,
    TAG,
    ADDRESS,
    r"&#?\w{1,31};",
    r"%\([^()]*+\)[#0 +-]*+[0-9.]*+[a-zA-Z]",
    r"\{[^{}\n]*+\}",
    r"\A\d{1,9}[.)](?=\s)",
)
_PERCENT = r"%[#0 +-]*+[0-9*]*+(?:\.[0-9*]++)?[hlL]*+[diouxXeEfFgGcrsa%]"
_PROSE = re.compile("|".join(_PARTS))
_FORMAT = re.compile("|".join((*_PARTS, _PERCENT)))
_FILE = re.compile(FILE, re.ASCII)


@lru_cache(maxsize=512)
def masked(text: str, *, percent: bool = False) -> str:
    """Return a text of the same length in which what is no prose is masked; `percent`: `%s` is a placeholder too."""
    text = (_FORMAT if percent else _PROSE).sub(_hidden, text)
    return _FILE.sub(_hidden, text) if "." in text else text


def prose(text: str, flags: tuple[str, ...]) -> str:
    """Return a message's text masked by its flags."""
    return masked(text, percent="python-format" in flags or "c-format" in flags)


def _hidden(found: re.Match[str]) -> str:
    """Return as many masks; the bracket that ends the words of a link stays one."""
    return "]" + MASK * (len(found[0]) - 1) if found[0][0] == "]" else MASK * len(found[0])
