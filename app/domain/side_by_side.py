"""A translation beside its source, segment by segment, and the text that is made of what somebody typed there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.merge import in_place_of
from app.domain.provenance import SLUG
from app.domain.segments import (
    DIVISIBLE,
    FIXED_KINDS,
    UNTRANSLATED,
    Key,
    Origin,
    Rendering,
    Segment,
    SegmentMap,
    State,
    digest_of,
    is_hole,
)

MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+")
"""What a block of a list, a heading or a quotation begins with."""

FORMS = "\0"
"""Stands between the plural forms of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A segment of a translation beside those that it renders; without `target`, one that nothing renders yet.

    `key` names it within its sheet: its own, or of one that is not there yet that of the source, if it is free.
    `rendering` is what the map says of it, `before` the source segments as they read when it was made, as far as that
    is known and they read otherwise now. `stale` tells that they do, or that nobody knows. `gone` tells that the source
    has none of them any more.
    """

    key: Key
    sources: tuple[Segment, ...]
    target: Segment | None = None
    rendering: Rendering | None = None
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
    def unsure(self) -> bool:
        """Tell whether it needs work."""
        said = (one.state for one in (self.target, self.rendering) if one is not None)
        return bool(self.text) and State.NEEDS_WORK in said

    @property
    def origin(self) -> Origin:
        """Return who made its words."""
        return Origin.HUMAN if self.rendering is None else self.rendering.origin


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
    rendered |= {segment.key for segment in target if segment.kind in FIXED_KINDS}
    left, taken = _unrendered(source, rendered), {segment.key for segment in target}
    result = [_open_row(one, taken) for one in left.get(None, ())]
    for segment in target:
        rendering = maps.get(segment.key) or Rendering(key=segment.key)
        if segment.kind in FIXED_KINDS and not rendering.sources and segment.key in now:
            rendering = replace(rendering, sources=(segment.key,))  # the source has it since: its key says so
        result.append(_row(segment, rendering, now, then))
        result += [_open_row(one, taken) for key in rendering.sources for one in left.pop(key, ())]
    return tuple(result)


def _open_row(source: Segment, taken: set[Key]) -> Row:
    """Return the row of a source segment that nothing renders, under a key that no segment of the translation has."""
    key = source.key
    while key in taken:
        key = Key(f"+{key}")
    taken.add(key)
    return Row(key=key, sources=(source,))


def _row(segment: Segment, rendering: Rendering, now: Mapping[Key, Segment], then: Mapping[Key, Segment]) -> Row:
    sources = tuple(now[key] for key in rendering.sources if key in now)
    before = tuple(then[key] for key in rendering.sources if key in then)
    stale = bool(rendering.sources) and rendering.sources != (SLUG,) and rendering.source_digest != _digest(sources)
    known = stale and before and rendering.source_digest == _digest(before)
    return Row(
        key=segment.key,
        sources=sources,
        target=segment,
        rendering=rendering,
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
    """What somebody typed for a row: its forms (one, but of a message with a plural), and what was ticked.

    `unsure` says that it needs work, `out` takes it out, `current` says that it is right as it stands beside the source
    of now. `origin` is MACHINE where the words are a machine's and nobody touched them.
    """

    forms: tuple[str, ...]
    unsure: bool = False
    out: bool = False
    current: bool = False
    origin: Origin | None = None


def typed_into(shown: Sequence[Row], typed: Mapping[Key, Typed], *, begun: bool) -> tuple[Segment, ...]:
    """Return the segments of the text that somebody typed into these rows, by their keys; the others stay.

    What was left empty is a hole. A row that has no segment yet gets one if something was typed there, or if the text
    is only being `begun`: then each hole says what is still to be done. `out` takes a segment out.
    """
    made = (_segment(row, typed.get(row.key), begun=begun) for row in shown)
    return tuple(segment for segment in made if segment is not None)


def renderings(
    shown: Sequence[Row], typed: Mapping[Key, Typed], *, begun: bool = False, follows: bool = True
) -> dict[Key, Rendering]:
    """Return what the map is to say of the segments that somebody wrote or ticked something of, by key.

    Who changes words or says that they are right makes them a person's; and made from what stands beside them, if the
    map `follows` that text. Where the source has nothing there any more, what is right as it stands renders nothing.
    """
    found: dict[Key, Rendering] = {}
    for row in shown:
        one, segment = typed.get(row.key), _segment(row, typed.get(row.key), begun=begun)
        if segment is not None and (row.target is None or (one is not None and _says_more(row, segment, one))):
            found[row.key] = _rendering(row, segment, one or Typed(forms=("",)), follows=follows)
    return found


def together(shown: Sequence[Row]) -> dict[Key, tuple[Row, ...]]:
    """Return, by the first one's key, the parts of what was divided: rows of the text that render the same source."""
    found: dict[tuple[Key, ...], list[Row]] = {}
    for row in shown:
        if row.target is not None and row.sources and row.kind not in FIXED_KINDS:
            found.setdefault(tuple(one.key for one in row.sources), []).append(row)
    return {parts[0].key: tuple(parts) for parts in found.values() if len(parts) > 1}


