"""What both versions of XLIFF have in common: codes as elements among words, and words and codes read back."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Final

from lxml import etree

from app.domain.inline_codes import CONTROLS, Code, Piece, Role
from app.domain.locales import parse_tag
from app.domain.segments import Tag
from app.formats.bitext import Ref, Words

_MOST_DIGITS: Final = 9
_UNWRITABLE: Final = re.compile(f"[{CONTROLS}]")


class Maker:
    """Makes elements of one namespace."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def root(self, name: str, /, **attributes: str) -> etree._Element:
        """Return the first element of a file, which says what namespace it is."""
        return etree.Element(f"{{{self._namespace}}}{name}", attributes, {None: self._namespace})

    def element(self, name: str, /, **attributes: str) -> etree._Element:
        """Return an element with nothing in it."""
        return etree.Element(f"{{{self._namespace}}}{name}", attributes)

    def said(self, name: str, words: str, /, **attributes: str) -> etree._Element:
        """Return an element that says some words, which nobody takes back from there."""
        made = self.element(name, **attributes)
        made.text = plain(words)
        return made


def append(element: etree._Element, pieces: Iterable[Piece], code: Callable[[Code], etree._Element]) -> None:
    """Put words and codes into an element; what begins and ends with a code is an element around what is between."""
    inside = [element]
    for piece in pieces:
        if isinstance(piece, str):
            _say(inside[-1], piece)
        elif piece.role is Role.CLOSE:
            inside.pop()
        else:
            made = code(piece)
            inside[-1].append(made)
            if piece.role is Role.OPEN:
                inside.append(made)


def _say(element: etree._Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def plain(text: str) -> str:
    """Return a text of which every letter may stand in XML (1.0, 2.2), for what nobody takes back from there."""
    return _UNWRITABLE.sub("\ufffd", text)


def outermost(element: etree._Element, is_one: Callable[[etree._Element], bool]) -> Iterator[etree._Element]:
    """Yield what is one of those within an element; nothing within one of them, so that no word is read twice."""
    for child in element.iterchildren("*"):
        if is_one(child):
            yield child
        else:
            yield from outermost(child, is_one)


def words_of(
    element: etree._Element,
    refs: Callable[[etree._Element], tuple[Ref, ...]],
    without: Container[etree._Element] = (),
) -> Words:
    """Return what an element says; `refs` are the codes that an element in it is: none, one, or one before and behind.

    An element that is no code counts for what is in it (`mrk`, and what tools add), those in `without` for nothing.
    """
    return tuple(_joined(_pieces(element, refs, without)))


def plain_words(words: Words) -> str:
    """Return words without their codes."""
    return "".join(one for one in words if isinstance(one, str))


def forms_of(found: Iterable[Words | None]) -> tuple[Words, ...]:
    """Return the forms of a unit, none unless one has words or each is there; `found` is None for one without a target.

    So what is absent takes nothing away, and what is there and empty says so.
    """
    forms = tuple(found)
    return tuple(words or () for words in forms) if None not in forms or any(map(says, filter(None, forms))) else ()


def says(words: Words) -> bool:
    """Tell whether words or codes stand there, and not only what is between words."""
    return any(not isinstance(one, str) or one.strip() for one in words)


def _pieces(
    element: etree._Element, refs: Callable[[etree._Element], tuple[Ref, ...]], without: Container[etree._Element]
) -> Iterator[str | Ref]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child not in without:
            codes = refs(child)
            yield from codes[:1]
            if len(codes) != 1:
                yield from _pieces(child, refs, without)
            yield from codes[1:]
        if child.tail:
            yield child.tail


def _joined(pieces: Iterable[str | Ref]) -> Iterator[str | Ref]:
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words += piece
            continue
        if words:
            yield words
        words = ""
        yield piece
    if words:
        yield words


def said_in(elements: Iterable[etree._Element], attribute: str = "") -> tuple[str, ...]:
    """Return what people say in notes, and in this attribute of words that are marked (`mrk`), each thing once."""
    found = (
        "".join(one.itertext()) if etree.QName(one).localname == "note" else one.get(attribute, "") for one in elements
    )
    return tuple(dict.fromkeys(words.strip() for words in found if words.strip()))


def number_of(written: str | None) -> int:
    """Return the number of a code as a file has it; 0, which no code has, of anything else."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS else 0


def tag_said(written: str | None) -> Tag | None:
    """Return a language as a file names it; None of what is no tag."""
    try:
        return parse_tag(written or "")
    except ValueError:
        return None
