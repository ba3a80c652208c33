"""Paging by where the last row stood, not by how many came before: each page takes as long as the first.

A cursor is what the columns of the order hold in the last row shown, as JSON, so that it can stand in an address.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, or_

LONGEST = 400

Value = str | datetime


@dataclass(frozen=True, slots=True)
class By:
    """A column of an order, and which way; it holds texts, or times where `times` says so."""

    column: SQLColumnExpression[object]
    down: bool = False
    times: bool = False

    @property
    def ordered(self) -> ColumnElement[object]:
        """Return the column as ORDER BY takes it."""
        return self.column.desc() if self.down else self.column.asc()


def cursor(values: Sequence[Value]) -> str:
    """Return the cursor of a row that holds these values."""
    written = [one.isoformat() if isinstance(one, datetime) else one for one in values]
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def _time(written: str) -> datetime:
    """Return a time in UTC; OverflowError for one that has none there, ValueError for one without a zone."""
    time = datetime.fromisoformat(written)
    if time.tzinfo is None:
        raise ValueError("a time without a zone could be any")
    return time.astimezone(UTC)


def _text(written: str) -> str:
    """Return a text that can stand in a database; ValueError for one with NUL or half of a surrogate pair."""
    if "\0" in written:
        raise ValueError("NUL stands in no database")
    return written.encode().decode()


def behind(order: Sequence[By], written: str) -> ColumnElement[bool] | None:
    """Return what holds of the rows that come after a cursor; None where it is empty or none of this order."""
    try:
        found = json.loads(written) if 0 < len(written) <= LONGEST else None
        if not isinstance(found, list) or [type(one) for one in found] != [str] * len(order):
            return None
        values = [_time(one) if by.times else _text(one) for by, one in zip(order, found, strict=True)]
    except (ValueError, OverflowError, RecursionError):
        return None
    after: ColumnElement[bool] = false()
    for by, value in reversed(list(zip(order, values, strict=True))):
        further = by.column < value if by.down else by.column > value
        after = or_(further, and_(by.column == value, after))
    by, value = order[0], values[0]
    # follows from the rest, and is what an index can begin at
    return and_(by.column <= value if by.down else by.column >= value, after)
