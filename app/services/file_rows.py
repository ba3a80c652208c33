"""The rows of a sheet that a file has, what each of them says there, and which of them each unit of a file is."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.domain.likeness import plainly
from app.domain.placing import Asked, Given, placed
from app.domain.segments import FIXED_KINDS, Key
from app.domain.side_by_side import FORMS, MARK, Row
from app.formats.bitext import Came, name_of
from app.services.checks import originals
from app.services.sheets import Sheet

_NO_WORDS: Final = frozenset({"slug", "rule"})
"""What nobody translates in a file: an address is made of the title at the desk."""


def written_rows(sheet: Sheet) -> list[Row]:
    """Return the rows that a file has."""
    return [row for row in sheet.rows if row.kind not in _NO_WORDS and (row.sources or row.kind == "message")]


def forms_of(sheet: Sheet, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a row renders and what it says, for each form of the plural; without the mark that both begin with.

    What is written without a list's or a heading's mark gets that of its source when it is typed (`side_by_side`).
    """
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    if entry is None or entry.plural is None:
        (source,) = originals(sheet, row)
        mark = MARK.match(source) if row.kind not in FIXED_KINDS else None
        own = MARK.match(row.text)
        if mark and (not row.text or (own and own[0] == mark[0])):
            return (source[mark.end() :],), (row.text[own.end() :] if own else "",)
        return (source,), (row.text,)
    said = row.text.split(FORMS) if row.text else []
    forms = (said + [""] * sheet.plurals.count)[: max(sheet.plurals.count, len(said))]
    one = sheet.plurals.form(1) if sheet.plurals.count > 1 else None
    return tuple(entry.msgid if form == one else entry.plural for form in range(len(forms))), tuple(forms)


def sources_of(sheet: Sheet) -> tuple[str, ...]:
    """Return what the rows that a file has translate."""
    return tuple(forms_of(sheet, row)[0][0] for row in written_rows(sheet))


def found(sheet: Sheet, units: Sequence[Came]) -> tuple[list[Row | None], frozenset[Key]]:
    """Return the row that each unit is of, and the keys of those that were found by their place alone.

    By its name; else by its source, of equal ones in their order; else, between two that were found, by its place: if
    there are as many rows as units, or in a Word file by structure (`placing`).
    """
    named = {name_of(row.key): row for row in sheet.rows}
    rows = [named.get(came.name) for came in units]
    taken = {row.key for row in rows if row is not None}
    meant: dict[tuple[str | None, str], deque[Row]] = {}
    for row in written_rows(sheet):
        if row.key in taken:
            continue
        meant.setdefault((_context(sheet, row), plainly(forms_of(sheet, row)[0][0])), deque()).append(row)
    for at, came in enumerate(units):
        if rows[at] is None and came.source.strip() and (same := meant.get((came.context, plainly(came.source)))):
            rows[at] = same.popleft()
    return _by_place(sheet, units, rows)


def _by_place(sheet: Sheet, units: Sequence[Came], found: list[Row | None]) -> tuple[list[Row | None], frozenset[Key]]:
    rows, taken = written_rows(sheet), {row.key for row in found if row is not None}
    places = {row.key: place for place, row in enumerate(rows)}
    known = [(-1, -1), *((at, places[row.key]) for at, row in enumerate(found) if row and row.key in places)]
    guessed = set[Key]()
    for (at, place), (later, behind) in pairwise([*known, (len(found), len(rows))]):
        free = [row for row in rows[place + 1 : behind] if row.key not in taken]
        for number, row in _beside(sheet, free, units[at + 1 : later]):
            found[at + 1 + number] = row
            guessed.add(row.key)
        taken |= guessed
    return found, frozenset(guessed)


def _beside(sheet: Sheet, rows: Sequence[Row], units: Sequence[Came]) -> Iterator[tuple[int, Row]]:
    """Yield which row stands beside which of these units, by the units' places."""
    if all(came.kind is None for came in units):
        yield from enumerate(rows) if len(rows) == len(units) else ()
        return
    forms = [forms_of(sheet, row) for row in rows]
    asked = [
        Asked(kind=row.kind, source=sources[0], stands=stood[0])
        for row, (sources, stood) in zip(rows, forms, strict=True)
    ]
    given = [
        Given(
            words="".join(one for words in came.forms for one in words if isinstance(one, str)), source=came.source,
            kind=came.kind or "",
        )
        for came in units
    ]  # fmt: skip
    for column, place in placed(asked, given).items():
        yield column, rows[place]


def _context(sheet: Sheet, row: Row) -> str | None:
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    return entry.context if entry is not None else None
