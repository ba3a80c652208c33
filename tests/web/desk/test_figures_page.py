"""The page of figures: each with its definition, charts with their tables, and all of it as spreadsheets."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest
from lxml import etree, html
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from app.domain.figures import FIGURES, Figures, Name, Period, Report, Series, UpTo
from app.domain.people import Person
from app.domain.segments import Tag
from app.formats.charts import POLICY
from app.queries import figures as queries
from app.worker.figures import carry_on
from tests.desk import TestDesk
from tests.trees import article
from tests.web.desk import some_figures

ASKED = "first=2026-09-01&last=2026-11-30"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Period, str | None, Tag | None]]:
    """What was asked of the queries, which have been given figures that nobody computed."""
    seen = list[tuple[Period, str | None, Tag | None]]()

    def report(session: Session, viewer: Person, period: Period, *, person: str | None = None) -> Report:
        queries.allow(viewer, person)
        seen.append((period, person, None))
        return some_figures.report(period, person)

    def series(
        session: Session, viewer: Person, period: Period, *, language: Tag | None = None, person: str | None = None
    ) -> Series:
        queries.allow(viewer, person)
        seen.append((period, person, language))
        return some_figures.series(period)

    monkeypatch.setattr(queries, "report", report)
    monkeypatch.setattr(queries, "series", series)
    return seen


def test_each_figure_stands_with_its_definition_and_the_age_of_what_it_was_computed_from(desk: TestDesk) -> None:
    page = html.fromstring(desk.signed_in("carim").get(f"/desk/figures/?{ASKED}").text)
    for one in FIGURES:
        (row,) = page.xpath(f"//tr[th/@id='{one.name}']")
        assert [
            one.title in row.text_content(),
            one.sentence in row.text_content(),
            one.formula in " ".join(row.text_content().split()),
        ] == [True] * 3
    words = " ".join(page.text_content().split())
    assert "up to 30 November 2026, 14:05. 3 later entries are not in it yet." in words
    assert "Known from 1 November 2026 on." in words
    assert [cell.text for cell in page.xpath("//tr[th/@id='lead-median']/td")] == ["3.2 d", "3.2 d", "39 h", "23 h"]


def test_a_chart_says_its_finding_and_has_its_numbers_in_a_table_beside_it(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    page = html.fromstring(client.get(f"/desk/figures/?{ASKED}").text)
    for figure in page.xpath("//figure"):
        (image,) = figure.xpath(".//img")
        assert image.get("alt") == figure.find(".//figcaption").text
        assert figure.xpath(".//table/caption")
        assert len(figure.xpath(".//tbody/tr")) >= 2
        for address in (image.get("src"), figure.xpath(".//source/@srcset")[0]):
            answer = client.get(address)
            assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
            assert answer.headers["Content-Security-Policy"] == POLICY
            assert etree.fromstring(answer.data).findtext("{*}desc") == image.get("alt")
    assert len(page.xpath("//figure")) == 4


def test_a_finding_is_of_the_whole_period_however_few_of_its_days_are_drawn(desk: TestDesk) -> None:
    page = html.fromstring(desk.signed_in("carim").get(f"/desk/figures/?{ASKED}").text)
    flow, leads = (page.xpath(f"string(//figure[@id='{name}']/figcaption)") for name in ("flow", "leads"))
    assert flow.endswith("texts were live; 4 when it began."), "before its first day, which is not drawn"
    assert leads == (
        "Translations that went live: 17. At least half of them took no longer than 2 d from their source text."
    )


def test_no_line_is_drawn_through_a_single_month_and_its_numbers_are_in_the_table(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def series(_session: Session, _viewer: Person, period: Period, **_which: object) -> Series:
        whole = some_figures.series(period)
        nothing = replace(whole.coverage[0], shares=dict.fromkeys(whole.coverage[0].shares))
        return replace(whole, coverage=(nothing, whole.coverage[-1]))

    monkeypatch.setattr(queries, "series", series)
    page = html.fromstring(desk.signed_in("carim").get(f"/desk/figures/?{ASKED}").text)
    (coverage,) = page.xpath("//figure[@id='coverage']")
    assert (len(coverage.xpath(".//img")), len(coverage.xpath(".//tbody/tr"))) == (0, 2)


def test_numbers_and_names_are_those_of_the_persons_language(desk: TestDesk) -> None:
    page = desk.signed_in("rustam").get(f"/desk/figures/?{ASKED}&person=rustam").text
    assert "1\u00a0234,5" in page
    svg = desk.signed_in("rustam").get(f"/desk/figures/coverage.svg?{ASKED}").text
    assert "киргизский" in svg or "кыргызский" in svg


def test_language_and_period_are_an_address_and_what_means_nothing_asks_for_a_quarter(
    desk: TestDesk, asked: list[tuple[Period, str | None, Tag | None]]
) -> None:
    client = desk.signed_in("carim")
    page = html.fromstring(client.get(f"/desk/figures/?{ASKED}&language=ky&person=kanat").text)
    assert {(f"{period.first}", f"{period.last}", person) for period, person, _ in asked} == {
        ("2026-09-01", "2026-11-30", "kanat")
    }
    assert asked[-1][2] == "ky"
    assert not page.xpath("//tr[th/@id='views']"), "views are of no person"
    for odd in (
        "",
        "first=x&last=y",
        "first=2026-02-30&last=2026-01-01",
        "first=9999-12-31&last=0001-01-01",
        "language=zz",
    ):
        assert client.get(f"/desk/figures/?{odd}").status_code == 200
        assert asked[-1][0].days == 91


def test_a_translator_sees_the_site_its_languages_and_themselves_and_nobody_else(
    desk: TestDesk, asked: list[tuple[Period, str | None, Tag | None]]
) -> None:
    client = desk.signed_in("kanat")
    page = html.fromstring(client.get(f"/desk/figures/?{ASKED}").text)
    assert len(page.xpath("//tr[th/@id='current']/td")) == 4, "the site and three languages"
    assert page.xpath("//select[@name='person']/option/@value") == ["", "kanat"]
    for path in ("", "flow.svg", "figures.csv"):
        for whose in ("", "&person=kanat"):
            answer = client.get(f"/desk/figures/{path}?{ASKED}{whose}")
            assert answer.status_code == 200
            answer.close()
        assert client.get(f"/desk/figures/{path}?person=elena").status_code == 403
    assert {person for _, person, _ in asked} == {None, "kanat"}
    assert desk.signed_in("adil").get("/desk/figures/").status_code == 403, "who does not read the desk"


def test_a_page_and_its_charts_look_once_for_what_is_drawn_until_the_summary_goes_on(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()

    def series(session: Session, viewer: Person, period: Period, **which: object) -> Series:
        looked.append(viewer.name)
        return some_figures.series(period)

    monkeypatch.setattr(queries, "series", series)
    client = desk.signed_in("carim")
    page = html.fromstring(client.get(f"/desk/figures/?{ASKED}").text)
    for address in page.xpath("//figure//img/@src"):
        assert client.get(address).status_code == 200
    assert desk.signed_in("kanat").get(f"/desk/figures/?{ASKED}").status_code == 200
    assert looked == ["carim"], "for everybody who may see it"
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    desk.place.sync()
    carry_on(desk.place.database)
    client.get(f"/desk/figures/?{ASKED}")
    client.get(f"/desk/figures/?{ASKED}&language=ky")
    assert looked == ["carim"] * 3


def test_figures_go_out_as_csv_and_as_a_workbook_in_the_language_of_who_asks(desk: TestDesk) -> None:
    answer = desk.signed_in("rustam").get(f"/desk/figures/figures.csv?{ASKED}&person=rustam")
    assert answer.headers["Content-Disposition"] == "attachment; filename=figures-rustam-2026-09-01-2026-11-30.csv"
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert len(head) == len(rows[0]) == len([one for one in FIGURES if one.of_people]) + 1
    assert rows[1][0] == "русский"
    assert "0,855" in rows[1]
    answer.close()
    answer = desk.signed_in("carim").get(f"/desk/figures/figures.xlsx?{ASKED}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    answer.close()
    assert answer.headers["Content-Disposition"].endswith("figures-site-2026-09-01-2026-11-30.xlsx")
    assert book.sheetnames == ["2026-09-01–2026-11-30 Centre"]
    (_, whole, *_) = book.worksheets[0].iter_rows(values_only=True)
    at = [one.name for one in FIGURES].index(Name.LEAD_MEDIAN) + 1
    assert whole[at] == 3.25


def test_short_times_are_not_lost_in_a_spreadsheet_and_no_number_has_more_decimals_than_it_says_something(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def report(session: Session, viewer: Person, period: Period, *, person: str | None = None) -> Report:
        values = {Name.DRAFT: 180.0, Name.WORDS: 233 / 13, Name.BACKLOG: 7249, Name.CURRENT: 0.66249}
        return replace(some_figures.report(period, person), whole=Figures(values=values))

    monkeypatch.setattr(queries, "report", report)
    at = {one.name: number for number, one in enumerate(FIGURES, 1)}
    answer = desk.signed_in("rustam").get(f"/desk/figures/figures.csv?{ASKED}")
    _, whole, *_ = csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    answer.close()
    shown = [whole[at[name]] for name in (Name.DRAFT, Name.WORDS, Name.BACKLOG, Name.CURRENT)]
    assert shown == ["0,002", "17,9", "7249", "0,662"]
    answer = desk.signed_in("carim").get(f"/desk/figures/figures.xlsx?{ASKED}")
    (sheet,) = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    answer.close()
    cells = [sheet.cell(2, at[name] + 1) for name in (Name.DRAFT, Name.WORDS, Name.BACKLOG, Name.CURRENT)]
    assert [cell.number_format for cell in cells] == ["0.000", "0.0", "0", "0%"]
    assert cells[0].value == pytest.approx(180 / 86400)
    assert (sheet.row_dimensions[1].height or 0) > 30, "a title of three lines is not cut either"
    for at_column, head in enumerate(sheet[1], 1):
        assert head.alignment.wrap_text
        widest = max(len(word) for word in str(head.value).split())
        assert sheet.column_dimensions[get_column_letter(at_column)].width > widest, "none of its words is cut"


def test_a_file_of_one_language_and_person_says_so_and_has_that_row_alone(desk: TestDesk) -> None:
    answer = desk.signed_in("carim").get(f"/desk/figures/figures.xlsx?{ASKED}&language=ky&person=kanat")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    answer.close()
    assert answer.headers["Content-Disposition"].endswith("figures-kanat-ky-2026-09-01-2026-11-30.xlsx")
    assert book.sheetnames == ["2026-09-01–2026-11-30 kanat"]
    assert [row[0] for row in book.worksheets[0].iter_rows(values_only=True)] == ["Language", "Kyrgyz"]
    answer = desk.signed_in("carim").get(f"/desk/figures/figures.csv?{ASKED}&person=../../x")
    assert "x-2026-09-01" in answer.headers["Content-Disposition"]
    assert "/" not in answer.headers["Content-Disposition"]
    answer.close()


def test_there_is_no_other_chart(desk: TestDesk) -> None:
    assert desk.signed_in("carim").get("/desk/figures/other.svg").status_code == 404


def test_while_figures_are_counted_anew_the_page_says_how_far_they_are_and_shows_no_part_of_the_past(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = UpTo(number=8000, at=some_figures.UP_TO.at, rows=32_000, anew=True)

    def report(session: Session, viewer: Person, period: Period, *, person: str | None = None) -> Report:
        return replace(some_figures.report(period, person), up_to=anew)

    def series(session: Session, viewer: Person, period: Period, **which: object) -> Series:
        return replace(some_figures.series(period), up_to=anew)

    monkeypatch.setattr(queries, "report", report)
    monkeypatch.setattr(queries, "series", series)
    monkeypatch.setattr(queries, "up_to", lambda _session: anew)
    client = desk.signed_in("carim")
    page = html.fromstring(client.get(f"/desk/figures/?{ASKED}").text)
    assert "counted anew: 8,000 of 40,000 entries" in page.text_content()
    assert not page.xpath("//main//table | //figure")
    assert page.xpath("//main//a[@href='/desk/report/']")
    assert client.get(f"/desk/figures/flow.svg?{ASKED}").status_code == 404
    answer = client.get(f"/desk/figures/figures.csv?{ASKED}")
    assert (answer.status_code, answer.location) == (303, f"/desk/figures/?{ASKED}")
    report_page = html.fromstring(client.get("/desk/report/").text)
    assert "counted anew: 8,000 of 40,000 entries" in report_page.text_content()
    assert not report_page.xpath("//figure | //section[@id='figures']//table")
    assert "Published in this week" not in report_page.text_content()
    assert "It waits until all that was done in its week is counted." in report_page.text_content()
    assert "Late: 0" in " ".join(report_page.text_content().split())
