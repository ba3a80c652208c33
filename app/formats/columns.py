"""Which column of a table has the source and which the translation, whatever their places: somebody may move them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from app.domain.errors import Problem
from app.domain.likeness import Traits, evidence, plainly
from app.domain.nearest import nearest
from app.domain.said import saying
from app.domain.segments import Key, Segment
from app.formats.bitext import Came, Returned

_NEAR: Final = 0.75
"""How alike words are to a source that somebody mended."""

_ROWS: Final = 500
"""Rows of a table that tell what its columns are."""

_TOLD: Final = 60
"""Letters of what is not read that are told, so that it is found again."""


def told_apart(returned: Returned, sources: Collection[str], *, path: str) -> Returned:
    """Return a file whose units have the source and the words of the right columns; its other columns are told.

    The source stands in the column of which the most cells are a source of the text (`sources`), or nearly one, or
    have our mark: the first one where none is ahead. The translation stands beside it: on the right, unless there is
    nothing, or what stands on the left reads more like its translation (`likeness.evidence`). Rows with as many cells
    are of one table.
    """
    rows = [one for one in returned.units if len(one.cells) > 1]
    layouts = {
        width: _columns([one for one in rows if len(one.cells) == width], sources, width)
        for width in {len(one.cells) for one in rows}
    }  # fmt: skip
    units, problems = list[Came](), list(returned.problems)
    for one in returned.units:
        if len(one.cells) > 1:
            source, words = layouts[len(one.cells)]
            unread = (cell for place, cell in enumerate(one.cells) if place not in {source, words} and cell)
            problems += (not_read(path, one.line, cell) for cell in unread)
            forms = ((one.cells[words],),) if one.cells[words] else ((),)
            one = replace(one, source=one.cells[source], forms=forms)  # noqa: PLW2901
        units.append(one)
    return replace(returned, units=tuple(units), problems=tuple(problems))


def not_read(path: str, line: int, words: str) -> Problem:
    """Return what is said of words beside the two columns."""
    reason = saying("what stands beside the two columns is not read: %(words)s", words=words[:_TOLD])
    return Problem(path=path, line=line, reason=reason)


def _columns(rows: Sequence[Came], sources: Collection[str], width: int) -> tuple[int, int]:
    """Return the places of source and translation."""
    rows = list(islice(rows, _ROWS))
    known = {plainly(one) for one in sources if one.strip()}
    votes = Counter[int]()
    for column in range(width):
        own = [row.cells[column] for row in rows]
        other = [cell for cell in own if cell and plainly(cell) not in known]
        votes[column] = sum(
            plainly(cell) in known or (bool(row.name) and cell == row.source)
            for row, cell in zip(rows, own, strict=True)
        )
        votes[column] += len(nearest(other, list(sources), least=_NEAR)) if other and sources else 0
    source = max(range(width), key=lambda column: votes[column])
    beside = [column for column in (source + 1, source - 1) if 0 <= column < width]
    return source, max(beside, key=lambda column: _speaks_for(rows, source, column))


def _speaks_for(rows: Iterable[Came], source: int, column: int) -> float:
    return sum(_evidence(row.cells[source], row.cells[column]) for row in rows if row.cells[column])


def _evidence(source: str, words: str) -> float:
    return evidence(*(Traits.of(Segment(key=Key(""), kind="", text=one)) for one in (source, words)))