def changed_in(shown: Sequence[Row], typed: Mapping[Key, Typed]) -> dict[Key, Typed]:
    """Return what of this is other words than those that stand there, or takes some out."""
    rows = (row for row in shown if row.key in typed)
    return {row.key: typed[row.key] for row in rows if typed[row.key].out or _text(row, typed[row.key]) != row.text}


def says_more(shown: Sequence[Row], typed: Mapping[Key, Typed]) -> bool:
    """Tell whether what stands in the fields of these rows says anything that the text does not say yet."""
    return bool(renderings(shown, typed)) or any(one.out for one in typed.values())


def _says_more(row: Row, segment: Segment, typed: Typed) -> bool:
    other = row.target is None or digest_of(segment.text) != digest_of(row.target.text)
    return typed.current or typed.unsure is not row.unsure or other


def _other_words(row: Row, segment: Segment) -> bool:
    """Tell whether it says something else; where an empty line divides it, it does not."""
    if row.target is None or segment.kind != DIVISIBLE:
        return row.target is None or digest_of(segment.text) != digest_of(row.target.text)
    return segment.text.split() != row.target.text.split()


def _rendering(row: Row, segment: Segment, typed: Typed, *, follows: bool) -> Rendering:
    known = row.rendering or Rendering(key=row.key)
    renewed = _other_words(row, segment) or typed.current
    if row.target is None or (follows and renewed and (row.sources or typed.current)):
        sources = tuple(one.key for one in row.sources)
        known = replace(known, sources=sources, source_digest=_digest(row.sources) if sources else None)
    same = not renewed and (typed.unsure or not row.unsure)
    origin = row.origin if same else Origin.HUMAN
    if typed.origin is Origin.MACHINE and not typed.current:  # who took no word of it cannot call it a machine's
        origin = Origin.MACHINE if _other_words(row, segment) else row.origin
    state = State.MISSING if is_hole(segment) else State.NEEDS_WORK if typed.unsure else State.DONE
    return replace(known, state=state, origin=origin)


def carried(before: Sequence[Row], now: Sequence[Row], typed: Mapping[Key, Typed]) -> dict[Key, Typed]:
    """Return what somebody changed on one sheet by its keys on another; what has none there keeps the one it had.

    What was written anew there is in the place of what it replaced. What was typed and changes nothing is left out.
    """
    keys = {row.key for row in now}
    texts = [[row.target for row in shown if row.target is not None] for shown in (before, now)]
    found: dict[Key, Typed] = {}
    for row in before:
        if row.key in typed and _segment(row, typed[row.key], begun=False) != row.target:
            anew = () if row.key in keys else in_place_of(row.key, *texts)
            key = anew[0].key if len(anew) == 1 else row.key
            found[row.key if key in found else key] = typed[row.key]
    return found


def _segment(row: Row, typed: Typed | None, *, begun: bool) -> Segment | None:
    old = row.target
    if typed is None:
        return old if old is not None or not begun else _hole(row)
    if typed.out:
        return None
    text = _text(row, typed)
    if old is not None and text == row.text and (old.kind != "message" or typed.unsure is row.unsure):
        return old
    if old is None and not text.replace(FORMS, "").strip():
        return _hole(row) if begun else None
    state = State.NEEDS_WORK if typed.unsure and row.kind == "message" else State.DONE
    if old is not None:
        kind = row.sources[0].kind if old.kind == UNTRANSLATED and row.sources else old.kind
        return replace(old, kind=kind, text=text, state=state)
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
    mark = MARK.match(row.sources[0].text) if row.sources else None
    return mark[0] + text.lstrip() if mark and text.strip() and not MARK.match(text) else text
