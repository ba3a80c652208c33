"""Three-way merge of texts, segment by segment (idea 2 of the design). Nothing that somebody typed is lost."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.divisions import undivided
from app.domain.segments import FIXED_KINDS, Key, Segment, digest_of, is_hole


class Reason(StrEnum):
    """Why a text stands beside the merged text instead of in it."""

    CHANGED = "both sides changed the segment"
    DELETED = "the segment was deleted meanwhile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text of *theirs* that had no place: a suggestion to be.

    `base_digest` is `digest_of` the segment's text that it was made from, None where both sides added the segment.
    """

    key: Key
    base_digest: str | None
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged text, and what could not be merged, in the order of *theirs*."""

    segments: tuple[Segment, ...]
    suggestions: tuple[Proposal, ...] = ()


def merge(base: Sequence[Segment], ours: Sequence[Segment], theirs: Sequence[Segment]) -> Merged:
    """Return *ours* with the changes that lead from *base* to *theirs*.

    All three have keys, each key once. Where both changed a segment, ours stays and theirs becomes a proposal; a hole
    (nothing written) gives way to a text. White space at the end of a line is no change. Of two blocks that were
    inserted at one place ours comes first, and equal ones are kept once. A paragraph that ours changed is not split or
    joined by theirs: that is a proposal too. Theirs' order is taken for the segments that ours left in their order.
    With *ours* equal to *base* the result is *theirs*, and the other way round.
    """
    old, our, their = _by_key(base), _by_key(ours), _by_key(undivided(base, ours, theirs))
    kept: dict[Key, Segment] = {}
    suggestions: list[Proposal] = []
    for key in dict.fromkeys((*our, *their)):
        segment, proposal = _decide(key, old.get(key), our.get(key), their.get(key))
        if segment is not None:
            kept[key] = segment
        if proposal is not None:
            suggestions.append(proposal)
    place = {key: number for number, key in enumerate(their)}
    suggestions.sort(key=lambda proposal: place[proposal.key])
    return Merged(segments=_arrange(kept, old, our, their), suggestions=tuple(suggestions))


def as_continued(
    base: Sequence[Segment], ours: Sequence[Segment], theirs: Sequence[Segment], sent: Sequence[Segment]
) -> Sequence[Segment]:
    """Return what both sides began from, as if what somebody sent before had stood there where *theirs* says it anew.

    `sent` was made from *base*, as *theirs* was. If *theirs* still says half of what that said, it is the same file,
    worked on: what *ours* took from it gives way to what the file says by now. Else it is somebody else's, as when one
    person sends the files of two, and nothing gives way. What *theirs* has as it was in *base* takes nothing back.
    """
    old, our, their = ({one.key: one for one in some} for some in (base, ours, theirs))
    said = {one.key: one for one in sent if not _same(one, old.get(one.key))}
    still = sum(_same(their.get(key), one) for key, one in said.items())
    if 2 * still < len(said):
        return base
    anew = {
        key for key, one in said.items()
        if _same(our.get(key), one) and key in old and not _same(their.get(key), old[key])
    }  # fmt: skip
    return [our[one.key] if one.key in anew else one for one in base]


def proposals(base: Sequence[Segment], ours: Sequence[Segment], theirs: Sequence[Segment]) -> tuple[Proposal, ...]:
    """Return what *theirs* says otherwise than *base*, and than *ours*, each as a proposal; *ours* stays as it is.

    What theirs left out is none, nor is a hole, nor a change of order. A block that was written anew, so that it is no
    more the same, is proposed for the one in whose place it stands.
    """
    old, our, instead = _by_key(base), _by_key(ours), _instead(base, theirs)
    changed = (segment for segment in theirs if not _same(segment, old.get(segment.key)))
    keyed = ((instead.get(segment.key, segment.key), segment) for segment in changed)
    found = (_proposal(key, old.get(key), our.get(key), segment) for key, segment in keyed)
    return tuple(proposal for proposal in found if proposal is not None)


def in_place_of(key: Key, base: Sequence[Segment], ours: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return what stands in *ours* where a segment of *base* is gone; nothing if it is not, or the place is empty.

    It is the one that was written anew in its place, or where nobody can tell which one is, all that are new there.
    """
    both, instead = _by_key(base).keys() & _by_key(ours).keys(), _instead(base, ours)
    for before, gone in _behind(base, both).items():
        for kind in (one.kind for one in gone if one.key == key):
            run = [
                one
                for one in _behind(ours, both).get(before, ())
                if kind == one.kind or FIXED_KINDS.isdisjoint((kind, one.kind))
            ]
            return tuple([one for one in run if instead.get(one.key) == key] or run)
    return ()


