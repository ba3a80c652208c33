"""A rule of our own for CommonMark: lines that begin with an en or em dash are a list, as press offices type them.

    The memorandum provides for:
    — exchange of information;
    — joint events.

A dash and a space begin an item at the start of a block and after another item; in a paragraph, where the line above
ends with `:`, `;` or `.`, or the line below begins with a dash too. Elsewhere in a wrapped sentence the dash is
punctuation (Russian sets one between subject and predicate). An item is one
paragraph; what is nested wants real markers.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_MARKER = re.compile(r"[–—][ \t]+(?=[^ \t])")
_INTRODUCES = (":", ";", ".")


def dash_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # markdown-it's signature
    """Take a list at line `start`, or as a silent question, whether a paragraph above it ends here."""
    if not _begins_item(state, start):
        return False
    if silent:
        above = state.src[state.bMarks[start - 1] : state.eMarks[start - 1]].rstrip()
        return above.endswith(_INTRODUCES) or (start + 1 < end and _begins_item(state, start + 1))
    opening = state.push("bullet_list_open", "ul", 1)
    opening.attrSet("class", "dashes")
    paragraphs: list[Token] = []
    line, loose = start, False
    while True:
        stop = _item_stop(state, line, end)
        paragraphs.extend(_push_item(state, line, stop))
        following = state.skipEmptyLines(stop)
        if following >= end or not _begins_item(state, following):
            break
        loose = loose or following > stop
        line = following
    for token in paragraphs:
        token.hidden = not loose
    opening.map = [start, stop]
    state.push("bullet_list_close", "ul", -1)
    state.line = stop
    return True


def _begins_item(state: StateBlock, line: int) -> bool:
    if state.is_code_block(line) or state.sCount[line] < state.blkIndent:
        return False
    return bool(_MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]))


def _item_stop(state: StateBlock, line: int, end: int) -> int:
    """Return the first line after the item at `line`: a blank one, another item, or one that begins another block."""
    rules = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    line += 1
    while line < end and not state.isEmpty(line) and not _begins_item(state, line):
        lazy = state.is_code_block(line) or state.sCount[line] < 0
        if not lazy and any(rule(state, line, end, True) for rule in rules):
            break
        line += 1
    state.parentType = parent
    return line


def _push_item(state: StateBlock, line: int, stop: int) -> tuple[Token, Token]:
    """Push the tokens of one item; return its paragraph's, whose visibility the whole list decides."""
    state.push("list_item_open", "li", 1).map = [line, stop]
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [line, stop]
    inline = state.push("inline", "", 0)
    inline.content = _MARKER.sub("", state.getLines(line, stop, state.blkIndent, False).strip(" \t\n"), count=1)
    inline.map = [line, stop]
    inline.children = []
    closing = state.push("paragraph_close", "p", -1)
    state.push("list_item_close", "li", -1)
    return opening, closing
