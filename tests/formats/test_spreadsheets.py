"""Tables for spreadsheets: what was put in is what LibreOffice and openpyxl show, and none of it is a formula."""

import csv
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from app.domain.segments import Tag
from app.formats import spreadsheets
from app.formats.formulas import unshielded
from app.formats.spreadsheets import Column, Sheet, Table, Value, write
from app.formats.xml import sound
from tests.databases import required
from tests.formats.hostile import peak

ALMATY = ZoneInfo("Asia/Almaty")
RU, EN = Tag("ru"), Tag("en")
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    'x";=1+1',
    "a,=cmd|' /C calc'!A1",
)
WORDS = (
    st.text(st.sampled_from("aЖўʻ=+-@'\" ;,|\t\n\r＝<&\0\ud800\uffff"), max_size=12)
    | st.just("_x0041_")
    | st.text(max_size=20)
)


def table(rows: Iterable[Sequence[Value]], **said: str) -> Table:
    columns = [Column(title=title, share=title == "share") for title in ("текст", "share", "дата", "время")]
    return Table(name=said.get("name", "Лист"), columns=columns, rows=rows, cut=said.get("cut", "не всё"))


def written(form: Sheet, rows: Sequence[Sequence[Value]], locale: Tag = RU, **said: str) -> bytes:
    out = BytesIO()
    write(form, table(rows, **said), out, locale=locale, zone=ALMATY)
    return out.getvalue()


def naive(written: str) -> datetime:
    """A time as a workbook has it."""
    return datetime.fromisoformat(written)


def in_openpyxl(raw: bytes) -> list[list[tuple[object, str, str]]]:
    """Value, type and number format of each cell."""
    (sheet,) = openpyxl.load_workbook(BytesIO(raw)).worksheets
    return [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet.iter_rows()]


def test_an_excel_of_who_writes_decimals_with_a_comma_finds_its_columns_and_its_numbers() -> None:
    noon = datetime(2026, 3, 31, 20, 30, tzinfo=UTC)
    row: list[Value] = ["Баткен шаары", 0.125, date(2026, 3, 5), noon]
    assert written(Sheet.CSV, [row]).decode("utf-8") == (
        "\ufeffтекст;share;дата;время\r\nБаткен шаары;0,125;2026-03-05;2026-04-01 01:30\r\n"
    )
    assert b"\r\n\xd0\x91\xd0\xb0\xd1\x82\xd0\xba\xd0\xb5\xd0\xbd \xd1" in written(Sheet.CSV, [row], EN)
    assert (
        written(Sheet.CSV, [row], EN).decode("utf-8-sig").splitlines()[1].endswith(",0.125,2026-03-05,2026-04-01 01:30")
    )


def test_numbers_shares_days_and_times_of_a_zone_are_what_they_are_in_a_workbook() -> None:
    noon = datetime(2026, 3, 31, 20, 30, 59, tzinfo=UTC)
    (_, row) = in_openpyxl(written(Sheet.XLSX, [["Ош", 0.25, date(2026, 3, 5), noon]]))
    assert row == [
        ("Ош", "s", "General"), (0.25, "n", "0%"),
        (naive("2026-03-05"), "d", "yyyy-mm-dd"), (naive("2026-04-01 01:30"), "d", "yyyy-mm-dd hh:mm"),
    ]  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60)
