"""Other blocks in a body, with the white space that they had.

What is equal keeps its bytes. The gap between two blocks that stood side by side stays; a new one is that of the donor,
or else plain: no blank line between the items of a tight list, one everywhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from itertools import pairwise
from typing import Final

from app.formats.blocks import ITEMS, UNTRANSLATED, Block, Body, read_body
from app.formats.lines import is_blank, lines_of, unix

COMPARISONS: Final = 1_000_000
"""Pairs of blocks that are compared to find what stayed; beyond it, place by place."""


class Air(IntEnum):
    """How much white space a layout takes so that no block runs into the next; the least that does it is taken."""

    AS_IT_STOOD = 0
    AROUND_CHANGES = 1
    BETWEEN_ALL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBlock:
    """A block that a body shall have: its kind, as far as it is known, and its text with LF."""

    kind: str
    text: str


def laid_out(old: Body, new: Sequence[NewBlock], *, donor: Body, newline: str) -> str:
    """Return a body of the `new` blocks; where they would run into each other, with blank lines more than it had."""
    wanted = [_tidy(block) for block in new]
    if [block.text for block in old.blocks] == [block.text for block in wanted]:
        return str(old)
    layout = _Layout(old, wanted, donor, newline)
    expected = [text for number in range(len(wanted)) for text in layout.texts(number)]
    bodies = [layout.body(air) for air in Air]
    return next((body for body in bodies if [block.text for block in read_body(body).blocks] == expected), bodies[0])


def _tidy(block: NewBlock) -> NewBlock:
    """Return a block without blank lines around it; an empty one is a hole."""
    lines = lines_of(unix(block.text))
    while lines and is_blank(lines[0]):
        del lines[0]
    while lines and is_blank(lines[-1]):
        del lines[-1]
    return NewBlock(kind=block.kind, text="".join(lines).rstrip("\n") or UNTRANSLATED)


def matches(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return for places in `new` the place in `old` of the equal text, or of the text that it replaces, in order."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = {place: place for place in range(head)}
    found |= {len(new) - n: len(old) - n for n in range(1, tail + 1)}
    if len(inner_old) * len(inner_new) > COMPARISONS:
        return found | {head + n: head + n for n in range(min(len(inner_old), len(inner_new)))}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new).get_opcodes():
        if tag in ("equal", "replace"):
            found |= dict(zip(range(head + j1, head + j2), range(head + i1, head + i2), strict=False))
    return found


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many texts two sequences begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class _Layout:
    def __init__(self, old: Body, new: Sequence[NewBlock], donor: Body, newline: str) -> None:
        self.old = old
        self.new = new
        self.newline = newline
        self.place = matches([block.text for block in old.blocks], [block.text for block in new])
        self.donated = {
            (left.text, right.text): unix(gap)
            for (left, right), gap in zip(pairwise(donor.blocks), donor.gaps[1:], strict=False)
        }

    def texts(self, number: int) -> list[str]:
        """Return the text at `number`, or what it falls into: somebody may have typed two paragraphs for one."""
        block, old = self.new[number], self._old(number)
        return [block.text] if old and old.text == block.text else [part.text for part in read_body(block.text).blocks]

    def body(self, air: Air) -> str:
        """Return the body with as much white space as `air` says."""
        parts = [self._first_gap()]
        for number in range(len(self.new)):
            if number:
                parts.append(self._gap(number, air))
            parts.append(self._raw(number))
        if self.new:
            parts.append(self.old.gaps[-1] if self.old.blocks else self.newline)
        return "".join(parts)

    def _first_gap(self) -> str:
        gap = self.old.gaps[0]
        return gap if self.old.blocks or gap else self.newline

    def _raw(self, number: int) -> str:
        text = self.new[number].text
        old = self._old(number)
        return old.raw if old and old.text == text else text.replace("\n", self.newline)

    def _old(self, number: int) -> Block | None:
        place = self.place.get(number)
        return None if place is None else self.old.blocks[place]

    def _gap(self, number: int, air: Air) -> str:
        """Return the white space before the block at `number`, which isn't the first."""
        left, right = self.new[number - 1], self.new[number]
        before, after = self.place.get(number - 1), self.place.get(number)
        stood = self.old.gaps[after] if before is not None and after == before + 1 else None
        are_items = left.kind == right.kind and left.kind in ITEMS
        if stood and not self._changed(number) and (are_items or air < Air.BETWEEN_ALL or len(lines_of(stood)) > 1):
            return stood
        donated = self.donated.get((left.text, right.text))
        if (donated or stood) and (air is Air.AS_IT_STOOD or (are_items and air is Air.AROUND_CHANGES)):
            return donated.replace("\n", self.newline) if donated else stood or ""
        if are_items and air < Air.BETWEEN_ALL and self._is_tight(before, after):
            return self.newline
        return stood if stood and len(lines_of(stood)) > 1 else self.newline * 2

    def _changed(self, number: int) -> bool:
        return any((old := self._old(n)) is None or old.text != self.new[n].text for n in (number - 1, number))

    def _is_tight(self, before: int | None, after: int | None) -> bool:
        """Tell whether the items beside a new one stood without a blank line; a list of one item is tight."""
        blocks, gaps = self.old.blocks, self.old.gaps
        for place in (before, None if after is None else after - 1, None if before is None else before - 1):
            if place is not None and 0 <= place < len(blocks) - 1:
                pair = blocks[place], blocks[place + 1]
                if pair[0].kind == pair[1].kind and pair[0].kind in ITEMS:
                    return unix(gaps[place + 1]) == "\n"
        return True
