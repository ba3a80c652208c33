"""The segment map of a merged text: whose words a segment has, and what it was made from (design, ideas 2 and 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.segments import BasedOn, Key, Rendering, Segment, SegmentMap, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the texts that were merged: its segments, with keys, and its map."""

    segments: Sequence[Segment]
    map: SegmentMap

    def words(self) -> dict[Key, tuple[object, ...]]:
        """Return what a segment says, in a form to compare."""
        return {one.key: _words(one) for one in self.segments}

    def rows(self) -> dict[Key, Rendering]:
        """Return the map's rows by key."""
        return {row.key: row for row in self.map.rows}


def merged_map(base: SegmentMap, ours: Side, theirs: Side, merged: Iterable[Segment]) -> SegmentMap:
    """Return the map of what `merge` made of two texts that began from one with the map `base`.

    A segment has the row of the side whose words it has. Where both say the same, whoever changed the row since counts,
    and ours if both did: so that somebody's "still right" outlives a change elsewhere. The whole names what theirs was
    made from anew only if every segment was made from that; else one would be taken for newer than it is.
    """
    old = {row.key: row for row in base.rows}
    our_words, their_words, our_rows, their_rows = ours.words(), theirs.words(), ours.rows(), theirs.rows()

    def row(segment: Segment) -> Rendering:
        key, words = segment.key, _words(segment)
        if key not in our_rows or (key in their_rows and our_words[key] != words == their_words[key]):
            return their_rows[key]
        is_theirs = key in their_rows and their_words[key] == words and our_rows[key] == old.get(key)
        return their_rows[key] if is_theirs else our_rows[key]

    rows = tuple(row(segment) for segment in merged)
    rebased = all(one.key in their_rows and _made_alike(one, their_rows[one.key]) for one in rows if one.sources)
    based_on = _based_on(base.based_on, ours.map.based_on, theirs.map.based_on, rebased=rebased)
    return SegmentMap(rows=rows, based_on=based_on)


def _words(segment: Segment) -> tuple[object, ...]:
    return segment.kind, segment.state, digest_of(segment.text)


def _made_alike(one: Rendering, other: Rendering) -> bool:
    return (one.sources, one.source_digest) == (other.sources, other.source_digest)


def _based_on(base: BasedOn | None, ours: BasedOn | None, theirs: BasedOn | None, *, rebased: bool) -> BasedOn | None:
    if ours is None:
        return theirs
    return theirs if theirs is not None and ours == base and rebased else ours
