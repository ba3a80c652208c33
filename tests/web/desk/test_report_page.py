"""The weekly report at the desk: its page, its file, and the press by which it goes out."""

import re
import subprocess
import sys
import zlib
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from playwright.sync_api import Browser
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.figures import Period, Report, Series
from app.domain.people import Person
from app.domain.segments import Tag
from app.domain.weekly import IsoWeek
from app.queries import figures as computed
from app.storage.letters import MAIL
from app.storage.notices import DbMailHabit
from app.storage.outbox import DbWork
from app.storage.standings import DbStanding
from app.web.desk import pdf
from tests.databases import on_both, required
from tests.desk import TestDesk
from tests.trees import article
from tests.web.browser import PHONE, served
from tests.web.desk import some_figures
from tests.web.desk.in_browser import of

HOSTILE = "Opening <script>alert(1)</script> & “x”"


@pytest.fixture(autouse=True)
def some(monkeypatch: pytest.MonkeyPatch) -> None:
    def report(_session: Session, _viewer: Person, period: Period, *, person: str | None = None) -> Report:
        return some_figures.report(period, person)

    def series(
        _session: Session, _viewer: Person, period: Period, *, language: Tag | None = None, person: str | None = None
    ) -> Series:
        return some_figures.series(period)

    monkeypatch.setattr(computed, "report", report)
    monkeypatch.setattr(computed, "series", series)


@pytest.fixture
def late(desk: TestDesk) -> TestDesk:
    """A desk at which a text is late, and its name is hostile."""
    desk.place.item(en=article(f"'{HOSTILE}'", "The centre opens.", slug="opening"))
    desk.place.sync()
    with desk.place.database.write() as session:
        long_ago = some_figures.UP_TO.at
        session.execute(update(DbStanding).where(DbStanding.locale == "ky").values(person="kanat", owed=long_ago))
    return desk


def letters(desk: TestDesk) -> list[str]:
    with desk.place.database.read() as session:
        return list(session.scalars(select(DbWork.payload).where(DbWork.kind == MAIL).order_by(DbWork.id)))


@on_both
def test_the_page_tells_what_is_late_and_with_whom_and_compares_two_weeks(late: TestDesk) -> None:
    page = html.fromstring(late.signed_in("carim").get("/desk/report/?week=2026-W48").text)
    (row,) = page.xpath("//section[@id='late']//tbody/tr")
    assert HOSTILE in row.text_content()
    assert "Kanat Kyrgyz" in row.text_content()
    assert row.xpath(".//a/@href") == ["/desk/news/2026-01-01-item/ky/"]
    assert "Computed from the journal, up to 30 November 2026, 14:05." in page.text_content()
    words = " ".join(page.text_content().split())
    assert [part in words for part in ("Late: 1 (as of ", "Due within seven days: 0 (as of ")] == [True, True]
    assert page.findtext(".//h1") == "Report of week 48: 23 November 2026 to 29 November 2026"
    assert [cell.text for cell in page.xpath("//section[@id='figures']//tr[1]/td")] == ["86%", "86%"]
    assert not page.xpath("//input[@name='person'][@checked]"), "nobody is chosen beforehand"
    assert "No mail goes out of this site yet" in page.text_content()
    assert len(page.xpath("//figure//img")) == 4
    assert page.xpath("//a[@rel='prev']/@href") == ["/desk/report/?week=2026-W47"]


@pytest.mark.browser
def test_on_a_phone_the_day_stands_below_the_title_and_on_a_desk_no_table_beside_a_chart_is_cut(
    small_desk: TestDesk, browser: Browser
) -> None:
    small_desk.place.item(en=article("Sixteen lessons on the net, open to everybody", "Text.", slug="opening"))
    small_desk.place.sync()
    with small_desk.place.database.write() as session:
        asked = update(DbStanding).where(DbStanding.locale == "ky")
        session.execute(asked.values(person="kanat", owed=some_figures.UP_TO.at))
    with served(small_desk.readers) as address:
        with of(browser, small_desk, address, "carim", PHONE) as context:
            page = context.new_page()
            page.goto("/desk/report/?week=2026-W48", wait_until="networkidle")
            row = page.locator("#late tbody tr").first
            title, day = (row.locator(one).bounding_box() for one in ("th", "time"))
            assert title is not None
            assert day is not None
            assert day["y"] >= title["y"] + title["height"]
            assert day["x"] + day["width"] <= PHONE["width"]
            assert row.get_by_role("cell").count() == 3
        with of(browser, small_desk, address, "carim") as context:
            page = context.new_page()
            page.goto("/desk/report/?week=2026-W48", wait_until="networkidle")
            cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
            assert page.locator(".picture .scrolls").evaluate_all(cut) == 0


