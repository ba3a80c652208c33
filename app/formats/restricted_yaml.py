"""YAML without its dangerous half: nodes with their places, every scalar a str as it is written.

Made from the events of PyYAML's scanner (YAML 1.1). No anchors and aliases (which can grow a line into gigabytes), no
tags (which name classes), one document, bounded in size and depth. Nothing is ever constructed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.formats.encoding import unusable

LIMIT: Final = 64_000
DEPTH: Final = 12


class Shape(StrEnum):
    """What a node is."""

    SCALAR = "scalar"
    MAPPING = "mapping"
    FLOW_MAPPING = "flow mapping"
    SEQUENCE = "sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A piece of YAML: `start` and `end` are its first character and the one after its last, without white space.

    `text` is a scalar's value; `pairs` are a mapping's keys and values. What a sequence holds is of no interest here.
    """

    shape: Shape
    start: int
    end: int
    text: str = ""
    pairs: tuple[tuple["Node", "Node"], ...] = field(default=())


class BadYaml(Exception):  # noqa: N818  # named as BadText is, which it becomes
    """YAML that is malformed or outside of what is taken here; `index` is the character where it goes wrong."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason


def read(source: str) -> Node | None:
    """Return the one node of the document, None if it is empty; BadYaml otherwise."""
    if len(source) > LIMIT:
        raise BadYaml(0, f"the front matter has {len(source)} characters, and {LIMIT} are the most")
    try:
        return _document(source)
    except yaml.MarkedYAMLError as error:
        if error.context_mark and error.problem == "found unexpected end of stream":
            raise BadYaml(error.context_mark.index, "the quotation mark that opens here is never closed") from None
        mark = error.problem_mark or error.context_mark
        hint = "; a value with a colon, # or quotes in it has to stand in quotes"
        raise BadYaml(mark.index if mark else 0, f"not YAML: {error.problem}{hint}") from None
    except yaml.reader.ReaderError as error:
        raise BadYaml(error.position, f"holds a character that YAML forbids (U+{error.character:04X})") from None


def _document(source: str) -> Node | None:
    loader = yaml.SafeLoader(source)
    try:
        return _root(source, _events(loader))
    except (OverflowError, ValueError):
        raise BadYaml(loader.index, "holds an escape beyond the last character of Unicode (U+10FFFF)") from None


def _events(loader: yaml.SafeLoader) -> Iterator[Event]:
    while loader.check_event():
        yield loader.get_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs lack it


def _root(source: str, events: Iterator[Event]) -> Node | None:
    root = None
    for event in events:
        if isinstance(event, DocumentStartEvent | DocumentEndEvent) and event.explicit:
            raise BadYaml(_start(event), "the front matter is one document, without a line of --- or ... in it")
        if isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent):
            root = _node(source, event, events, 1)
    return root


def _node(source: str, event: Event, events: Iterator[Event], depth: int) -> Node:
    start = _start(event)
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
        raise BadYaml(start, "anchors, aliases and tags are not taken; a value that begins with & * ! needs quotes")
    if depth > DEPTH:
        raise BadYaml(start, f"is nested deeper than {DEPTH} levels")
    if isinstance(event, ScalarEvent):
        if found := unusable(event.value):
            raise BadYaml(start, f"holds {found[1]}, by an escape")
        end = start + len(source[start : _end(event)].rstrip())
        return Node(shape=Shape.SCALAR, start=start, end=end, text=event.value)
    children, end = [], start
    for inner in events:
        if isinstance(inner, MappingEndEvent | SequenceEndEvent):
            # In block style the end is where the next token begins, which may be a page further down.
            end = _end(inner) if _end(inner) > _start(inner) else start
            break
        children.append(_node(source, inner, events, depth + 1))
    end = max([end, *(child.end for child in children)])
    if isinstance(event, SequenceStartEvent):
        return Node(shape=Shape.SEQUENCE, start=start, end=end)
    shape = Shape.FLOW_MAPPING if isinstance(event, MappingStartEvent) and event.flow_style else Shape.MAPPING
    return Node(shape=shape, start=start, end=end, pairs=tuple(zip(children[::2], children[1::2], strict=True)))


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: Event) -> int:
    return event.end_mark.index if event.end_mark else 0
