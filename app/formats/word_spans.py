"""Where words stand in a block of several parts: cells of a table, paragraphs of a nested list or a quotation.

Everything between them is the block's structure, as Markdown reads it: nobody translates that.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.domain.checks.pair import Span
from app.formats.blocks import PARSER

MOST: Final = 400
"""Parts of a block; one that has more is a table of data, or worse."""

_CELL = re.compile(r"(?<!\\)\|")
_NESTING: Final = frozenset({"bullet", "ordered", "quote"})
_CLOSED: Final = frozenset({"html_block", "table_open"})  # within another block nothing tells their words apart
_VERBATIM: Final = frozenset({"fence", "code_block", "html_block"})


def word_spans(kind: str, text: str) -> tuple[Span, ...]:
    """Return where the words of a block stand, part by part; nothing of what is one part, or cannot be taken apart."""
    if kind == "table":
        found = [*_cells(text)]
    elif kind in _NESTING:
        found = [*_paragraphs(text)]
    else:
        return ()
    is_apart = all(start >= 0 for start, _ in found) and (kind == "table" or len(found) > 1)
    return tuple(found) if is_apart and len(found) <= MOST else ()


def shape(text: str) -> tuple[tuple[str, str, int, str], ...]:
    """Return what blocks Markdown reads in a text, in which of one another, with the words of code alone."""
    return tuple(
        (one.type, one.tag, one.level, one.content if one.type in _VERBATIM else "") for one in PARSER.parse(text)
    )


def _cells(text: str) -> Iterator[Span]:
    """Yield the cells of a table that are not empty; its second line says how columns are aligned."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        ends = [found.start() for found in _CELL.finditer(line)]
        for left, right in zip([0, *(end + 1 for end in ends)], [*ends, len(line)], strict=True) if number != 1 else ():
            if words := line[left:right].strip():
                first = start + line.index(words, left)
                yield first, first + len(words)
        start += len(line) + 1


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs and headings of a block, wherever in it; (-1, -1) for what cannot be taken apart."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for token in PARSER.parse(text):
        if token.type in _CLOSED:
            yield -1, -1
        elif token.type == "inline" and token.map and token.content:
            first, *_, last = [*token.content.split("\n")] * 2
            start, stop = token.map[0], token.map[0] + token.content.count("\n")
            left, right = lines[start].rfind(first), lines[stop].rfind(last)
            found = (starts[start] + left, starts[stop] + right + len(last))
            yield found if min(left, right) >= 0 else (-1, -1)
