"""Lines of a text: a line ends with LF, CRLF or CR, as CommonMark 2.1 has it, and with nothing else."""

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends; joined they are the text (`str.splitlines` also cuts at U+2028)."""
    return _LINE.findall(text)


def line_at(text: str, index: int) -> int:
    """Return the number, from 1, of the line that holds the character at `index`."""
    return 1 + text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)


def line_start(text: str, index: int) -> int:
    """Return where the line begins that holds the character at `index`."""
    return 1 + max(text.rfind("\n", 0, index), text.rfind("\r", 0, index))


def line_stop(text: str, index: int) -> int:
    """Return where the line after the character at `index` begins (the length of the text if there is none)."""
    found = _LINE_END.search(text, index)
    return found.end() if found else len(text)


def unix(text: str) -> str:
    """Return the text with LF for each line end."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


def newline_of(text: str) -> str:
    """Return the line end that a text uses: that of its first line, LF where it has none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def is_blank(line: str) -> bool:
    """Tell whether a line is blank to CommonMark: nothing but spaces and tabs."""
    return not line.strip(" \t\r\n")
