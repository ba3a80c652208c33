"""The body of a Markdown file as blocks: what a translator sees one at a time.

A block is a top-level block of CommonMark; of a list, each top-level item. Every line of a body belongs to a block or
to the white space between two, so that both together are the body, byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markdown_it.token import Token

from app.domain.segments import State
from app.formats.commonmark import dialect
from app.formats.lines import is_blank, lines_of, unix

UNTRANSLATED: Final = "<!-- untranslated -->"
"""Stands in a file in place of a block that has no translation yet."""

ITEMS: Final = frozenset({"bullet", "ordered"})

_KINDS = {
    "paragraph_open": "paragraph",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "html_block": "html",
    "hr": "rule",
}
_HOLE = re.compile(r"[ \t]*(?:(?:[-+*–—]|\d{1,9}[.)])[ \t]+)?" + re.escape(UNTRANSLATED) + r"[ \t]*")

PARSER: Final = dialect().disable(["inline", "text_join"])
"""Reads blocks alone: what stands in their lines is words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. `raw` is as in the file, `text` the same with LF; neither has the last line's end."""

    kind: str
    raw: str

    @property
    def text(self) -> str:
        """Return the block's text with LF."""
        return unix(self.raw)

    @property
    def state(self) -> State:
        """Tell whether there is a text; *needs work* is nothing that a file can say."""
        return State.MISSING if _HOLE.fullmatch(self.raw) else State.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Blocks, and the white space before, between and after them: one gap more than there are blocks."""

    blocks: tuple[Block, ...]
    gaps: tuple[str, ...]

    def __str__(self) -> str:
        return self.gaps[0] + "".join(block.raw + gap for block, gap in zip(self.blocks, self.gaps[1:], strict=True))


def read_body(text: str) -> Body:
    """Take a body apart; `str()` of the result is the body."""
    lines = lines_of(text)
    blocks, gaps = [], []
    at, line_end = 0, ""
    for kind, start, stop in _filled(_spans(text), lines):
        raw = "".join(lines[start:stop])
        gaps.append(line_end + "".join(lines[at:start]))
        blocks.append(_block(kind, raw.rstrip("\r\n")))
        at, line_end = stop, raw[len(blocks[-1].raw) :]
    gaps.append(line_end + "".join(lines[at:]))
    return Body(blocks=tuple(blocks), gaps=tuple(gaps))


def _block(kind: str, raw: str) -> Block:
    is_hole = kind == "html" and _HOLE.fullmatch(raw)
    return Block(kind="untranslated" if is_hole else kind, raw=raw)


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, first line and line after the last of what the parser finds: top-level blocks, and items of lists."""
    kind_of_item = ""
    for token in PARSER.parse(text):
        if token.level == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            kind_of_item = token.type.removesuffix("_list_open")
        elif token.map and (token.level == 0 or (token.level == 1 and token.type == "list_item_open")):
            start, stop = token.map
            yield _kind(token) or kind_of_item, start, stop


def _kind(token: Token) -> str:
    return f"heading-{token.tag[1:]}" if token.type == "heading_open" else _KINDS.get(token.type, "")


def _filled(spans: Iterator[tuple[str, int, int]], lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the spans without blank lines at either end, and link reference definitions, which have no token."""
    at = 0
    for kind, start, stop in spans:
        yield from _runs("reference", at, start, lines)
        first, *_, last = [*_runs(kind, start, stop, lines)] * 2
        yield kind, first[1], last[2]
        at = stop
    yield from _runs("reference", at, len(lines), lines)


def _runs(kind: str, start: int, stop: int, lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of lines that are not blank."""
    for blank, run in groupby(range(start, stop), key=lambda number: is_blank(lines[number])):
        if not blank:
            numbers = [*run]
            yield kind, numbers[0], numbers[-1] + 1
