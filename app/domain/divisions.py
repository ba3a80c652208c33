"""Paragraphs that one side split or joined while the other changed them: a change of the whole, and not of its parts.

Segment by segment a merge would have the words of a split paragraph twice, and those of a joined one nowhere.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from app.domain.segments import DIVISIBLE, Key, Segment, is_hole

_MOST = 8  # neighbours on either side that one paragraph is thought to be split into, or joined from


def undivided(base: Sequence[Segment], ours: Sequence[Segment], theirs: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return *theirs* with what it split in one, and what it joined beside it as it was, where ours changed the words.

    All have keys. Only what was split or joined word for word is known for it.
    """
    old, our, their = ({one.key: one for one in side} for side in (base, ours, theirs))
    new = their.keys() - old.keys() - our.keys()
    gone = {one for one in old.keys() - their.keys() if our.get(one) == old[one]}
    result = list(theirs)
    for segment in theirs:
        key = segment.key
        if segment.kind != DIVISIBLE or key not in old or key not in our or our[key].text == old[key].text:
            continue
        if parts := _parts(result, old[key], new):
            _put(result, parts, [replace(segment, text="\n\n".join(part.text for part in parts))])
        elif parts := _parts(base, segment, gone):
            _put(result, [segment], [segment if part.key == key else part for part in parts])
            gone -= {part.key for part in parts}
    return tuple(result)


def _parts(text: Sequence[Segment], whole: Segment, free: Container[Key]) -> Sequence[Segment]:
    """Return neighbours in a text, one with the key of the whole and the others free, that make it word for word."""
    place = next(number for number, one in enumerate(text) if one.key == whole.key)
    before = _while_free(reversed(text[:place]), free)
    after = _while_free(text[place + 1 :], free)
    for first in range(place - len(before), place + 1):
        for last in range(place, place + len(after) + 1):
            parts = text[first : last + 1]
            if len(parts) > 1 and " ".join(map(_plain, parts)) == _plain(whole):
                return parts
    return ()


def _while_free(segments: Iterable[Segment], free: Container[Key]) -> list[Segment]:
    """Return the first few segments, as far as they are free paragraphs that say something."""
    few = takewhile(lambda one: one.key in free and one.kind == DIVISIBLE and not is_hole(one), segments)
    return list(islice(few, _MOST))


def _put(text: list[Segment], old: Sequence[Segment], new: Sequence[Segment]) -> None:
    place = next(number for number, one in enumerate(text) if one.key == old[0].key)
    text[place : place + len(old)] = new


def _plain(segment: Segment) -> str:
    return " ".join(segment.text.split())
