"""What of a text is missing that a machine could translate: holes that nobody is writing in."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.pair import Pair, Span
from app.domain.machine import texts_for
from app.domain.segments import Key, is_hole
from app.domain.side_by_side import Row
from app.formats.word_spans import word_spans
from app.services.checks import pair_of
from app.services.sheets import Sheet
from app.storage.texts import DbDocument
from app.storage.working_copies import DbWorkingCopy


def missing(session: Session, shown: Sheet, *, key: Key | None) -> dict[Key, tuple[str, ...]]:
    """Return what a machine could be asked about the holes of a sheet in which nobody is writing."""
    taken = typed_in(session, shown)
    rows = (row for row in shown.rows if (key is None or row.key == key) and row.key not in taken)
    pairs = {row.key: pair(shown, row) for row in rows if _is_open(row)}
    found = {one: texts_for(asked, parts_of(asked)) for one, asked in pairs.items()}
    return {one: texts for one, texts in found.items() if texts}


def _is_open(row: Row) -> bool:
    return bool(row.sources) and (row.target is None or is_hole(row.target))


def pair(shown: Sheet, row: Row) -> Pair:
    """Return a row as checks look at it, with nothing written there; a hole is of the kind that is to be in it."""
    return replace(pair_of(shown, row, (), {}), kind=row.sources[0].kind)


def parts_of(asked: Pair) -> tuple[Span, ...]:
    """Return where the words of a block of several parts stand; nothing of what is one, or is not taken apart."""
    return word_spans(asked.kind, asked.source[0])


def typed_in(session: Session, shown: Sheet) -> set[Key]:
    """Return the segments of a sheet in which somebody typed words that are no part of the text yet."""
    rows = session.scalars(
        select(DbWorkingCopy)
        .join(DbDocument, DbDocument.id == DbWorkingCopy.document_id)
        .where(
            DbDocument.kind == shown.document.kind, DbDocument.name == shown.document.name,
            DbWorkingCopy.locale == shown.locale, DbWorkingCopy.packed.is_not(None),
        )
    )  # fmt: skip
    return {row.key for row in rows if (typed := row.typed) is not None and any(form.strip() for form in typed.forms)}
