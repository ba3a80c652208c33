"""What stands beside the words of a Word file, by where it is anchored: comments, and notes at the foot or the end.

ECMA-376, 17.13.4 (comments) and 17.11 (footnotes and endnotes).
"""

from typing import Final

from lxml import etree

COMMENTS: Final = "word/comments.xml"
FOOTNOTES: Final = "word/footnotes.xml"
ENDNOTES: Final = "word/endnotes.xml"
"""Where Word and LibreOffice keep them."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS: Final = {
    COMMENTS: (f"{_W}comment", (f"{_W}commentRangeStart", f"{_W}commentReference")),
    FOOTNOTES: (f"{_W}footnote", (f"{_W}footnoteReference",)),
    ENDNOTES: (f"{_W}endnote", (f"{_W}endnoteReference",)),
}
"""What one is called in its part, and what stands where it is anchored."""

_SIGNS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_SAID: Final = (f"{_W}t", *_SIGNS)


class Asides:
    """What a part of a document has, each handed out once: with the first row or paragraph that it is anchored in."""

    def __init__(self, kind: str, part: etree._Element | None) -> None:
        name, self._anchors = _KINDS[kind]
        found = part.iter(name) if part is not None else ()
        self._said = {one.get(f"{_W}id", ""): words for one in found if (words := _words(one))}

    def within(self, element: etree._Element) -> tuple[str, ...]:
        """Return what is said of something in this element and was not handed out before."""
        if not self._said:
            return ()
        numbers = [one.get(f"{_W}id", "") for one in element.iter(*self._anchors)]
        return tuple(words for number in numbers if (words := self._said.pop(number, "")))

    def left(self) -> tuple[str, ...]:
        """Return what nobody was handed: it is said of the document, or of what is no row of it."""
        return tuple(self._said.values())


def _words(aside: etree._Element) -> str:
    """Return what one says; a paragraph begins a line."""
    lines = ("".join(map(_sign, line.iter(*_SAID))) for line in aside.iter(f"{_W}p"))
    return "\n".join(lines).strip()


def _sign(one: etree._Element) -> str:
    return _SIGNS.get(str(one.tag), one.text or "")
