"""Which column of a table has the source and which the translation, whatever their places: somebody may move them."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.errors import Problem
from app.domain.likeness import Traits, evidence, plainly
from app.domain.nearest import nearest
from app.domain.said import saying
from app.domain.segments import Key, Segment
from app.formats.bitext import Came, Returned

_NEAR: Final = 0.75
"""How alike words are to a source that somebody mended."""

MOST_COLUMNS: Final = 20
"""Of a table: nobody lays out more beside source and translation, and no row with more is read."""

_JUDGED: Final = 2_000
"""Cells of a document that tell what its columns are, of all its tables together."""

MOST_TOLD: Final = 60
"""Letters of what is not read that are told, so that it is found again."""


def told_apart(returned: Returned, sources: Collection[str], *, path: str) -> Returned:
    """Return a file whose units have the source and the words of the right columns; its other columns are told.

    The source stands in the column of which the most cells are a source of the text (`sources`), or nearly one, or
    have our mark: the first one where none is ahead. The translation stands beside it: on the right, unless there is
    nothing, or what stands on the left reads more like its translation (`likeness.evidence`). Rows with as many cells
    are of one table; none has more than `MOST_COLUMNS`.
    """
    rows = [one for one in returned.units if len(one.cells) > 1]
    tables = _tables(rows)
    ours = _said_by(sources, (cell for some in tables.values() for row in some for cell in row.cells))
    layouts = {width: _columns(some, ours, width) for width, some in tables.items()}
    units, problems = list[Came](), list(returned.problems)
    for one in returned.units:
        if len(one.cells) > 1:
            source, words = layouts[len(one.cells)]
            unread = (cell for place, cell in enumerate(one.cells) if place not in {source, words} and cell)
            problems += (not_read(path, one.line, cell) for cell in unread)
            forms = ((one.cells[words],),) if one.cells[words] else ((),)
            units.append(replace(one, source=one.cells[source], forms=forms))
        else:
            units.append(one)
    return replace(returned, units=tuple(units), problems=tuple(problems))


def not_read(path: str, line: int, words: str) -> Problem:
    """Return what is said of words beside the two columns."""
    reason = saying("what stands beside the two columns is not read: %(words)s", words=words[:MOST_TOLD])
    return Problem(path=path, line=line, reason=reason)


def _tables(rows: Iterable[Came]) -> Mapping[int, Sequence[Came]]:
    """Return of each table the rows that are looked at, by their number of cells; few where there are many tables."""
    tables = dict[int, list[Came]]()
    for one in rows:
        tables.setdefault(len(one.cells), []).append(one)
    most = max(_JUDGED // max(sum(tables), 1), 1)
    return {width: some[:most] for width, some in tables.items()}


def _said_by(sources: Collection[str], cells: Iterable[str]) -> Container[str]:
    """Return which of these cells are a source, or nearly one. Each text is judged once, however often it stands."""
    known = {plainly(one) for one in sources if one.strip()}
    cells = [one for one in dict.fromkeys(cells) if one]
    other = [one for one in cells if plainly(one) not in known]
    near = nearest(other, list(sources), least=_NEAR) if other and sources else ()
    return set(cells) - set(other) | {other[one.one] for one in near}


def _columns(rows: Sequence[Came], ours: Container[str], width: int) -> tuple[int, int]:
    """Return the places of source and translation; `ours` are cells that are a source."""
    votes = [
        sum(row.cells[column] in ours or bool(row.name and row.cells[column] == row.source) for row in rows)
        for column in range(width)
    ]
    source = max(range(width), key=lambda column: votes[column])
    beside = [column for column in (source + 1, source - 1) if 0 <= column < width]
    return source, max(beside, key=lambda column: _speaks_for(rows, source, column))


def _speaks_for(rows: Iterable[Came], source: int, column: int) -> float:
    return sum(_evidence(row.cells[source], row.cells[column]) for row in rows if row.cells[column])


def _evidence(source: str, words: str) -> float:
    return evidence(*(Traits.of(Segment(key=Key(""), kind="", text=one)) for one in (source, words)))
