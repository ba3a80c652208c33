"""A translation beside another text of its document than it was made from: what of that each of its segments renders.

The texts of a document were made one from the other: Kyrgyz from Russian, Russian from English. So what a Kyrgyz
segment renders of the English one is what that renders which it was made from; and the other way round, and by way of a
text that both were made from. Nothing is guessed: where a step is not known to be current, the whole is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.segments import Key, Rendering, Segment, SegmentMap, Tag, digest_of
from app.domain.side_by_side import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A text that others are made from as it is now: its segments, with keys, and its map."""

    segments: Sequence[Segment]
    map: SegmentMap

    def digest(self, keys: Sequence[Key]) -> str | None:
        """Return the digest of these segments, None where it lacks one."""
        texts = {one.key: one.text for one in self.segments}
        return digest_of(*(texts[key] for key in keys)) if keys and all(key in texts for key in keys) else None


def beside(segments: SegmentMap, source: Tag, texts: Mapping[Tag, Known], *, root: Tag) -> SegmentMap:
    """Return what a map would say of the text in `source` instead of that which its segments were made from.

    `texts` are those of the document by language; what names no base was made from that in `root`. A row that renders
    nothing there has no sources. What is not known to be as the newest text has it has the digest that it was made
    from, as far as that is known, or none.
    """
    made_from = segments.based_on.locale if segments.based_on is not None else root
    down, up = _chain(made_from, texts, root), _chain(source, texts, root)
    meeting = next((tag for tag in down if tag in up), None)
    if meeting is None or source not in texts:
        return replace(segments, rows=tuple(replace(row, sources=(), source_digest=None) for row in segments.rows))
    rows = segments.rows
    for tag, onto in pairwise(down[: down.index(meeting) + 1]):
        rows = tuple(_through(row, texts[tag], texts[onto]) for row in rows)
    for onto, tag in reversed(list(pairwise(up[: up.index(meeting) + 1]))):
        rows = tuple(_back(row, texts[tag], texts[onto]) for row in rows)
    return replace(segments, rows=rows)


def turned(shown: Sequence[Row], *, current: bool) -> dict[Key, Rendering]:
    """Return what a map says of a text that is beside its source in another language, as `beside` had it.

    `current` says that all of it is as that source reads now.
    """
    there = [(row.rendering, [one.text for one in row.sources]) for row in shown if row.rendering is not None]
    return {
        one.key: replace(one, source_digest=digest_of(*texts) if texts else None) if current else one
        for one, texts in there
    }


def as_before(rows: Mapping[Key, Rendering], known: SegmentMap) -> dict[Key, Rendering]:
    """Return what a map is to say of segments that were written beside another source, and not made from it."""
    before = {row.key: row for row in known.rows}
    made_from = {key: before.get(key, Rendering(key=key)) for key in rows}
    return {
        key: replace(row, sources=made_from[key].sources, source_digest=made_from[key].source_digest)
        for key, row in rows.items()
    }


def _chain(tag: Tag, texts: Mapping[Tag, Known], root: Tag) -> list[Tag]:
    """Return a text, what it was made from, and so on; those that name each other in a circle once."""
    found: list[Tag] = []
    while tag in texts and tag not in found:
        found.append(tag)
        named = texts[tag].map.based_on
        tag = named.locale if named is not None else root
    return found


def _through(row: Rendering, made_from: Known, onto: Known) -> Rendering:
    """Return a row by what that renders which it was made from."""
    rows = [one for key in row.sources for one in made_from.map.rows if one.key == key]
    sources = tuple(dict.fromkeys(key for one in rows for key in one.sources))
    digest = None
    if row.source_digest is not None and row.source_digest == made_from.digest(row.sources):
        current = all(one.source_digest == onto.digest(one.sources) for one in rows if one.sources)
        single = rows[0].source_digest if len(rows) == 1 else None
        digest = onto.digest(sources) if current else single
    return replace(row, sources=sources, source_digest=digest)


def _back(row: Rendering, made_from: Known, onto: Known) -> Rendering:
    """Return a row by what renders the same as it does in another text."""
    rows = [one for one in onto.map.rows if not set(one.sources).isdisjoint(row.sources)]
    sources = tuple(one.key for one in rows)
    now = row.source_digest is not None and row.source_digest == made_from.digest(row.sources)
    alike = (now and one.source_digest == made_from.digest(one.sources) for one in rows)
    same = len(rows) == 1 and row.source_digest is not None and rows[0].source_digest == row.source_digest
    return replace(row, sources=sources, source_digest=onto.digest(sources) if same or all(alike) else None)
