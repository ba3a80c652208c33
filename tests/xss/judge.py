"""Whether a page holds anything that could run, as a browser's parser sees it."""

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\t\n\r-]*):", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto", "tel"}
_ADDRESSES = {
    "href", "src", "srcset", "imagesrcset", "action", "formaction", "data", "poster", "ping", "background", "cite",
    "longdesc", "manifest", "xlink:href",
}  # fmt: skip
_INLINE = {"style", "srcdoc", "http-equiv", "nonce"}

Outline = list[tuple[str, tuple[str, ...]]]


def parsed(html: str) -> Element:
    """Return a page as a tree without namespaces; it has to be valid HTML, whatever is in it."""
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
