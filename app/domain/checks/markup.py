"""The structure of a block of Markdown: as many marks of each sort as the source has, and none left open."""

import re
from collections.abc import Callable, Iterator

from app.domain.checks.masking import MASK, masked
from app.domain.checks.pair import Fault, Pair
from app.domain.said import saying

_EMPHASIS = re.compile(r"(?<![\\*_\s])\*{1,3}|(?<![\\*_])\*{1,3}(?=[^\s*])")
_HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})(?=\s)")
_CELL = re.compile(r"(?<!\\)\|")


def structure(pair: Pair, at: int) -> Iterator[Fault]:
    """Find marks of Markdown that differ in number from the source's, and emphasis that does not end."""
    source, form = pair.asked, pair.target[at]
    for mark, count in _MARKS.items():
        asked, given = count(source), count(form)
        if asked != given and (mark != "**" or given % 2):
            said = saying(
                "marks %(mark)s: here %(given)s, and in the source %(asked)s", mark=mark, given=given, asked=asked
            )
            yield Fault(said)


def _strong(text: str) -> int:
    return sum(found[0] in {"**", "***"} for found in _EMPHASIS.finditer(_bare(text)))


def _code(text: str) -> int:
    return text.count("`")


def _level(text: str) -> int:
    found = _HEADING.match(text)
    return len(found[1]) if found else 0


def _images(text: str) -> int:
    return text.count("![")


def _cells(text: str) -> int:
    return len(_CELL.findall(text)) if "|" in text else 0


def _bare(text: str) -> str:
    return masked(text).replace(MASK, "x")


_MARKS: dict[str, Callable[[str], int]] = {"**": _strong, "`": _code, "#": _level, "![": _images, "|": _cells}
