"""A translation beside its source, segment by segment, and the text that is made of what somebody typed there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.merge import in_place_of
from app.domain.provenance import SLUG
from app.domain.segments import FIXED_KINDS, Key, Rendering, Segment, SegmentMap, State, digest_of, is_hole

_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+")

FORMS = "\0"
"""Stands between the plural forms of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A segment of a translation beside those that it renders; without `target`, one that nothing renders yet.

    `before` are the source segments as they read when it was made, as far as that is known and they read otherwise now.
    `stale` tells that they do, or that nobody knows. `gone` tells that the source has none of them any more.
    """

    sources: tuple[Segment, ...]
    target: Segment | None = None
    before: tuple[Segment, ...] = ()
    stale: bool = False
    gone: bool = False

    @property
    def kind(self) -> str:
        """Return what kind of segment this is or will be."""
        return self.target.kind if self.target is not None else self.sources[0].kind

    @property
    def text(self) -> str:
        """Return what is written there; nothing of a hole, whatever stands in its place in a file."""
        return "" if self.target is None or is_hole(self.target) else self.target.text

    @property
    def key(self) -> Key:
        """Return its key, or of one that is not there yet that of the source."""
        return self.target.key if self.target is not None else self.sources[0].key


def rows(
    source: Sequence[Segment], target: Sequence[Segment], segments: SegmentMap, made_from: Sequence[Segment] = ()
) -> tuple[Row, ...]:
    """Return a translation's segments in their order; what of the source nothing renders stands behind what it follows.

    `made_from` is the text that the translation says it was made from. All segments have keys.
    """
    now = {segment.key: segment for segment in source}
    then = {segment.key: segment for segment in made_from}
    maps = {row.key: row for row in segments.rows}
    rendered = {key for row in segments.rows for key in row.sources}
    left = _unrendered(source, rendered)
    result = [Row(sources=(one,)) for one in left.get(None, ())]
    for segment in target:
        rendering = maps.get(segment.key) or Rendering(key=segment.key)
        result.append(_row(segment, rendering, now, then))
        result += [Row(sources=(one,)) for key in rendering.sources for one in left.pop(key, ())]
    return tuple(result)


def _row(segment: Segment, rendering: Rendering, now: Mapping[Key, Segment], then: Mapping[Key, Segment]) -> Row:
    sources = tuple(now[key] for key in rendering.sources if key in now)
    before = tuple(then[key] for key in rendering.sources if key in then)
    stale = bool(rendering.sources) and rendering.sources != (SLUG,) and rendering.source_digest != _digest(sources)
    known = stale and before and rendering.source_digest == _digest(before)
    return Row(
        sources=sources,
        target=segment,
        before=before if known else (),
        stale=stale,
        gone=bool(rendering.sources) and not sources,
    )


def _digest(segments: Sequence[Segment]) -> str:
    """Return the digest of source segments: of a message its key is what is translated."""
    return digest_of(*(segment.key if segment.kind == "message" else segment.text for segment in segments))


def _unrendered(source: Sequence[Segment], rendered: set[Key]) -> dict[Key | None, list[Segment]]:
    """Return the source segments that nothing renders, by the one before them that something does."""
    left: dict[Key | None, list[Segment]] = {}
    before: Key | None = None
    for segment in source:
        if segment.key in rendered:
            before = segment.key
        else:
            left.setdefault(before, []).append(segment)
    return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed for a row: its forms (one, but of a message with a plural), and what was ticked."""

    forms: tuple[str, ...]
    unsure: bool = False
    out: bool = False


def typed_into(shown: Sequence[Row], typed: Mapping[int, Typed], *, begun: bool) -> tuple[Segment, ...]:
    """Return the segments of the text that somebody typed into these rows, by their places; the others stay.

    What was left empty is a hole. A row that has no segment yet gets one if something was typed there, or if the text
    is only being `begun`: then each hole says what is still to be done. `out` takes a segment out.
    """
    made = (_segment(row, typed.get(place), begun=begun) for place, row in enumerate(shown))
    return tuple(segment for segment in made if segment is not None)


def carried(before: Sequence[Row], now: Sequence[Row], typed: Mapping[int, Typed]) -> dict[int, Typed]:
    """Return what somebody changed on one sheet by its places on another; what has none there is behind its last row.

    What was written anew there is in the place of what it replaced. What was typed and changes nothing is left out.
    """
    places = {row.key: place for place, row in enumerate(now)}
    texts = [[row.target for row in shown if row.target is not None] for shown in (before, now)]
    found: dict[int, Typed] = {}
    for place, row in enumerate(before):
        if place in typed and _segment(row, typed[place], begun=False) != row.target:
            anew = () if row.key in places else in_place_of(row.key, *texts)
            key = anew[0].key if len(anew) == 1 else row.key
            there = places.get(key, len(now) + place)
            found[len(now) + place if there in found else there] = typed[place]
    return found


def _segment(row: Row, typed: Typed | None, *, begun: bool) -> Segment | None:
    old = row.target
    if typed is None:
        return old if old is not None or not begun else _hole(row)
    if typed.out:
        return None
    text = _text(row, typed)
    if (
        old is not None
        and text == old.text
        and (old.kind != "message" or typed.unsure == (old.state is State.NEEDS_WORK))
    ):
        return old
    if old is None and not text.replace(FORMS, "").strip():
        return _hole(row) if begun else None
    state = State.NEEDS_WORK if typed.unsure else State.DONE
    if old is not None:
        return replace(old, text=text, state=state)
    return Segment(key=row.key, kind=row.kind, text=text, state=state)


def _hole(row: Row) -> Segment | None:
    """Return the hole that stands for a source segment; an address has none, since it can be made from the title."""
    asked = row.kind in {"message", "title"} or row.sources[0].text.strip()
    if row.key == SLUG or not asked:
        return None
    return Segment(key=row.key, kind=row.kind, text="", state=State.MISSING)


def _text(row: Row, typed: Typed) -> str:
    forms = [form.replace("\r\n", "\n").replace(FORMS, "") for form in typed.forms]
    if row.kind == "message":
        return FORMS.join(forms) if any(forms) else ""
    return forms[0].strip() if row.kind in FIXED_KINDS else _marked(row, forms[0].strip("\n").rstrip())


def _marked(row: Row, text: str) -> str:
    """Return a block with the mark of its source (of a list, a heading, a quotation), if somebody left it out.

    Without it the text has another block there than its source, which the next look cannot pair with it.
    """
    mark = _MARK.match(row.sources[0].text) if row.sources else None
    return mark[0] + text.lstrip() if mark and text.strip() and not _MARK.match(text) else text
