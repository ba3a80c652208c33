"""What kind of paragraph Word has something as: of a list, or a heading (ECMA-376 part 1, 17.3.1 and 17.7).

A paragraph says so itself (`numPr`, `outlineLvl`) or by its style, and a style by the one that it is based on. The
names of Word's own styles are English whatever language it speaks; their identifiers are not.
"""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from app.domain.placing import HEADING, ITEM

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY_LEVEL: Final = "9"
_DEEPEST: Final = 20
"""Styles that are based on each other: Word has no more than ten in a row."""


def kinds_of(styles: etree._Element | None) -> Mapping[str, str]:
    """Return the kind of each paragraph style that says one, by its identifier; nothing where there are no styles."""
    found = {} if styles is None else {one.get(f"{_W}styleId", ""): one for one in styles.iter(f"{_W}style")}
    kinds = dict[str, str]()
    for name in found:
        kind, at = "", name
        for _ in range(_DEEPEST):
            if kind or at not in found:
                break
            kind, at = _of_style(found[at]), _value(found[at], "basedOn")
        if kind:
            kinds[name] = kind
    return kinds


def kind_of(paragraph: etree._Element, kinds: Mapping[str, str]) -> str:
    """Return the kind of a paragraph (`placing.Given`), by itself or its style among `kinds`; empty if nobody says."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    own = _of_properties(properties)
    return kinds.get(_value(properties, "pStyle"), "") if own is None else own


def _of_style(style: etree._Element) -> str:
    name = _value(style, "name").casefold()
    if name == "title" or name.startswith("heading "):
        return HEADING
    if name.startswith(("list bullet", "list number")):
        return ITEM
    properties = style.find(f"{_W}pPr")
    return (_of_properties(properties) or "") if properties is not None else ""


def _of_properties(properties: etree._Element) -> str | None:
    """Return the kind that properties say themselves; empty where they undo a style's, None if they say nothing."""
    numbered = properties.find(f"{_W}numPr/{_W}numId")
    if numbered is not None:
        return ITEM if numbered.get(f"{_W}val") != "0" else ""
    level = _value(properties, "outlineLvl")
    return HEADING if level and level < _BODY_LEVEL else None


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""
