"""Whether a page holds anything that could run, as a browser's parser sees it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

import html5lib

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\t\n\r-]*):", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto", "tel"}
_ADDRESSES = {
    "href", "src", "srcset", "imagesrcset", "action", "formaction", "data", "poster", "ping", "background", "cite",
    "longdesc", "manifest", "xlink:href",
}  # fmt: skip
_RAW = {"script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext"}
_INLINE = {"style", "srcdoc", "http-equiv", "nonce"}

Outline = list[tuple[str, tuple[str, ...]]]


# References to characters, and a private letter for each. A parser takes either as a letter of a text or of a value, in
# the same states; but of the former it makes a token each, in Python, and these pages have thousands.
_LETTERS = {"&lt;": "\ue000", "&gt;": "\ue001", "&amp;": "\ue002", "&#39;": "\ue003", "&#34;": "\ue004"}
_REFERENCES = re.compile("|".join(_LETTERS))
_MEANT = str.maketrans({letter: unescape(reference) for reference, letter in _LETTERS.items()})
_WRITTEN = str.maketrans({letter: reference for reference, letter in _LETTERS.items()})


def parsed(html: str) -> Element:
    """Return a page as a tree without namespaces; it has to be valid HTML, whatever is in it."""
    assert not any(letter in html for letter in _LETTERS.values())
    tree = strictly(_REFERENCES.sub(lambda found: _LETTERS[found[0]], html))
    for element in tree.iter():
        as_it_is = element.tag in _RAW or not isinstance(element.tag, str)
        element.text = (element.text or "").translate(_WRITTEN if as_it_is else _MEANT) or None
        element.tail = (element.tail or "").translate(_MEANT) or None
        element.attrib.update({name: value.translate(_MEANT) for name, value in element.attrib.items()})
    return tree


def strictly(html: str) -> Element:
    """Return what html5lib makes of a page, without namespaces; it raises at the first mistake."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


def outline(tree: Element) -> Outline:
    """Return each element and the names of its attributes, in order, but for those that a text's Markdown makes."""
    return [(element.tag, tuple(sorted(element.attrib))) for element in _planned(tree)]


def _planned(element: Element) -> Iterator[Element]:
    yield element
    if element.get("class") != "body":
        for child in element:
            yield from _planned(child)


def faults(tree: Element) -> Iterator[str]:
    """Yield what of a page could run, or load from elsewhere."""
    for element in tree.iter():
        if element.tag == "script":
            yield from _script(element)
        for name, value in element.attrib.items():
            if name.startswith("on") or name in _INLINE:
                yield f"<{element.tag} {name}={value!r}>"
            scheme = _SCHEME.match(value) if name in _ADDRESSES else None
            if scheme and scheme[1].lower() not in _SCHEMES:
                yield f"<{element.tag} {name}={value!r}>"
            if name in {"src", "srcset"} and not value.startswith(("/static/", "/media/")):
                yield f"<{element.tag} {name}={value!r}>"


def _script(element: Element) -> Iterator[str]:
    if element.get("type") == "application/ld+json":
        json.loads(element.text or "")
    elif element.text or not (element.get("src") or "").startswith("/static/"):
        yield f"a script: {element.text}"
