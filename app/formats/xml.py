"""XML that comes from outside, and XML that goes out (XML 1.0, fifth edition; Namespaces in XML 1.0).

What is read whole needs no document type, so that a file with one is refused before anything of it is looked at: no
entity is ever expanded and nothing is fetched. libxml2 itself refuses what is nested deeper than 256 or has a text of
10 MB. What is too large for that is read by `xml_parts.py`.
"""

from typing import Final

from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.said import saying

LARGEST_XML: Final = 20 * 1024 * 1024
"""Bytes of a file that is read whole."""

_MOST_TAGS: Final = 600_000
_MOST_ATTRIBUTES: Final = 600_000
"""Of a file that is read whole: each is an object or two in memory, however few bytes it has in the file."""

SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(raw: bytes, *, path: str) -> etree._Element:
    """Return the root of a file; BadText, with its line, where it is no sound XML, too much, or has a DOCTYPE."""
    if len(raw) > LARGEST_XML:
        reason = saying("larger than %(most)s MB", most=LARGEST_XML // 1024 // 1024)
        raise BadText(Problem(path=path, line=0, reason=reason))
    require_no_doctype(raw, path=path)
    if raw.count(b"<") > _MOST_TAGS or raw.count(b"=") > _MOST_ATTRIBUTES:
        reason = saying("it has more elements than anybody writes: send it in smaller parts")
        raise BadText(Problem(path=path, line=0, reason=reason))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise unsound(error, path=path) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(path, 1)
    return root


def require_no_doctype(raw: bytes, *, path: str) -> None:
    """Refuse a document type by its first letters, before any parser has read it, in whatever encoding they are."""
    plain = raw.replace(b"\0", b"")  # UTF-16 and UTF-32 of letters of ASCII
    if (at := plain.find(b"<!DOCTYPE")) >= 0 or (at := plain.find(b"<!ENTITY")) >= 0:
        raise _doctype(path, plain.count(b"\n", 0, at) + 1)


def unsound(error: etree.XMLSyntaxError, *, path: str) -> BadText:
    """Return what is said of XML that cannot be read, by its line; libxml2's words are English."""
    said = (error.msg or "").split(", line")[0].partition(path)[2] or (error.msg or "").split(", line")[0]
    reason = saying("this is no sound XML: %(reason)s", reason=said)
    return BadText(Problem(path=path, line=error.lineno or 0, reason=reason))


def _doctype(path: str, line: int) -> BadText:
    return BadText(Problem(path=path, line=line, reason=saying("a document type (DOCTYPE) is not read: take it out")))


def written_xml(root: etree._Element, *, mixed: frozenset[str]) -> bytes:
    """Return a file in UTF-8, an element a line but within those that are `mixed` by name: there white space counts."""
    _lay_out(root, mixed, "\n")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _lay_out(element: etree._Element, mixed: frozenset[str], newline: str) -> None:
    if etree.QName(element).localname in mixed or not len(element):
        return
    deeper = f"{newline}  "
    element.text = deeper
    for child in element:
        _lay_out(child, mixed, deeper)
        child.tail = newline if child is element[-1] else deeper


def sound(text: str) -> str:
    """Return a text as XML 1.0 can hold it (section 2.2), its lines ended by a newline; U+FFFD stands for the rest.

    Controls that it could hold, and nobody reads, are of the rest, too.
    """
    if text.isprintable():  # nearly every text: the rest is looked at letter by letter
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter if letter.isprintable() or letter in "\t\n" else _instead(letter) for letter in lines)


def _instead(letter: str) -> str:
    """Return what stands for a letter that nothing shows: formats (joiners, marks of direction) stay as they are."""
    code = ord(letter)
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or (code & 0xFFFE) == 0xFFFE:
        return "\ufffd"
    return letter