def test_a_week_that_has_not_begun_or_is_none_has_no_report_and_none_is_the_past_one(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    assert [client.get(f"/desk/report/?week={name}").status_code for name in ("2999-W01", "x", "2026-W54")] == [404] * 3
    assert client.get("/desk/report/").status_code == 200


def test_who_was_sent_it_reads_it_and_only_coordinators_send_it(desk: TestDesk) -> None:
    client = desk.signed_in("rustam")
    page = client.get("/desk/report/")
    assert (page.status_code, "Send this report by mail" in page.text) == (200, False)
    assert desk.signed_in("adil").get("/desk/report/").status_code == 403
    assert client.post("/desk/report/send", data={"week": "2026-W48", "person": "rustam"}).status_code == 403
    assert letters(desk) == []


@on_both
def test_one_press_sends_it_to_those_who_were_chosen_and_says_where_no_mail_goes_out(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    form = {"week": "2026-W48", "language": "ky", "person": ["carim", "kanat", "adil", "mallory"]}
    page = client.post("/desk/report/send", data=form, follow_redirects=True).text
    assert "The report waits: no mail goes out of this site yet." in page
    assert len(letters(desk)) == 2, "nor to who does not read the desk"
    again = client.post("/desk/report/send", data=form, follow_redirects=True).text
    assert "The report goes to nobody" in again
    assert len(letters(desk)) == 2
    assert client.post("/desk/report/send", data={"week": "x"}).status_code == 400


def test_a_week_that_is_not_over_is_not_sent_since_monday_would_send_it_no_more(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    this = IsoWeek.of(datetime.now(ZoneInfo("Asia/Almaty")).date())
    for week in (this, this.after):
        answer = client.post("/desk/report/send", data={"week": str(week), "person": "carim"})
        assert (answer.status_code, "not over yet" in answer.text) == (409, True)
    assert letters(desk) == []
    assert "Send this report by mail" not in client.get(f"/desk/report/?week={this}").text


@on_both
def test_a_coordinator_chooses_on_their_account_page_to_get_it_each_monday(desk: TestDesk) -> None:
    client = desk.signed_in("carim")
    assert 'name="weekly"' in client.get("/desk/account/mail").text
    assert 'name="weekly"' not in desk.signed_in("kanat").get("/desk/account/mail").text
    client.post("/desk/account/mail/choose", data={"choice": "none", "hour": "8", "weekly": "yes"})
    assert 'name="weekly" value="yes" checked' in client.get("/desk/account/mail").text
    with desk.place.database.read() as session:
        assert [(one.weekly, one.hour) for one in session.scalars(select(DbMailHabit))] == [(True, 8)]
    client.post("/desk/account/mail/choose", data={"choice": "none", "hour": "8"})
    assert 'value="yes" checked' not in client.get("/desk/account/mail").text


def test_the_report_is_a_pdf_where_the_machine_can_make_one(late: TestDesk) -> None:
    if not pdf.can_print():
        if required("pango"):
            pytest.fail("TILMASH_REQUIRE names pango, and there is none")
        pytest.skip("no Pango here")
    answer = late.signed_in("carim").get("/desk/report/report.pdf?week=2026-W48")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == "attachment; filename=report-2026-W48.pdf"
    answer = late.signed_in("carim").get("/desk/report/report.pdf?week=2026-W48&language=ky")
    assert answer.headers["Content-Disposition"] == "attachment; filename=report-2026-W48-ky.pdf"


def test_the_file_says_that_it_is_a_report_of_which_site_as_of_when_and_whether_its_week_is_over(
    late: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = list[str]()

    def printed(page: str, _parts: object) -> bytes:
        pages.append(page)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "can_print", lambda: True)
    monkeypatch.setattr(pdf, "printed", printed)
    this = IsoWeek.of(datetime.now(ZoneInfo("Asia/Almaty")).date())
    client = late.signed_in("carim")
    for week in (this, this.before):
        client.get(f"/desk/report/report.pdf?week={week}")
    now, past = (html.fromstring(page) for page in pages)
    assert now.xpath("string(//title)").startswith(f"Centre: Report of week {this.number}: ")
    assert "as of " in now.xpath("string(//body/p[2])")
    assert ["not over yet" in one.text_content() for one in (now, past)] == [True, False]
    assert "not over yet" in client.get(f"/desk/report/?week={this}").text


def test_without_pango_the_button_explains_and_the_page_prints(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "HTML", None)
    client = desk.signed_in("carim")
    page = client.get("/desk/report/?week=2026-W48").text
    assert "report.pdf" not in page
    assert "This machine cannot make PDF files" in page
    assert 'media="print"' in page
    answer = client.get("/desk/report/report.pdf?week=2026-W48")
    assert (answer.status_code, answer.location) == (303, "/desk/report/?week=2026-W48")


@pytest.mark.parametrize("missing", ["OSError", "ImportError"])
def test_a_site_starts_on_a_machine_without_pango_and_without_a_word(missing: str) -> None:
    program = f"""
import builtins
real = builtins.__import__
def without(name, *rest):
    if name.startswith("weasyprint"):
        print("advice")
        raise {missing}("cannot load library 'libpango-1.0-0'")
    return real(name, *rest)
builtins.__import__ = without
from app.web.desk import pdf
assert not pdf.can_print()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_nothing_but_what_a_page_is_made_of_gets_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    if not pdf.can_print():
        pytest.skip("no Pango here")
    parts = "<img src='file:///etc/passwd'><img src='http://127.0.0.1:9/x'><link rel=stylesheet href='//evil.example'>"
    page = f"<!doctype html><html lang=en><title>x</title><body>{parts}<p>x"
    asked = list[str]()

    class Parts(dict[str, tuple[bytes, str]]):
        def __getitem__(self, name: str) -> tuple[bytes, str]:
            asked.append(name)
            raise KeyError(name)

    assert pdf.printed(page, Parts()).startswith(b"%PDF-")
    assert len(asked) == 3, "each was asked of what the page is made of, and nobody else"


def test_a_file_shows_the_letters_of_all_languages_of_the_site() -> None:
    if not pdf.can_print():
        pytest.skip("no Pango here")
    letters = "ңғқөәүұһіӣӯҳҷёў" + "çäžňöşüýğəı" + "ʻʼ“”«»—"
    style = '<style>body{font:10pt "Noto Sans", "DejaVu Sans", sans-serif}</style>'
    made = pdf.printed(f"<!doctype html><html lang=tk><title>x</title>{style}<p>{letters}", {})
    streams = [decompressed(one) for one in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL)]
    shown = {
        chr(int(code, 16))
        for stream in streams
        for glyph, code in re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>", stream)
        if int(glyph, 16)
    }
    assert set(letters) - shown == set()


def decompressed(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
