"""A coordinator's day at the board: what is late, who does what, what goes live, what is taken back, and the week."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.config import Settings
from app.domain.documents import DocumentName
from app.domain.people import Actor, Channel
from app.domain.translations import Role
from app.services import assignments
from app.services.texts import find_document
from app.worker.workplace import Workplace
from tests.browser.site import Site
from tests.mail import MailBox, body, mail_server
from tests.newsroom.imported import BEHIND, KY, LATE_DRAFT, MACHINE, STANDS, imported, item
from tests.newsroom.room import Newsroom
from tests.newsroom.test_when_it_goes_live import press
from tests.processes import free_port
from tests.sample import environment_of
from tests.web.browser import axe_finds, chromium_or_skip

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, sample: Path, browser: Browser, box: MailBox) -> Iterator[Newsroom]:
    """A site that has just been imported and sends mail, with its coordinator, a translator and a reviewer."""
    chromium_or_skip()
    expect.set_options(timeout=60_000)  # a busy machine is no fault of ours
    settings = {"TILMASH_SMTP": box.address, "TILMASH_MAIL_FROM": "Desk <desk@example.org>"}
    with free_port() as port:
        prepare = partial(imported, url=f"http://127.0.0.1:{port}")
        site = Site(tmp_path_factory.mktemp("board"), port, sample, prepare=prepare, settings=settings)
        try:
            site.eventually(site.healthy, "it never became ready")
            room = Newsroom(site, browser)
            room.come_in("administrator", room.first_link(), full_name="Adil Administrator", email="adil@example.org")
            room.invite("carim", "Carim Coordinator", "coordinator")
            room.invite("kanat", "Kanat Kyrgyz", "translator:ky")
            room.invite("cholpon", "Cholpon Coordinator", "coordinator", language="ru")
            yield room
            room.close()
        finally:
            site.stop()


def asked_long_ago(room: Newsroom, name: DocumentName, person: str) -> None:
    """Somebody was asked for a text until a day that has passed: no form takes such a day."""
    place = Workplace.open(Settings.from_environment(environment_of(room.site.root)))
    actor = Actor(name="carim", channel=Channel.DESK, roles=frozenset(Role))
    with place.database.write() as session:
        document = find_document(session, name)
        assert document is not None
        assignments.assign(session, document, KY, actor, person=person, due=datetime(2026, 11, 2, tzinfo=UTC))
    place.database.dispose()


def tick(page: Page, names: list[DocumentName]) -> None:
    for name in names:
        page.locator(f"input.pick[value='{name}@{KY}']").check()
    expect(page.locator("#chosen")).to_contain_text(str(len(names)))
    page.get_by_role("button", name="Act on the chosen texts").click()


def tick_all(page: Page) -> None:
    """The box in the head ticks all below it; when one of them is taken back, it is neither ticked nor empty."""
    ticks = page.locator("input.pick")
    everyone = page.get_by_role("checkbox", name="Choose all below")
    everyone.check()
    expect(page.locator("#chosen")).to_contain_text(str(ticks.count()))
    ticks.first.uncheck()
    assert everyone.evaluate("one => one.indeterminate")
    everyone.check()
    everyone.uncheck()
    expect(page.locator("input.pick:checked")).to_have_count(0)


def work_by_keys(page: Page) -> None:
    """Tick the first text, go along its row to its menu, and leave that as it was."""
    first = page.locator("input.pick").first
    first.focus()
    page.keyboard.press("x")
    expect(first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input.pick").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("x")
    expect(first).not_to_be_checked()
    page.keyboard.press("End")
    expect(page.locator("a.act").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#acts")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#acts a[data-action=assign]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("a.act").first).to_be_focused()
    page.keyboard.press("Enter")
    first.focus()
    expect(page.locator("#acts")).to_be_hidden()
    page.locator("a.act").first.focus()
    expect(page.locator("#acts")).not_to_be_visible()
    expect(page.locator("a.act").first).to_be_focused()


def find_what_is_late(room: Newsroom, late: DocumentName) -> None:
    """In two presses from where a coordinator comes in; every state that came in is told apart."""
    carim = room.pages["carim"]
    behind = room.site.root / "content/news" / item(BEHIND).name / "en.md"
    behind.write_text(behind.read_text().replace("meets", "meets again"))
    for name in (late, item(LATE_DRAFT)):
        asked_long_ago(room, name, "kanat")

    def is_there() -> bool:
        carim.goto("/desk/board?words=board&language=ky&mark=behind")
        return carim.locator(f"#board a[href*='{item(BEHIND)}/ky']").count() > 0

    room.site.eventually(is_there, "a changed source never left its translation behind")
    carim.goto("/desk/board?words=board&view=list&language=ky")
    for number, status in enumerate(STANDS, 1):
        expect(row_of(carim, item(number))).to_contain_text(status)
    expect(row_of(carim, item(BEHIND))).to_contain_text("behind English")
    expect(row_of(carim, item(MACHINE)).locator(".machine")).to_have_text("machine")
    carim.goto("/desk/")
    carim.get_by_role("link", name="Board", exact=True).click()  # the first press
    read_as_a_table(carim)
    carim.locator("th[data-sums=ky] a.late").click()  # the second
    expect(carim.locator("#board tbody tr")).to_have_count(2)
    for number in (4, LATE_DRAFT):
        row = carim.locator("#board tbody tr", has_text=f"Board {number}")
        expect(row.locator(".until.late")).to_contain_text("late 02.11")
    assert axe_finds(carim) == []


def read_as_a_table(page: Page) -> None:
    """Headers of rows and columns are said on a phone too, and arrows go along both."""
    table = page.get_by_role("table", name="Documents and languages: how each text stands")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Board 4 news item"))
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect(table.get_by_role("columnheader")).to_have_count(8)
        expect(row.get_by_role("cell")).to_have_count(7)
        assert axe_finds(page) == []
    here, below = (page.locator(f"input.pick[value='{item(number)}@ru']") for number in (9, 8))
    here.focus()
    page.keyboard.press("x")
    expect(here).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"td:has(input[value='{item(9)}@kk']) a.stand")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.locator("td").filter(has=below).locator("a.stand")).to_be_focused()
    page.keyboard.press("x")
    expect(below).to_be_checked()
    expect(page.locator("#chosen")).to_contain_text("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{item(8)}/ru/$"))
    page.go_back()


def give_out(carim: Page, names: list[DocumentName], person: str) -> None:
    carim.goto("/desk/board?view=list&language=ky&status=missing&words=board")
    tick_all(carim)
    work_by_keys(carim)
    tick(carim, names)
    carim.locator("#person").select_option(person)
    due = datetime.now(ZoneInfo("Asia/Almaty")) + timedelta(days=3)
    carim.locator("#assign_due").fill(f"{due:%Y-%m-%dT18:00}")
    carim.locator("button[value=assign]").click()
    assert axe_finds(carim) == []
    carim.get_by_role("button", name="Assign what is ticked").click()
    expect(carim.locator("table.bulk tbody tr")).to_have_count(len(names))
    carim.goto("/desk/board?view=list&language=ky&status=missing&words=board")
    for name in names:
        expect(row_of(carim, name)).to_contain_text(f"Kanat Kyrgyz {due:%d.%m}")


def see_it_handed_in(carim: Page, kanat: Page, name: DocumentName, ticked: DocumentName) -> None:
    """A translator hands in; within five seconds the board of somebody else tells, and keeps what was ticked there."""
    carim.goto("/desk/board?view=list&language=ky&words=board")
    expect(row_of(carim, name)).to_contain_text("missing")
    carim.locator(f"input.pick[value='{ticked}@{KY}']").check()
    kanat.goto(f"/desk/{name}/ky/translate")
    for number, words in enumerate(("Кеңеш 4", "kenesh-4", "Кеңеш чогулат.")):
        kanat.locator("textarea[data-form]").nth(number).fill(words)
    kanat.locator(".buttons.save button.first").click()
    expect(kanat.locator(".said.done").first).to_be_visible()
    kanat.goto(f"/desk/{name}/ky/")
    press(kanat, "submit")
    title = row_of(carim, ticked).get_by_role("rowheader").get_by_role("link")
    title.focus()
    expect(row_of(carim, name)).to_contain_text("in review", timeout=5000)  # nobody has loaded the page again
    expect(title).to_be_focused()
    expect(carim.locator(f"input.pick[value='{ticked}@{KY}']")).to_be_checked()
    come_back_to_what_was_ticked(carim, [item(number) for number in (5, 6, 7, 8)])


def come_back_to_what_was_ticked(page: Page, names: list[DocumentName]) -> None:
    """The first is ticked; a click with Shift ticks all to the last, and who comes back finds these and no others."""
    page.locator(f"input.pick[value='{names[-1]}@{KY}']").click(modifiers=["Shift"])
    page.get_by_role("button", name="Act on the chosen texts").click()
    expect(page.get_by_role("heading", name="4 chosen texts")).to_be_visible()
    page.go_back()
    expect(page.locator("#chosen")).to_contain_text("4")
    ticked = page.locator("input.pick:checked")
    assert sorted(one.get_attribute("value") or "" for one in ticked.all()) == [f"{name}@{KY}" for name in names]
    page.goto("/desk/")
    page.goto("/desk/board?view=list&language=ky&words=board")
    expect(page.locator("input.pick").first).to_be_visible()
    expect(ticked).to_have_count(0)


def publish_and_take_one_back(room: Newsroom, carim: Page, names: list[DocumentName]) -> None:
    carim.goto("/desk/board?view=list&language=ky&status=approved&words=board")
    tick(carim, names)
    carim.locator("button[value=publish]").click()
    carim.get_by_role("button", name="Publish what is ticked").click()
    expect(carim.locator("table.bulk tbody tr")).to_have_count(len(names))
    reader = room.browser(locale="ky")
    live = [f"/ky/news/kenesh-{number}" for number in (1, 2, 3)]

    def seen() -> list[bool]:
        return ["Кеңеш чогулат." in reader.request.get(path).text() for path in live]

    room.site.eventually(lambda: seen() == [True, True, True], "readers never saw what was published")
    carim.locator("table.bulk tbody tr", has_text="Board 2").locator("input[name=item]").check()
    carim.get_by_role("button", name="Undo what is ticked").click()
    expect(carim.locator("table.bulk tr.undone")).to_have_count(1)
    room.site.eventually(lambda: seen() == [True, False, True], "what was taken back is read as before")


def send_the_report(room: Newsroom, carim: Page, box: MailBox) -> None:
    """This week's is not over, and cannot be sent; last week's comes to a colleague in her language."""
    year, week, _ = datetime.now(ZoneInfo("Asia/Almaty")).isocalendar()
    carim.goto(f"/desk/report/?week={year}-W{week:02}")
    expect(carim.locator("main")).to_contain_text("Board 1")
    carim.get_by_role("link", name="The week before").click()
    carim.get_by_text("Send this report by mail").click()
    carim.get_by_label("Cholpon Coordinator").check()
    carim.get_by_role("button", name="Send", exact=True).click()
    expect(carim.locator(".said[role=status]")).to_be_visible()

    def reports() -> list[EmailMessage]:
        hers = [letter for letter in box.letters if "cholpon@example.org" in str(letter["To"])]
        return [letter for letter in hers if "Отчёт за неделю" in str(letter["Subject"])]

    room.site.eventually(lambda: len(reports()) == 1, "no report came in Russian")
    plain = body(reports()[0], "plain")
    assert f"Кеңеш {LATE_DRAFT}" in plain
    assert "Kanat Kyrgyz" in plain


def row_of(page: Page, name: DocumentName) -> Locator:
    return page.locator("tr", has=page.locator(f"input.pick[value='{name}@{KY}']"))


def test_a_coordinator_finds_what_is_late_gives_texts_out_sees_one_come_back_publishes_and_reports(
    room: Newsroom, box: MailBox
) -> None:
    carim, kanat = room.pages["carim"], room.pages["kanat"]
    late, *others = map(item, range(4, 10))
    find_what_is_late(room, late)
    give_out(carim, others, "kanat")
    kanat.goto("/desk/")
    expect(kanat.locator("#assigned .count")).to_have_text("7")
    see_it_handed_in(carim, kanat, late, others[0])
    publish_and_take_one_back(room, carim, [item(number) for number in (1, 2, 3)])
    send_the_report(room, carim, box)
