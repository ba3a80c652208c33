"""The best way to walk through two sequences in order, and how sure each step of it is.

A *bead* is the trade's word for what belongs together in two texts: one segment and one, one and two, two and one
(Gale and Church 1993, *A program for aligning sentences in bilingual corpora*, names them so). The walk is the usual
dynamic programming; what is ours is the margin: by how much the best walk beats the best one that does something else
with the bead's targets. So a guess can be told from a certainty, whatever made the score.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

Score = Callable[[range, range], float | None]
"""How well these sources go with these targets: None if they never do, otherwise the higher the better."""

MOST = 40_000
"""Sources times targets that are walked through; a gap that is larger has hardly any text in common."""

_IMPOSSIBLE = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bead:
    """Places in the two sequences that belong together. `margin` is at least 0."""

    sources: range
    targets: range
    margin: float


def walk(
    sources: int, targets: int, score: Score, *, shapes: Sequence[tuple[int, int]] = ((1, 1),), skip: float = 0.0
) -> list[Bead]:
    """Return the beads of the best walk through so many sources and targets, in order.

    `shapes` are the numbers of sources and targets that a bead may have; `skip` is what each place that is left alone
    adds to the sum. Of walks that are equally good the one with the earliest beads is taken. Takes time and memory in
    proportion to `sources` times `targets`, and returns nothing where that is more than `MOST`.
    """
    if sources * targets > MOST:
        return []
    steps = _steps(sources, targets, score, shapes, skip)
    ahead = _ahead(steps, sources, targets)
    behind = _behind(steps, sources, targets)
    return _beads(steps, behind, ahead)


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    """Return a longest common subsequence: for each of its places in `other`, the place in `one`, in order."""
    return {
        code.dest_start + step: code.src_start + step
        for code in LCSseq.opcodes(one, other)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def gaps(pairs: Mapping[int, int], rows: int, columns: int) -> Iterator[tuple[range, range]]:
    """Return the rows and columns between pairs that are in order (column to row), both ends included."""
    row = column = 0
    for right, down in (*sorted(pairs.items()), (columns, rows)):
        yield range(row, down), range(column, right)
        row, column = down + 1, right + 1


class _Step(NamedTuple):
    row: int
    column: int
    down: int
    right: int
    gain: float


_Table = list[list[float]]


def _steps(
    sources: int, targets: int, score: Score, shapes: Sequence[tuple[int, int]], skip: float
) -> list[list[list[_Step]]]:
    """Return, for each row and column, the steps that lead away from there, beads before skips."""
    steps: list[list[list[_Step]]] = [[[] for _ in range(targets + 1)] for _ in range(sources + 1)]
    for row in range(sources + 1):
        for column in range(targets + 1):
            here = steps[row][column]
            for down, right in shapes:
                if row + down <= sources and column + right <= targets:
                    gain = score(range(row, row + down), range(column, column + right))
                    if gain is not None:
                        here.append(_Step(row, column, down, right, gain))
            if column < targets:
                here.append(_Step(row, column, 0, 1, skip))
            if row < sources:
                here.append(_Step(row, column, 1, 0, skip))
    return steps


def _ahead(steps: list[list[list[_Step]]], sources: int, targets: int) -> _Table:
    """Return the best sum from each place to the end."""
    best = [[0.0] * (targets + 1) for _ in range(sources + 1)]
    for row in range(sources, -1, -1):
        for column in range(targets, -1, -1):
            here = steps[row][column]
            if here:
                best[row][column] = max(step.gain + best[row + step.down][column + step.right] for step in here)
    return best


def _behind(steps: list[list[list[_Step]]], sources: int, targets: int) -> _Table:
    """Return the best sum from the beginning to each place."""
    best = [[_IMPOSSIBLE] * (targets + 1) for _ in range(sources + 1)]
    best[0][0] = 0.0
    for row in range(sources + 1):
        for column in range(targets + 1):
            for step in steps[row][column]:
                there = best[row + step.down]
                there[column + step.right] = max(there[column + step.right], best[row][column] + step.gain)
    return best


def _beads(steps: list[list[list[_Step]]], behind: _Table, ahead: _Table) -> list[Bead]:
    """Follow the best walk; hold each of its beads against every other step over the same targets."""
    total = ahead[0][0]
    through: dict[int, list[tuple[float, _Step]]] = {}
    for step in (step for line in steps for here in line for step in here):
        value = behind[step.row][step.column] + step.gain + ahead[step.row + step.down][step.column + step.right]
        for column in range(step.column, step.column + step.right):
            through.setdefault(column, []).append((value, step))
    beads: list[Bead] = []
    row = column = 0
    while steps[row][column]:
        step = max(steps[row][column], key=lambda one: one.gain + ahead[one.row + one.down][one.column + one.right])
        if step.down and step.right:
            targets = range(column, column + step.right)
            rival = max(value for place in targets for value, other in through[place] if other is not step)
            beads.append(Bead(sources=range(row, row + step.down), targets=targets, margin=max(0.0, total - rival)))
        row, column = row + step.down, column + step.right
    return beads
