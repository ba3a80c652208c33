"""What paragraphs and cells of a Word file say, with Markdown's marks for bold and italics (ECMA-376, 17.3).

It is read from the XML itself, since text that somebody's tracked changes inserted is text too, and what they deleted
is none.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE: Final = frozenset({f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPrChange")})
_MARKS: Final = {(True, False): "**", (False, True): "*", (True, True): "***"}


def with_one_choice(document: etree._Element) -> etree._Element:
    """Return a document that has once what programs write twice, anew and for older ones: text boxes (Part 3, 9.3)."""
    for either in list(document.iter(f"{_MC}AlternateContent")):
        for other in either.findall(f"{_MC}*")[1:]:
            either.remove(other)
    return document


def words_of(cell: etree._Element) -> str:
    """Return what a cell says, with Markdown's marks for bold and italics; a paragraph begins a line."""
    lines = (line_of(paragraph) for paragraph in cell.iter(f"{_W}p"))
    return "\n".join(lines).strip()


def line_of(paragraph: etree._Element) -> str:
    """Return what a paragraph says, without paragraphs in it."""
    said = [(_style(run), "".join(_texts(run))) for run in _runs(paragraph)]
    return "".join(
        _marked("".join(text for _, text in some), _MARKS.get(style, ""))
        for style, some in groupby(said, key=lambda one: one[0])
    )


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, those of links, fields and insertions too; no paragraph in it, nothing deleted."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{_W}p":
            yield from _runs(child)


def _texts(run: etree._Element) -> Iterator[str]:
    for one in run:
        match one.tag:
            case _ if one.tag == f"{_W}t":
                yield one.text or ""
            case _ if one.tag == f"{_W}tab":
                yield "\t"
            case _ if one.tag in {f"{_W}br", f"{_W}cr"}:
                yield "\n"
            case _ if one.tag == f"{_W}noBreakHyphen":
                yield "\N{NON-BREAKING HYPHEN}"
            case _:
                pass


def _style(run: etree._Element) -> tuple[bool, bool]:
    properties = run.find(f"{_W}rPr")
    return (_is_on(properties, "b"), _is_on(properties, "i")) if properties is not None else (False, False)


def _is_on(properties: etree._Element, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _marked(words: str, mark: str) -> str:
    """Return words between marks, which stand next to letters and not to white space, or they mean nothing."""
    bare = words.strip()
    if not mark or not bare:
        return words
    before, _, after = words.partition(bare)
    return f"{before}{mark}{bare}{mark}{after}"
