"""Tables that people open in a spreadsheet: CSV (RFC 4180) and XLSX (ECMA-376), in the numbers and dates of a language.

- CSV is UTF-8 with its mark, without which Excel takes Cyrillic for Windows-1252; lines end with CR LF.
- Between cells stands what Excel expects on a machine of that language: a semicolon where decimals have a comma (CLDR),
  else a comma. With commas alone, a Russian Excel shows one column, and makes the third of May of `3.5`.
- XLSX has numbers as numbers, times as times (of a zone, since it knows none) and everything else as text, whatever it
  looks like; the same table gives the same bytes.
- No text is a formula: in CSV an apostrophe stands before it (`formulas`), in XLSX the cell says that it is text, which
  lasts when somebody types in it.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import TextIOWrapper
from itertools import islice
from textwrap import wrap
from typing import IO, Final
from zoneinfo import ZoneInfo

from babel.numbers import get_decimal_symbol
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.locales import cldr
from app.domain.segments import Tag
from app.formats.formulas import is_formula, shielded
from app.formats.xml import sound

MOST: Final = 100_000
"""Rows of a table; what is beyond is left out, and a last row says so."""

_A4: Final = 9  # by the number that Excel gives it
_OF_SHARES: Final = 3  # decimals of a share in CSV, which knows no percentages
_ARROW: Final = 4  # letters that the arrow of a filter hides, and what bold ones are wider
_LINE: Final = 15  # points of a line
_LONGEST: Final = 32_767  # letters of a cell, in XLSX
_MOST_LINKS: Final = 65_530  # of a sheet there; Excel calls a file with more of them broken
_LONGEST_NAME: Final = 31  # letters of a sheet's name there
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # XLSX has to say when, and equal tables are equal files

Value = str | int | float | date | datetime | None


class Sheet(StrEnum):
    """How a table is written."""

    CSV = "csv"
    XLSX = "xlsx"


TYPES: Final = {
    Sheet.CSV: "text/csv; charset=utf-8",
    Sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media types by form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title, how many letters wide it is, about, and whether its numbers are shares of 1.

    `decimals` is how many of them its other numbers have; no word of the title is cut, however narrow it is. What is
    in a column of `links` is an address on the web, which a press on its cell opens.
    """

    title: str
    width: int = 14
    share: bool = False
    decimals: int = 0
    links: bool = False

    @property
    def letters(self) -> int:
        """Return how many letters wide it has to be for the longest word of its title."""
        return max(self.width, *(len(word) + _ARROW for word in self.title.split()), 0)

    @property
    def lines(self) -> int:
        """Return how many lines its title takes then."""
        return len(wrap(self.title, max(self.letters - _ARROW, 1))) or 1

    @property
    def looks(self) -> str:
        """Return the format of its numbers (ECMA-376, part 1, 18.8.30)."""
        return "0%" if self.share else f"0.{'0' * self.decimals}" if self.decimals else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under titles; `name` is that of its sheet, `cut` what a last row says where there are more than `MOST`."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    cut: str


def write(form: Sheet, table: Table, out: IO[bytes], *, locale: Tag, zone: ZoneInfo) -> None:
    """Write a table as a spreadsheet of a language has it, times as clocks of the zone show them, a row at a time."""
    writes = _write_csv if form is Sheet.CSV else _write_xlsx
    writes(table, out, locale, zone)


def _write_csv(table: Table, out: IO[bytes], locale: Tag, zone: ZoneInfo) -> None:
    comma = str(get_decimal_symbol(cldr(locale))) == ","
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text, delimiter=";" if comma else ",")
    rows.writerow(shielded(sound(column.title)) for column in table.columns)
    for row in _bounded(table):
        cells = zip(row, table.columns, strict=False)  # the last row may be one cell
        rows.writerow(_written(value, column, zone, comma=comma) for value, column in cells)
    text.detach()


def _written(value: Value, column: Column, zone: ZoneInfo, *, comma: bool) -> str:
    """Return a cell of CSV; times as in ISO 8601 but for its T, which every Excel takes for a time."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{_there(value, zone):%Y-%m-%d %H:%M}"
        case str():
            return shielded(sound(value))
        case float():
            number = f"{value:.{_OF_SHARES if column.share else column.decimals}f}"
            number = number.rstrip("0").rstrip(".") if "." in number else number
            return number.replace(".", "," if comma else ".")
    return str(value)


def _write_xlsx(table: Table, out: IO[bytes], _locale: Tag, zone: ZoneInfo) -> None:
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with closing(Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm", **quiet})) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text, day = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        numbers = {one: book.add_format({"num_format": one}) for one in sorted({one.looks for one in table.columns})}
        looks = [
            _Looks(text=text, day=day, number=numbers[column.looks], links=column.links) for column in table.columns
        ]
        sheet = book.add_worksheet(_sheet_name(table.name))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)  # as wide as a page, however long
        sheet.repeat_rows(0)
        sheet.set_row(0, _LINE * max(column.lines for column in table.columns))  # else LibreOffice shows one
        last = 0
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.letters)
            sheet.write_string(0, at, sound(column.title), head)
        for last, row in enumerate(_bounded(table), 1):
            for at, (look, value) in enumerate(zip(looks, row, strict=False)):
                _put(sheet, (last, at), value, zone, look)
        sheet.autofilter(0, 0, last, len(table.columns) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """How cells of a column look: text that could be a formula, days, and numbers; and whether they lead somewhere."""

    text: Format
    day: Format
    number: Format
    links: bool


def _put(sheet: Worksheet, at: tuple[int, int], value: Value, zone: ZoneInfo, looks: _Looks) -> None:
    match value:
        case datetime():
            sheet.write_datetime(*at, _there(value, zone))
        case date():
            sheet.write_datetime(*at, datetime(value.year, value.month, value.day), looks.day)  # noqa: DTZ001  # as above
        case int() | float():
            sheet.write_number(*at, value, looks.number)
        case str() if looks.links and at[0] <= _MOST_LINKS and value.startswith(("https://", "http://")):
            sheet.write_url(*at, value)
        case str() if value:
            sheet.write_string(*at, sound(value)[:_LONGEST], looks.text if is_formula(value) else None)


def _bounded(table: Table) -> Iterator[Sequence[Value]]:
    rows = iter(table.rows)
    yield from islice(rows, MOST)
    if next(rows, None) is not None:
        yield (table.cut,)


def _there(value: datetime, zone: ZoneInfo) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a zone could be any: give an aware datetime")
    return value.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def _sheet_name(name: str) -> str:
    """Return a name that a sheet can have."""
    words = "".join(" " if letter in "[]:*?/\\'" else letter for letter in sound(name))
    return " ".join(words.split())[:_LONGEST_NAME] or "1"
