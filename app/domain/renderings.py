"""Segment maps: of a source text, of a translation that comes from outside, and of what is made of it later.

What isn't sure is left open: it has no sources, and needs work. Nothing guesses silently.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.domain.alignment import born
from app.domain.beads import Bead, common, gaps, walk
from app.domain.likeness import Traits, evidence
from app.domain.segments import (
    DIVISIBLE,
    FIXED_KINDS,
    BasedOn,
    Key,
    Origin,
    Rendering,
    Segment,
    SegmentMap,
    State,
    digest_of,
    is_hole,
    may_pair,
)

_SURE = 0.6
"""By how much an alignment must beat any other before it is taken."""

_SKIP = -0.8
"""What it costs to leave a block without partner."""

_HOLE = 0.5
"""What speaks for a hole being the translation of a block of any kind: its place alone."""

_CONTRARY = -0.5
"""Texts that are built alike are aligned one to one, unless so much speaks against one of the pairs."""

_UNUSUAL = 0.8
"""What speaks against two paragraphs having become one, or one two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is known of a text that was written segment by segment, beside what the text says itself.

    `segments` are its segments under their keys, `rows` what its map is to say of those that somebody wrote or ticked.
    `upto` is the number of the source's revision that they saw, None where the map is of another text. `read` tells
    that somebody has read all of it, whoever wrote it. `kept` is what it is to say of the other segments, where
    the text names another base than before.
    """

    segments: Sequence[Segment]
    rows: Mapping[Key, Rendering]
    upto: int | None = None
    read: bool = False
    kept: Mapping[Key, Rendering] = field(default_factory=dict)

    def rows_of(self, keyed: Iterable[Segment]) -> dict[Key, Rendering]:
        """Return the rows; where more than one block was typed into one place, each renders what that place does."""
        made = {one.key for one in self.segments}
        typed = [one for one in self.segments if one.key in self.rows]
        rows = {**self.kept, **self.rows}
        for part in (one for one in keyed if one.key not in made):
            whole = next((one for one in typed if part.text in one.text), None)
            if whole is not None:
                rows[part.key] = replace(self.rows[whole.key], key=part.key)
        return rows


def originals(segments: Iterable[Segment], *, origin: Origin = Origin.HUMAN) -> SegmentMap:
    """Return the segment map of a source text, whose segments render nothing."""
    return SegmentMap(rows=tuple(Rendering(key=one.key, state=one.state, origin=origin) for one in segments))


def align(
    source: Sequence[Segment],
    target: Sequence[Segment],
    *,
    based_on: BasedOn | None,
    known: bool = True,
    origin: Origin = Origin.HUMAN,
    parent: str = "",
) -> SegmentMap:
    """Return the first segment map of a translation that comes from outside, aligned by structure.

    `source` has keys; `known` tells whether it is the very text that the translation was made from (if not, the
    digests of what was rendered stay unknown). A block that renders one block of the source gets its key, others are
    born as in `carry`. A block that isn't surely the translation of anything needs work and has no sources.
    """
    rows = _filled([_new_row(segment, origin) for segment in target], source, target, known=known)
    renderings = Counter(key for row in rows for key in row.sources)
    keyed = [
        segment if segment.key or not _alone(row, renderings) else replace(segment, key=row.sources[0])
        for segment, row in zip(target, rows, strict=True)
    ]
    segments = born(keyed, parent)
    return SegmentMap(
        rows=tuple(replace(row, key=segment.key) for row, segment in zip(rows, segments, strict=True)),
        based_on=based_on,
    )


def remap(
    previous: SegmentMap,
    before: Sequence[Segment],
    after: Sequence[Segment],
    *,
    source: Sequence[Segment],
    based_on: BasedOn | None,
    known: bool = True,
    origin: Origin = Origin.HUMAN,
) -> SegmentMap:
    """Return the segment map of a later revision of a translation.

    `before` are the previous revision's segments and `after` the new one's, both with keys (from `carry`); `source` is
    the text that `based_on` names, or if that is not `known` the best there is. A segment keeps its sources, one whose
    words are the same its origin, and an unchanged one its state. If the translation names the same base as before (or
    none), its digests stay as they were; if it names another, they are taken from there, and sources that are gone are
    given up. What has no sources then is aligned by structure between the neighbours that have.
    """
    rebased = based_on is not None and not _same_base(previous.based_on, based_on)
    texts = {segment.key: segment.text for segment in source}
    rows = {row.key: row for row in previous.rows}
    words = {segment.key: segment for segment in before}
    result: list[Rendering] = []
    for segment in after:
        row = rows.get(segment.key) or _new_row(segment, origin)
        row = _edited(row, words.get(segment.key), segment, origin)
        result.append(_rebased(row, texts, known=known) if rebased else row)
    return SegmentMap(
        rows=tuple(_filled(result, source, after, known=known)), based_on=based_on if rebased else previous.based_on
    )


def _new_row(segment: Segment, origin: Origin) -> Rendering:
    return Rendering(key=segment.key, state=_state(segment, sure=False), origin=origin)


def _alone(row: Rendering, renderings: Mapping[Key, int]) -> bool:
    """Tell whether the row renders one segment that nothing else renders."""
    return len(row.sources) == 1 and renderings[row.sources[0]] == 1


def _state(segment: Segment, *, sure: bool) -> State:
    if segment.kind in FIXED_KINDS:
        return segment.state
    if is_hole(segment):
        return State.MISSING
    return segment.state if sure else State.NEEDS_WORK


def _edited(row: Rendering, before: Segment | None, after: Segment, origin: Origin) -> Rendering:
    """Return the row with a new origin where the words changed, and a new state where anything did."""
    same_words = before is not None and (before.kind, digest_of(before.text)) == (after.kind, digest_of(after.text))
    if before is not None and same_words and before.state == after.state:
        return row
    state = _state(after, sure=bool(row.sources))
    return replace(row, state=state, origin=row.origin if same_words else origin)


def _same_base(one: BasedOn | None, other: BasedOn) -> bool:
    if one is None or one.locale != other.locale:
        return False
    return one.digest.startswith(other.digest) or other.digest.startswith(one.digest)


def _rebased(row: Rendering, texts: Mapping[Key, str], *, known: bool) -> Rendering:
    sources = tuple(key for key in row.sources if key in texts)
    lost = row.sources and not sources and row.state is State.DONE
    return replace(
        row,
        sources=sources,
        source_digest=_digest(sources, texts) if known else None,
        state=State.NEEDS_WORK if lost else row.state,
    )


def _digest(sources: Sequence[Key], texts: Mapping[Key, str]) -> str | None:
    return digest_of(*(texts[key] for key in sources)) if sources else None


def _filled(
    rows: Sequence[Rendering], source: Sequence[Segment], target: Sequence[Segment], *, known: bool
) -> list[Rendering]:
    """Return the rows with sources for those that have none, where structure tells them."""
    texts = {segment.key: segment.text for segment in source}
    result = list(rows)

    def fill(place: int, sources: tuple[Key, ...]) -> None:
        result[place] = replace(
            result[place],
            sources=sources,
            source_digest=_digest(sources, texts) if known else None,
            state=_state(target[place], sure=True),
        )

    for place, row in enumerate(rows):
        if not row.sources and target[place].kind in FIXED_KINDS and row.key in texts:
            fill(place, (row.key,))
    for place, sources in _structural(result, source, target):
        fill(place, sources)
    return result


def _structural(
    rows: Sequence[Rendering], source: Sequence[Segment], target: Sequence[Segment]
) -> Iterator[tuple[int, tuple[Key, ...]]]:
    """Return the sources of blocks that have none, as sure as the neighbours that have some make them."""
    blocks = [segment for segment in source if segment.kind not in FIXED_KINDS]
    places = [place for place, segment in enumerate(target) if segment.kind not in FIXED_KINDS]
    rendered = {key for row in rows for key in row.sources}
    anchors = common([block.key for block in blocks], [next(iter(rows[place].sources), None) for place in places])
    for down, right in gaps(anchors, len(blocks), len(places)):
        free = [blocks[row] for row in down if blocks[row].key not in rendered]
        open_places = [places[column] for column in right if not rows[places[column]].sources]
        for bead in _beads(free, [target[place] for place in open_places]):
            for column in bead.targets:
                yield open_places[column], tuple(free[row].key for row in bead.sources)


def _beads(source: Sequence[Segment], target: Sequence[Segment]) -> list[Bead]:
    """Return the sure beads of a gap."""
    ours, theirs = _spans(source), _spans(target)

    def score(rows: range, columns: range) -> float | None:
        one, two = ours.get(rows), theirs.get(columns)
        return None if one is None or two is None else _score(one, two, single=len(rows) == len(columns))

    places = [range(place, place + 1) for place in range(len(source))]
    if len(source) == len(target):
        scores = [score(place, place) for place in places]
        if all(one is not None and one > _CONTRARY for one in scores):
            return [Bead(sources=place, targets=place, margin=_SURE) for place in places]
    beads = walk(len(source), len(target), score, shapes=((1, 1), (2, 1), (1, 2)), skip=_SKIP)
    return [bead for bead in beads if bead.margin >= _SURE]


def _spans(blocks: Sequence[Segment]) -> dict[range, Traits]:
    """Return the traits of each block, and of each two neighbours that may have been one."""
    spans = {range(place, place + 1): Traits.of(block) for place, block in enumerate(blocks)}
    for place, (one, two) in enumerate(pairwise(blocks)):
        if one.kind == two.kind == DIVISIBLE:
            spans[range(place, place + 2)] = Traits.of(one, two)
    return spans


def _score(one: Traits, two: Traits, *, single: bool) -> float | None:
    if not may_pair(one.kind, two.kind) or (not single and one.kind != two.kind):
        return None
    if one.hole or two.hole:
        return _HOLE if single else None
    return evidence(one, two) - (0.0 if single else _UNUSUAL)
