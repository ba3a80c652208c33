"""CommonMark as Tilmash reads it: with tables, and with lists of dashes.

One dialect for segments and for HTML, so that what a translator sees as a block is rendered as that block. HTML is
recognised, so that it is a block by itself; it is for `formats.render` not to pass it on.
"""

from typing import Final

from markdown_it import MarkdownIt

from app.formats.dashes import dash_list

NESTING: Final = 20
"""Levels of blocks or brackets that are followed; what is deeper is not rendered (blocks) or stays as typed (links)."""


def dialect() -> MarkdownIt:
    """Return a parser of our own, which may be told to do without some rules."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING, "html": True}).enable("table")
    parser.block.ruler.before("reference", "dashes", dash_list, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser
