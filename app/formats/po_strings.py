"""Quoted strings of a PO text and what they mean, by escapes as in C (GNU gettext manual, *The Format of PO Files*)."""

import re

STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"')
"""One quoted string; what stands between its quotation marks is group 1."""

_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", '"': '"'}


def unescaped(written: str) -> tuple[str, str]:
    """Return what the inside of a quoted string means, and the first escape in it that gettext doesn't know."""
    if "\\" not in written:
        return written, ""
    unknown: list[str] = []

    def meaning(match: re.Match[str]) -> str:
        octal, hexadecimal, letter = match.groups()
        if letter is not None:
            known = _LETTERS.get(letter, "")
        else:
            code = int(octal, 8) if octal else int(hexadecimal, 16)
            known = chr(code) if 0 < code < 0x80 else ""  # above, it is a byte of the file's charset, and no letter yet
        if not known:
            unknown.append(match[0])
        return known or match[0]

    return _ESCAPE.sub(meaning, written), unknown[0] if unknown else ""
