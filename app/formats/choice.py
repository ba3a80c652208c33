"""Which format a text has: it follows from the kind of document and from whether the text is in a language."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from app.domain.documents import Kind
from app.domain.segments import NO_LANGUAGE, SegmentMap, Tag
from app.formats.facts import FACTS
from app.formats.markdown import MARKDOWN
from app.formats.po import PO
from app.formats.text import Header, Label, Parsed, TextFormat


def format_of(kind: Kind, locale: Tag) -> TextFormat:
    """Return the format of a document's text in a locale: PO for catalogues, else Markdown, or TOML for facts."""
    if kind is Kind.CATALOGUE:
        return PO
    return FACTS if locale == NO_LANGUAGE else MARKDOWN


def labelled(kind: Kind, locale: Tag, text: str, label: Label | None, *, path: str) -> str:
    """Return a text with this label (None: without one) and no other byte changed; BadText if it cannot be parsed."""
    header = parse(kind, locale, text, path=path).header
    return text if header.label == label else format_of(kind, locale).with_header(text, replace(header, label=label))


def as_filed(kind: Kind, locale: Tag, text: str, segments: SegmentMap, *, status: str, path: str) -> str:
    """Return a stored text as its file says it: with its status, and the origin and base that its map has."""
    if locale == NO_LANGUAGE:
        return text
    # a person who wrote no status wrote a draft: their file stays as it is
    unsaid = status == "draft" and parse(kind, locale, text, path=path).header.status is None
    header = Header(status=None if unsaid else status, origin=segments.origin, based_on=segments.based_on)
    return format_of(kind, locale).with_header(text, header)


def said_by(kind: Kind, locale: Tag, text: str, segments: SegmentMap, *, path: str) -> str:
    """Return a text that says of its origin and its base what its map says."""
    header = replace(parse(kind, locale, text, path=path).header, origin=segments.origin, based_on=segments.based_on)
    return format_of(kind, locale).with_header(text, header)


_SMALL: Final = 64_000  # characters; larger texts are not worth their memory


def parse(kind: Kind, locale: Tag, text: str, *, path: str) -> Parsed:
    """Parse a text; BadText, with `path` and lines. One save looks at a text several times, so the last are kept."""
    look = _remembered if len(text) < _SMALL else _parsed
    return look(kind, locale == NO_LANGUAGE, text, path)


def _parsed(kind: Kind, facts: bool, text: str, path: str) -> Parsed:  # a part of the cache's key
    return format_of(kind, NO_LANGUAGE if facts else Tag("und")).parse(text, path=path)


_remembered = lru_cache(maxsize=64)(_parsed)
