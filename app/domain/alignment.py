"""Keys are carried once, at save (design, *Segments keep their identity*)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from app.domain.beads import MOST, common, gaps, walk
from app.domain.likeness import alike
from app.domain.segments import FIXED_KINDS, Key, Segment, digest_of, is_hole, may_pair

_NEAR = 0.34
"""From here on two texts of a language are the same segment, edited; between sure neighbours."""

_MOVED = 0.5
"""The same for a block that was edited and moved as well, where no neighbour speaks for it."""

_UNDECIDED = 0.001
"""A pair that beats any other by no more than this is as good as another."""


def carry(old: Sequence[Segment], new: Sequence[Segment], *, parent: str) -> tuple[Segment, ...]:
    """Return `new` with a key for each segment: its old one wherever it is the same segment.

    `old` has keys, of `new` the fixed segments do and blocks have the empty one. Equal text goes first, moved or not;
    then near text of the same kind, in order; then near text that was moved. Of a block that was split, or of two that
    were joined, the nearest part keeps the key. A block and the hole that takes its place between the same neighbours
    are one segment. Everything else is born: its key is the digest of its birth (docs/decisions/0002-keys-of-blocks.md)
    with `parent`, the digest of the parent revision's text, empty for a first revision.
    """
    known = {segment.key for segment in new if segment.key}
    blocks = [segment for segment in old if segment.kind not in FIXED_KINDS and segment.key not in known]
    places = [place for place, segment in enumerate(new) if not segment.key]
    keyed = list(new)
    for column, row in _pairs(blocks, [new[place] for place in places]).items():
        keyed[places[column]] = replace(new[places[column]], key=blocks[row].key)
    return tuple(born(keyed, parent))


def keyed_as(made: Sequence[Segment], new: Sequence[Segment], *, parent: str) -> tuple[Segment, ...]:
    """Return a text that was put together from segments `made` under their keys.

    Where more than one block was typed into one place the first has its key. What did not become what was put in (a
    mark that was typed made more of it than one block) is known again as by `carry`.
    """
    keys: dict[int, Key] = {}
    places = [place for place, one in enumerate(new) if not one.key]
    for block in (one for one in made if one.kind not in FIXED_KINDS):
        if not (parts := _parts(block, [new[place] for place in places])):
            return carry(made, new, parent=parent)
        keys[places[0]] = block.key
        del places[:parts]
    if places:
        return carry(made, new, parent=parent)
    return tuple(born([replace(one, key=keys.get(place, one.key)) for place, one in enumerate(new)], parent))


def _parts(block: Segment, new: Sequence[Segment]) -> int:
    """Return how many blocks of a text one became that was put into it; none if it did not become the first ones."""
    if new and is_hole(block):
        return int(is_hole(new[0]))
    left, count = block.text.strip(), 0
    while left and count < len(new) and left.startswith(text := new[count].text.strip()) and text:
        left, count = left.removeprefix(text).strip(), count + 1
    return 0 if left else count


def born(segments: Sequence[Segment], parent: str) -> list[Segment]:
    """Return the segments in order, each that has no key under a new one (docs/decisions/0002-keys-of-blocks.md)."""
    taken = {segment.key for segment in segments}
    seen = Counter[str]()
    result: list[Segment] = []
    for segment in segments:
        key, count = segment.key, seen[segment.text]
        while not segment.key and (not key or key in taken):
            key = Key(segment.kind[0] + digest_of(parent, segment.text, str(count))[:8])
            count += 1
        taken.add(key)
        seen[segment.text] += 1
        result.append(replace(segment, key=key))
    return result


_Pairs = dict[int, int]
"""Which old block each new block is, by place: new to old."""


def _pairs(old: Sequence[Segment], new: Sequence[Segment]) -> _Pairs:
    """Return which old block each new block is."""
    in_order = _equal(old, new)
    moved = _equal_moved(old, new, in_order)
    for pair in (_near, _by_place):
        taken = {*in_order.values(), *moved.values()}
        for rows, columns in list(gaps(in_order, len(old), len(new))):
            left = [row for row in rows if row not in taken]
            in_order |= pair(old, new, left, [column for column in columns if column not in moved])
    pairs = in_order | moved
    return pairs | _near_moved(old, new, pairs)


def _same_text(blocks: Iterable[Segment]) -> list[tuple[str, str]]:
    return [(block.kind, digest_of(block.text)) for block in blocks]


def _equal(old: Sequence[Segment], new: Sequence[Segment]) -> _Pairs:
    """Pair the longest common run of equal blocks, in order. Holes are all equal, and so tell nothing."""
    pairs = common(_same_text(old), _same_text(new))
    return {column: row for column, row in pairs.items() if not is_hole(old[row])}


def _equal_moved(old: Sequence[Segment], new: Sequence[Segment], pairs: _Pairs) -> _Pairs:
    """Pair what is equal, and in another place."""
    taken = set(pairs.values())
    left: dict[tuple[str, str], list[int]] = {}
    for row, text in enumerate(_same_text(old)):
        if row not in taken and not is_hole(old[row]):
            left.setdefault(text, []).append(row)
    return {
        column: left[text].pop(0)
        for column, text in enumerate(_same_text(new))
        if column not in pairs and left.get(text)
    }


def _near(old: Sequence[Segment], new: Sequence[Segment], rows: Sequence[int], columns: Sequence[int]) -> _Pairs:
    """Pair what is near, in order."""

    def score(sources: range, targets: range) -> float | None:
        return _likeness(old[rows[sources[0]]], new[columns[targets[0]]])

    beads = walk(len(rows), len(columns), score)
    return {columns[bead.targets[0]]: rows[bead.sources[0]] for bead in beads if bead.margin > _UNDECIDED}


def _likeness(old: Segment, new: Segment) -> float | None:
    """Return how well a new block continues an old one. A hole fits anything, but less than any text does."""
    if not may_pair(old.kind, new.kind):
        return None
    if is_hole(old) or is_hole(new):
        return 0.02 if is_hole(old) and is_hole(new) else 0.01
    likeness = alike(old.text, new.text)
    return likeness if likeness >= _NEAR else None


def _by_place(old: Sequence[Segment], new: Sequence[Segment], rows: Sequence[int], columns: Sequence[int]) -> _Pairs:
    """Pair holes with what stood in their place, if as much is left on either side."""
    if len(rows) != len(columns):
        return {}
    return {
        column: row
        for column, row in zip(columns, rows, strict=True)
        if (is_hole(old[row]) or is_hole(new[column])) and may_pair(old[row].kind, new[column].kind)
    }


def _near_moved(old: Sequence[Segment], new: Sequence[Segment], pairs: _Pairs) -> _Pairs:
    """Pair what is near, and in another place, the most alike first."""
    taken = set(pairs.values())
    rows = [row for row, block in enumerate(old) if row not in taken and not is_hole(block)]
    columns = [column for column, block in enumerate(new) if column not in pairs and not is_hole(block)]
    if len(rows) * len(columns) > MOST:
        return {}
    found: list[tuple[float, int, int]] = []
    for row, column in product(rows, columns):
        likeness = _likeness(old[row], new[column])
        if likeness is not None and likeness >= _MOVED:
            found.append((-likeness, row, column))
    moved: _Pairs = {}
    for _, row, column in sorted(found):
        if row not in taken and column not in moved:
            moved[column] = row
            taken.add(row)
    return moved
