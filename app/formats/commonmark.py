"""CommonMark as Tilmash reads it: with tables, and with lists of dashes.

One dialect for segments and for HTML, so that what a translator sees as a block is rendered as that block. HTML is
recognised, so that it is a block by itself; it is for `formats.render` not to pass it on.
"""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table

from app.formats.dashes import dash_list

NESTING: Final = 20
"""Levels of blocks or brackets that are followed; what is deeper is not rendered (blocks) or stays as typed (links)."""

CELLS: Final = 20_000
"""Cells in the tables of a text; rows beyond them stay as typed. A line of one letter is a row of all its columns."""


def dialect() -> MarkdownIt:
    """Return a parser of our own, which may be told to do without some rules."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING, "html": True}).enable("table")
    parser.block.ruler.before("reference", "dashes", dash_list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    return parser


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # a rule is called so
    """Read a table, or as much of it as may still have cells."""
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start]) + 1
    used = state.env.get("cells", 0)
    rows = (CELLS - used) // columns
    found = rows > 0 and table(state, start, min(end, start + 1 + rows), silent)
    if found and not silent:
        state.env["cells"] = used + columns * (state.line - start)
    return found
