"""Segments, and the map that says which source text each of them was made from (idea 3 of the design).

A *text* is a sequence of segments. Fixed segments (`title`, `caption:photos/signing.jpg`, a gettext message) have
keys that follow from the text itself; blocks of Markdown get theirs at save, from `domain.alignment`. The segment map
stands beside each revision and has one `Rendering` per segment of its text, in the same order.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, Self

Key = NewType("Key", str)
"""Names a segment within one translation, for as long as the segment lives."""

Tag = NewType("Tag", str)
"""A BCP 47 language tag as it stands in URLs and `lang` attributes: `ky`, `uz-Cyrl`."""

NO_LANGUAGE = Tag("zxx")
"""BCP 47's *no linguistic content*: the locale of a document's facts (`item.toml`) and of a catalogue's template.

Both have revisions, merge and go live like any translation, so they are stored as one; neither is ever shown as a
language. See docs/decisions/0001-facts-and-templates.md.
"""


FIXED_KINDS = frozenset({"title", "slug", "summary", "caption", "alt", "credit", "file", "message", "fact"})
"""Kinds of segments whose keys follow from the text itself; every other kind is a block of Markdown."""

DIVISIBLE = "paragraph"
"""The kind of block that people split and join."""

UNTRANSLATED = "untranslated"
"""The kind of a block that stands in a Markdown file for one that isn't translated yet; in a list it keeps its kind."""


class State(StrEnum):
    """How far a segment is."""

    MISSING = "missing"
    NEEDS_WORK = "needs work"
    DONE = "done"


class Origin(StrEnum):
    """Who made the words."""

    HUMAN = "human"
    MACHINE = "machine"
    DERIVED = "derived"


def least_reviewed(origins: Iterable[Origin]) -> Origin:
    """Return which of its segments' origins a text is told by."""
    made = set(origins)
    return next((origin for origin in (Origin.MACHINE, Origin.DERIVED) if origin in made), Origin.HUMAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The smallest unit a translator sees.

    `kind` says what may be compared with what: `title`, `slug`, `summary`, `caption`, `alt`, `credit`, `file`,
    `message`, `fact`, or a kind of Markdown block (`paragraph`, `heading-2`, `bullet`, `ordered`, `quote`, `code`,
    `table`, `html`, `rule`, `reference`, `untranslated`). `text` is as written in the file, without the white space
    around a block; of a gettext message with plural forms, its msgstrs joined by NUL.
    """

    key: Key
    kind: str
    text: str
    state: State = State.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class BasedOn:
    """`ru@3f2a9c1b`: the text that a translation was made from, by locale and canonical digest (or its beginning)."""

    locale: Tag
    digest: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read `<tag>@<8 to 64 hexadecimal digits>`; ValueError if it isn't that."""
        tag, at, digest = written.strip().partition("@")
        if not (tag and at and 8 <= len(digest) <= 64 and set(digest) <= set("0123456789abcdef")):
            raise ValueError(f"is a locale, @, and 8 hexadecimal digits, as in ru@3f2a9c1b, and not {written!r}")
        return cls(locale=Tag(tag), digest=digest)

    def __str__(self) -> str:
        return f"{self.locale}@{self.digest[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One row of a segment map: a target segment, and the source segments it renders.

    `source_digest` is `digest_of` those source segments' texts at the time it was made; None where that is unknown
    (which counts as different). A segment of a source text has no `sources`.
    """

    key: Key
    sources: tuple[Key, ...] = ()
    source_digest: str | None = None
    state: State = State.DONE
    origin: Origin = Origin.HUMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMap:
    """The renderings of one revision in the order of its segments, and the text they were last made from."""

    rows: tuple[Rendering, ...]
    based_on: BasedOn | None = None

    @property
    def origin(self) -> Origin:
        """Return who made the text as a reader is told."""
        return least_reviewed(row.origin for row in self.rows)

    @property
    def unread(self) -> frozenset[Key]:
        """Return the segments whose words a machine brought in, and nobody has confirmed or changed."""
        rows = (row for row in self.rows if row.origin is Origin.MACHINE and row.state is State.NEEDS_WORK)
        return frozenset(row.key for row in rows)

    def with_keys(self, segments: Iterable[Segment]) -> tuple[Segment, ...]:
        """Return the parsed segments of this map's own text under the keys that the map remembers."""
        return tuple(replace(segment, key=row.key) for segment, row in zip(segments, self.rows, strict=True))


def is_hole(segment: Segment) -> bool:
    """Tell whether nothing is written there yet: an empty text, or the mark that stands for a block (or list item)."""
    if segment.kind == UNTRANSLATED or not segment.text.replace("\0", "").strip():
        return True
    return segment.state is State.MISSING and segment.kind not in FIXED_KINDS


def may_pair(one: str, other: str) -> bool:
    """Tell whether blocks of these kinds may be one and the same; a hole outside a list may be of any kind."""
    return one == other or UNTRANSLATED in (one, other)


def digest_of(*texts: str) -> str:
    """Return SHA-256 of the texts as 64 hexadecimal digits; white space at either end and around lines is not words."""
    plain = "\0".join("\n".join(line.strip() for line in text.strip().splitlines()) for text in texts)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
