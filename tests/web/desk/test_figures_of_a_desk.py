"""Figures that were computed, as pages, charts, files and a report: nobody's stand-ins."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from lxml import html
from playwright.sync_api import Browser

from app.domain.weekly import IsoWeek
from app.worker.figures import carry_on
from tests.desk import TestDesk
from tests.trees import Place, article
from tests.web.browser import served
from tests.web.desk.in_browser import of


def office(place: Place) -> None:
    """Two texts that readers have, and one that they lack, counted."""
    place.item(
        en=article("Opening", "The centre opens its doors.", slug="opening"),
    )
    place.sync()
    place.item(ru=article("Открытие", "Центр открывает двери.", slug="otkrytie"))  # by itself: it is work
    place.sync()
    carry_on(place.database)


def test_what_was_counted_is_on_the_page_in_the_charts_in_the_file_and_in_the_report(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    page = html.fromstring(client.get("/desk/figures/").text)
    assert [cell.text for cell in page.xpath("//tr[th/@id='current']/td")] == ["67%", "100%", "100%", "0%"]
    assert next(cell.text for cell in page.xpath("//tr[th/@id='backlog']/td")) != "0"
    alts = [image.get("alt") for image in page.xpath("//figure//img")]
    assert any("2 of " in alt for alt in alts), alts
    answer = client.get("/desk/figures/figures.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    answer.close()
    assert [row[1] for row in rows[1:]] == [pytest.approx(2 / 3), 1, 1, 0]
    report = html.fromstring(client.get("/desk/report/").text)
    assert "For this week nothing was counted yet." in report.xpath("string(//section[@id='figures'])"), "the past week"
    assert not report.xpath("//figure | //section[@id='figures']//table"), "no tables of zeros"
    said = report.text_content()
    assert [one for one in ("There is no backlog", "0 of 0", "Published in this week") if one in said] == []
    this = IsoWeek.of(datetime.now(ZoneInfo("Asia/Almaty")).date())
    report = html.fromstring(client.get(f"/desk/report/?week={this}").text)
    told = report.xpath("//section[@id='figures']//tbody/tr/th/text()")
    assert "Backlog in words" in told
    assert "Views a week" not in told, "what there is nothing of is left out"
    assert len(report.xpath("//section[@id='published']//tbody/tr")) == 2
    assert not report.xpath("//section[@id='late']")
    chart = client.get(report.xpath("//figure[@id='flow']//img/@src")[0]).text
    days = {f"{at:%d/%m/%Y}" for at in [datetime.now(ZoneInfo("Asia/Almaty")) + timedelta(days=day) for day in (1, 2)]}
    assert not [day for day in days if day in chart], "no days to come"


@pytest.mark.browser
def test_charts_are_seen_as_their_policy_lets_them_in_a_page_and_by_themselves(
    small_desk: TestDesk, browser: Browser
) -> None:
    office(small_desk.place)
    with served(small_desk.readers) as address, of(browser, small_desk, address, "carim") as context:
        page = context.new_page()
        page.goto("/desk/figures/", wait_until="networkidle")
        images = page.locator("figure img")
        assert images.count() >= 2
        assert {image.evaluate("image => image.complete && image.naturalWidth") for image in images.all()} == {880}
        page.goto("/desk/figures/flow.svg")
        look = "getComputedStyle(document.querySelector('.axis.y text')).textAnchor"
        assert page.evaluate(look) == "end", "its own style counts; a broken policy would have failed the test"
