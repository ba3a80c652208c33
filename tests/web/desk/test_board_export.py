"""The board as a spreadsheet: what its filters leave, in the language of who asks, and no formula of a title."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest

from app.web.desk import board_export
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FACTS, article


@pytest.fixture
def filled(desk: TestDesk) -> TestDesk:
    desk.place.item(
        en=article("'=HYPERLINK(\"https://evil.example\")'", "The centre opens.", slug="opening"),
        ru=article("Открытие центра", "Центр открыт.", slug="otkrytie", status="draft"),
    )
    desk.place.sync()
    return desk


def as_csv(desk: TestDesk, who: str, query: str = "", between: str = ",") -> list[dict[str, str]]:
    answer = desk.signed_in(who).get(f"/desk/board/export.csv?{query}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=board.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    found = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=between))
    answer.close()
    return found


@on_both
def test_each_text_that_the_filters_leave_is_a_row(filled: TestDesk) -> None:
    rows = as_csv(filled, "carim")
    assert [row["Language"] for row in rows] == ["English", "Kyrgyz", "Russian"]
    assert {row["Title"] for row in rows} == {'\'=HYPERLINK("https://evil.example")'}
    assert {row["How it stands"] for row in rows} == {"published", "draft", "missing"}, "in the words of the board"
    assert "Открытие центра" in {one for row in as_csv(filled, "rustam", between=";") for one in row.values()}
    (draft,) = as_csv(filled, "carim", "status=draft")
    assert (draft["Language"], draft["How it stands"], draft["Document"]) == (
        "Russian",
        "draft",
        "news/2026-01-01-item",
    )
    assert draft["Address"] == "http://localhost/desk/news/2026-01-01-item/ru/", "whole, so that a mail can have it"
    assert [row["Language"] for row in as_csv(filled, "carim", "columns=ky&columns=ru")] == ["Kyrgyz", "Russian"]
    assert as_csv(filled, "carim", "words=nothing") == []


@on_both
def test_the_rows_come_in_the_order_in_which_the_list_has_them(filled: TestDesk) -> None:
    older = "content/news/2025-06-01-older"
    filled.place.write(f"{older}/item.toml", FACTS.replace("2026-01-01", "2025-06-01"))
    filled.place.write(f"{older}/en.md", article("Older, and newly written", "Words.", slug="older"))
    filled.place.sync()
    carim = filled.signed_in("carim")
    for query in ("view=list&language=en", "view=list&language=en&order=changed"):
        page = carim.get(f"/desk/board?{query}").text
        listed = re.findall(r'class="pick"[^>]*value="([^@]+)@en"', page)
        (address,) = re.findall(r'href="(/desk/board/export.csv[^"]*)"', page)
        rows = as_csv(filled, "carim", unescape(address).partition("?")[2])
        assert [row["Document"] for row in rows] == listed
        assert len(listed) == 2
    assert "export.csv" not in carim.get("/desk/board?view=calendar").text, "it shows a month, and this were all"


def test_a_russian_excel_finds_its_columns(filled: TestDesk) -> None:
    rows = as_csv(filled, "rustam", "status=draft", between=";")
    assert "русский" in rows[0].values()


def test_a_workbook_has_numbers_and_text_that_is_no_formula(filled: TestDesk) -> None:
    answer = filled.signed_in("carim").get("/desk/board/export.xlsx")
    (sheet,) = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    answer.close()
    head = [cell.value for cell in sheet[1]]
    title, done = head.index("Title"), head.index("Done")
    assert (sheet[2][title].value, sheet[2][title].data_type) == ('=HYPERLINK("https://evil.example")', "s")
    assert (sheet[2][done].value, sheet[2][done].number_format) == (1, "0%")


@on_both
def test_rows_that_are_read_in_parts_are_all_there_once(filled: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = as_csv(filled, "carim")
    monkeypatch.setattr(board_export, "_AT_ONCE", 1)
    assert as_csv(filled, "carim") == whole


def test_who_reads_no_texts_gets_none_as_a_file(filled: TestDesk) -> None:
    assert filled.signed_in("adil").get("/desk/board/export.csv").status_code == 403
