"""Rows of the board under their headings, and the weeks of its calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from app.domain.bulk import BulkKind
from app.domain.pages import moment_of
from app.domain.translations import Status
from app.queries.board import Line, Order
from app.queries.calendar import Appointment
from app.queries.cells import Cell, Text
from app.web.desk.board_address import Address, Group, week_of

Row = TypeVar("Row", Line, Text)

_DATELESS = 1900


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Generic[Row]):
    """Rows under one heading: a week by its Monday (None: without a date), or a person (empty: nobody)."""

    week: date | None = None
    person: str = ""
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the calendar, and what is then; `outside` are those of other months that fill a week."""

    date: date
    outside: bool
    entries: Sequence[Appointment]


def grouped(rows: Sequence[Row], at: Address, zone: ZoneInfo) -> Sequence[Rows[Row]]:
    """Return the rows in their order, divided as the address asks."""
    match at.group:
        case Group.WEEK:
            parts = groupby(rows, key=lambda row: _week(row, at.order, zone))
            return [Rows(week=week, rows=tuple(those)) for week, those in parts]
        case Group.PERSON:
            return [Rows(person=name, rows=tuple(those)) for name, those in groupby(rows, key=_whose)]
    return [Rows(rows=rows)]


def nothing_to(cell: Cell) -> str:
    """Return what a menu leaves out for a text, in a line: actions that would find nothing to do in it."""
    is_asked, is_left = bool(cell.person or cell.team), cell.done < cell.segments
    useful = {
        BulkKind.DUE: is_asked,
        BulkKind.REMIND: is_asked and cell.unfinished,
        BulkKind.PUBLISH: cell.status is Status.APPROVED and cell.live != cell.head,
        BulkKind.TRANSLATE: not cell.is_source and (cell.head is None or is_left),
    }
    return " ".join(kind for kind, is_useful in useful.items() if not is_useful)


def calendar_of(
    found: Sequence[Appointment], days: Sequence[date], month: date, zone: ZoneInfo
) -> Sequence[Sequence[Day]]:
    """Return the weeks of a month, each with its seven days."""
    by_day = {day: tuple(those) for day, those in groupby(found, key=lambda one: one.at.astimezone(zone).date())}
    shown = [Day(date=day, outside=day.month != month.month, entries=by_day.get(day, ())) for day in days]
    return list(_weeks(shown))


def _weeks(days: Sequence[Day]) -> Iterator[Sequence[Day]]:
    for start in range(0, len(days), 7):
        yield days[start : start + 7]


def _week(row: Line | Text, order: Order, zone: ZoneInfo) -> date | None:
    """Return the Monday of the week by which a row is sorted: when it is due, was changed, or is dated."""
    when = _sorted_by(row, order) or moment_of(row.place)
    return week_of(when.astimezone(zone).date()) if when.year >= _DATELESS else None


def _sorted_by(row: Line | Text, order: Order) -> datetime | None:
    match order:
        case Order.DUE:
            return row.cell.due if isinstance(row, Text) else row.due
        case Order.CHANGED if isinstance(row, Text):
            return row.cell.since
    return None


def _whose(row: Line | Text) -> str:
    return row.cell.person_name if isinstance(row, Text) else row.person_name or row.person
