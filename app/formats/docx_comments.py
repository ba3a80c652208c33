"""What people say beside the words of a Word file: its comments, by where they are anchored (ECMA-376, 17.13.4)."""

from typing import Final

from lxml import etree

PART: Final = "word/comments.xml"
"""Where Word and LibreOffice keep them."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ANCHORS: Final = (f"{_W}commentRangeStart", f"{_W}commentReference")

_SIGNS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_SAID: Final = (f"{_W}t", *_SIGNS)


class Comments:
    """The comments of a document, each handed out once: with the first row or paragraph that it is anchored in."""

    def __init__(self, part: etree._Element | None) -> None:
        found = part.iter(f"{_W}comment") if part is not None else ()
        self._said = {one.get(f"{_W}id", ""): words for one in found if (words := _words(one))}

    def within(self, element: etree._Element) -> tuple[str, ...]:
        """Return what is said of something in this element and was not handed out before."""
        if not self._said:
            return ()
        numbers = [one.get(f"{_W}id", "") for one in element.iter(*_ANCHORS)]
        return tuple(words for number in numbers if (words := self._said.pop(number, "")))

    def left(self) -> tuple[str, ...]:
        """Return what nobody was handed: it is said of the document, or of what is no row of it."""
        return tuple(self._said.values())


def _words(comment: etree._Element) -> str:
    """Return what a comment says; a paragraph begins a line."""
    lines = ("".join(map(_sign, line.iter(*_SAID))) for line in comment.iter(f"{_W}p"))
    return "\n".join(lines).strip()


def _sign(one: etree._Element) -> str:
    return _SIGNS.get(str(one.tag), one.text or "")