def _instead(base: Sequence[Segment], theirs: Sequence[Segment]) -> Mapping[Key, Key]:
    """Return which gone segment each new one stands in place of: behind the same one, as many, of the same kinds."""
    both = _by_key(base).keys() & _by_key(theirs).keys()
    gone, new = _behind(base, both), _behind(theirs, both)
    return {
        one.key: other.key
        for before, run in new.items()
        if [one.kind for one in run] == [one.kind for one in gone.get(before, ())]
        for one, other in zip(run, gone[before], strict=True)
    }


def _behind(segments: Iterable[Segment], both: Container[Key]) -> Mapping[Key | None, list[Segment]]:
    """Return the segments that are not in both, by the last one before them that is."""
    runs: dict[Key | None, list[Segment]] = {}
    before: Key | None = None
    for segment in segments:
        if segment.key in both:
            before = segment.key
        else:
            runs.setdefault(before, []).append(segment)
    return runs


def _by_key(segments: Iterable[Segment]) -> dict[Key, Segment]:
    return {segment.key: segment for segment in segments}


def _words(segment: Segment) -> str:
    return "\n".join(line.rstrip() for line in segment.text.rstrip().splitlines())


def _same(one: Segment | None, other: Segment | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.kind, one.state, _words(one)) == (other.kind, other.state, _words(other))


def _decide(
    key: Key, base: Segment | None, ours: Segment | None, theirs: Segment | None
) -> tuple[Segment | None, Proposal | None]:
    """Return what stays of one segment, and what is proposed beside it."""
    if ours == base:
        return theirs, None
    if _same(theirs, base) or _same(ours, theirs):
        return ours, None
    if _same(ours, base) or (ours is not None and theirs is not None and is_hole(ours)):
        return theirs, None
    return ours, _proposal(key, base, ours, theirs)


def _proposal(key: Key, base: Segment | None, ours: Segment | None, theirs: Segment | None) -> Proposal | None:
    if theirs is None or is_hole(theirs):
        return None
    if _words(theirs) in {_words(segment) for segment in (base, ours) if segment and not is_hole(segment)}:
        return None  # only its state differs: no word of theirs is missing
    return Proposal(
        key=key,
        base_digest=None if base is None else digest_of(base.text),
        text=theirs.text,
        reason=Reason.DELETED if ours is None else Reason.CHANGED,
    )


def _arrange(
    kept: Mapping[Key, Segment], base: Mapping[Key, Segment], ours: Mapping[Key, Segment], theirs: Mapping[Key, Segment]
) -> tuple[Segment, ...]:
    """Put what is kept in order: ours, without what theirs alone moved; that and what theirs alone has is filled in."""
    taken = _moved(base, theirs) & _in_order(base, ours)
    spine = {key for key in ours if key in kept and key not in taken}
    after: dict[Key | None, list[Segment]] = {}
    anchor: Key | None = None
    for key in theirs:
        if key in spine:
            anchor = key
        elif key in kept:
            after.setdefault(anchor, []).append(kept[key])
    result: list[Segment] = []
    waiting, inserted = after.get(None, []), list[Segment]()
    for key in ours:
        if key not in spine:
            continue
        if key in base or key in theirs:
            result += _without(inserted, waiting)
            waiting, inserted = after.get(key, []), []
        else:
            inserted.append(kept[key])
        result.append(kept[key])
    return (*result, *_without(inserted, waiting))


def _without(inserted: Iterable[Segment], waiting: Iterable[Segment]) -> list[Segment]:
    """Return the waiting segments but for the blocks that ours inserted at the same place just so."""
    known = [(one.kind, _words(one), is_hole(one)) for one in inserted if one.kind not in FIXED_KINDS]
    left: list[Segment] = []
    for segment in waiting:
        if (same := (segment.kind, _words(segment), is_hole(segment))) in known:
            known.remove(same)
        else:
            left.append(segment)
    return left


def _places(base: Mapping[Key, Segment], other: Mapping[Key, Segment]) -> list[tuple[int, Key]]:
    """Return, in the order of `other`, the place in `base` of each segment that both have."""
    place = {key: number for number, key in enumerate(base)}
    return [(place[key], key) for key in other if key in place]


def _moved(base: Mapping[Key, Segment], other: Mapping[Key, Segment]) -> set[Key]:
    """Return the fewest segments whose moving makes the order of `base` that of `other`."""
    places = _places(base, other)
    ends: list[int] = []  # ends[n]: the lowest place in which an increasing run of n + 1 places can end
    lengths: list[int] = []
    for number, _ in places:
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        lengths.append(length)
    moved, wanted = set[Key](), len(ends) - 1
    for (_, key), length in zip(reversed(places), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            moved.add(key)
    return moved


def _in_order(base: Mapping[Key, Segment], other: Mapping[Key, Segment]) -> set[Key]:
    """Return the segments that stand in `other` after and before the same segments as in `base`."""
    places = _places(base, other)
    still, highest = set[Key](), -1
    for number, key in places:
        if number > highest:
            still.add(key)
            highest = number
    lowest = len(base)
    for number, key in reversed(places):
        if number > lowest:
            still.discard(key)
        lowest = min(lowest, number)
    return still