def test_any_text_comes_back_from_a_table_as_it_was_and_nothing_of_it_is_a_formula(words: list[str]) -> None:
    read = csv.reader(
        StringIO(written(Sheet.CSV, [[word] for word in words]).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    cells = [row[0] if row else "" for row in read][1:]
    assert [unshielded(cell) for cell in cells] == [sound(word) for word in words]
    for between in ",;\t":
        for lines in (
            written(Sheet.CSV, [[word] for word in words], locale).decode("utf-8-sig") for locale in (RU, EN)
        ):
            rows = csv.reader(StringIO(lines, newline=""), delimiter=between)
            assert [cell for row in rows for cell in row if cell[:1] and cell[:1] in "=+-@\t\r\n＝＋－＠"] == []


@given(st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60)
def test_any_text_is_text_in_a_workbook_whatever_it_looks_like(words: list[str]) -> None:
    found = in_openpyxl(written(Sheet.XLSX, [[word, 1] for word in words]))[1:]
    assert [(unescape(str(row[0][0] or "")), row[1][0]) for row in found] == [(sound(word), 1) for word in words]
    assert {row[0][1] for row in found} <= {"s", "n"}, "an empty cell has no type of its own"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_looks_like_a_formula_stays_text_when_somebody_types_in_it(text: str) -> None:
    (sheet,) = openpyxl.load_workbook(BytesIO(written(Sheet.XLSX, [[text]]))).worksheets
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix == (text[0] in "=+-@\t\r\n＝＋－＠")


def test_an_address_is_opened_by_a_press_on_its_cell_where_the_column_has_addresses() -> None:
    where = "https://example.org/desk/news/2026-03-18-x/ky/"
    columns = [Column(title="text"), Column(title="address", links=True)]
    rows: list[list[Value]] = [[where, where], [where, "internal:Sheet1!A1"], [where, "=1+1"]]
    out = BytesIO()
    write(Sheet.XLSX, Table(name="t", columns=columns, rows=rows, cut=""), out, locale=RU, zone=ALMATY)
    (sheet,) = openpyxl.load_workbook(BytesIO(out.getvalue())).worksheets
    leads = {cell.coordinate: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert leads == {"B2": where}
    assert [sheet["B3"].value, sheet["B4"].value, sheet["B4"].data_type] == ["internal:Sheet1!A1", "=1+1", "s"]


@pytest.mark.parametrize("form", Sheet)
def test_the_same_table_is_the_same_file_to_the_byte(form: Sheet) -> None:
    rows: list[list[Value]] = [["a", 1, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)]]
    assert written(form, rows) == written(form, rows)


@pytest.mark.parametrize("form", Sheet)
def test_what_is_left_out_of_a_table_that_is_too_long_is_said(form: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST", 3)

    def first_cells(raw: bytes) -> list[object]:
        if form is Sheet.XLSX:
            return [row[0][0] for row in in_openpyxl(raw)]
        return [row[0] for row in csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";")]

    assert first_cells(written(form, [["a"]] * 3)) == ["текст", "a", "a", "a"]
    assert first_cells(written(form, [["a"]] * 4)) == ["текст", "a", "a", "a", "не всё"]


@pytest.mark.parametrize("name", ["", "[]:*?/\\", "a/b", "x" * 100, "'", "История"])
def test_a_sheet_of_any_name_can_be_opened(name: str) -> None:
    assert in_openpyxl(written(Sheet.XLSX, [["a"]], name=name))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        written(Sheet.CSV, [["a", 1, None, naive("2026-01-01")]])


def test_libreoffice_shows_letters_numbers_and_times_and_counts_with_nothing(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None or not _has_calc(Path(program)):
        if required("libreoffice"):
            pytest.fail("TILMASH_REQUIRE names libreoffice, and there is no Calc")
        pytest.skip("no LibreOffice Calc here")
    noon = datetime(2026, 3, 31, 20, 30, tzinfo=UTC)
    (tmp_path / "table.xlsx").write_bytes(
        written(Sheet.XLSX, [["Oʻzbekiston, Ўш", 0.5, date(2026, 3, 5), noon], ["=1+1"]])
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "table.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines() == [
        "текст,share,дата,время", '"Oʻzbekiston, Ўш",50%,2026-03-05,2026-04-01 01:30', "=1+1,,,",
    ]  # fmt: skip


def _has_calc(program: Path) -> bool:
    return (program.resolve().parent / "libsclo.so").exists()


def test_many_rows_take_little_memory() -> None:
    """Openpyxl would hold them all; what is written here is on the disk a row later."""

    def rows() -> Iterator[list[Value]]:
        for hour in range(5_000):
            yield ["Заголовок новости", 0.5, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)]

    assert peak(lambda: write(Sheet.XLSX, table(rows()), BytesIO(), locale=RU, zone=ALMATY)) < 3_000_000
