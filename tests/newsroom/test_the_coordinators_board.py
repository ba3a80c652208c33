"""A coordinator's day at the board: what is late, who does what, what goes live, what is taken back, and the week."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.config import Settings
from app.domain.documents import DocumentName
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.services import assignments
from app.services.texts import find_document
from app.worker.workplace import Workplace
from tests.newsroom.room import Newsroom
from tests.newsroom.test_when_it_goes_live import press
from tests.sample import environment_of
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser

KY = Tag("ky")
FACTS = 'date = 2026-11-{day:02}T10:00:00+05:00\nsource = "en"\n'
TEXT = "---\ntitle: {title}\nslug: {slug}\nstatus: {status}\n---\n\n{body}\n"
COUNT = 9
"""Items: Kyrgyz is approved of three, and missing of six."""


def imported(room: Newsroom) -> list[DocumentName]:
    """News that came in by the tree, with Kyrgyz approved of some and missing of the others."""
    names = [DocumentName.parse(f"news/2026-11-{number:02}-board") for number in range(1, COUNT + 1)]
    for number, name in enumerate(names, 1):
        folder = room.site.root / "content/news" / name.name
        folder.mkdir()
        texts = {"item.toml": FACTS.format(day=number)}
        slug, status = f"board-{number}", "published"
        texts["en.md"] = TEXT.format(title=f"Board {number}", slug=slug, status=status, body="The board meets.")
        if number <= 3:
            texts["ky.md"] = TEXT.format(
                title=f"Кеңеш {number}", slug=f"kenesh-{number}", status="approved", body="Кеңеш чогулат."
            )
        for file, text in texts.items():
            (folder / file).write_text(text)
    return names


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
    expect(page.locator("#acts")).not_to_be_visible()
    expect(page.locator("a.act").first).to_be_focused()


def test_a_coordinator_finds_what_is_late_gives_texts_out_sees_one_come_back_publishes_and_reports(
    room: Newsroom,
) -> None:
    carim = room.pages["carim"]
    kanat = room.invite("kanat", "Kanat Kyrgyz", "translator:ky")
    names = imported(room)
    late, *others = names[3:]

    def is_there() -> bool:
        carim.goto("/desk/board?words=board&view=list&language=ky&status=approved")
        return carim.locator("tr input.pick").count() == 3

    room.site.eventually(is_there, "what was saved in the tree never came in")
    asked_long_ago(room, late, "kanat")

    carim.goto("/desk/")
    carim.get_by_role("link", name="Board", exact=True).click()  # the first press
    carim.locator("th[data-sums=ky] a.late").click()  # the second
    expect(carim.locator("#board")).to_contain_text("Board 4")
    expect(carim.locator("#board .until.late")).to_contain_text("late 02.11")
    assert axe_finds(carim) == []

    carim.goto("/desk/board?view=list&language=ky&status=missing&words=board")
    work_by_keys(carim)
    tick(carim, others)
    carim.locator("#person").select_option("kanat")
    due = datetime.now(ZoneInfo("Asia/Almaty")) + timedelta(days=3)
    carim.locator("#assign_due").fill(f"{due:%Y-%m-%dT18:00}")
    carim.locator("button[value=assign]").click()
    assert axe_finds(carim) == []
    carim.get_by_role("button", name="Assign what is ticked").click()
    expect(carim.locator("table.bulk tbody tr")).to_have_count(5)
    kanat.goto("/desk/")
    expect(kanat.locator("#assigned .count")).to_have_text("6")

    carim.goto("/desk/board?view=list&language=ky&words=board")
    row = carim.locator("tr", has=carim.locator(f"input.pick[value='{late}@{KY}']"))
    expect(row).to_contain_text("missing")
    carim.locator(f"input.pick[value='{others[0]}@{KY}']").check()
    kanat.goto(f"/desk/{late}/ky/translate")
    for number, words in enumerate(("Кеңеш 4", "kenesh-4", "Кеңеш чогулат.")):
        kanat.locator("textarea[data-form]").nth(number).fill(words)
    kanat.locator(".buttons.save button.first").click()
    expect(kanat.locator(".said.done").first).to_be_visible()
    kanat.goto(f"/desk/{late}/ky/")
    press(kanat, "submit")
    expect(row).to_contain_text("in review", timeout=10_000)  # nobody has loaded the page again
    expect(carim.locator(f"input.pick[value='{others[0]}@{KY}']")).to_be_checked()

    carim.goto("/desk/board?view=list&language=ky&status=approved&words=board")
    tick(carim, names[:3])
    carim.locator("button[value=publish]").click()
    carim.get_by_role("button", name="Publish what is ticked").click()
    expect(carim.locator("table.bulk tbody tr")).to_have_count(3)
    reader = room.browser(locale="ky")
    live = [f"/ky/news/kenesh-{number}" for number in (1, 2, 3)]

    def seen() -> list[bool]:
        return ["Кеңеш чогулат." in reader.request.get(path).text() for path in live]

    assert seen() == [True, True, True]
    carim.locator("table.bulk tbody tr", has_text="Кеңеш 2").locator("input[name=item]").check()
    carim.get_by_role("button", name="Undo what is ticked").click()
    expect(carim.locator("table.bulk tr.undone")).to_have_count(1)
    assert seen() == [True, False, True], "who follows the address reads the original instead"

    year, week, _ = datetime.now(ZoneInfo("Asia/Almaty")).isocalendar()
    carim.goto(f"/desk/report/?week={year}-W{week:02}")
    expect(carim.locator("main")).to_contain_text("Кеңеш 1")
    carim.get_by_role("link", name="The week before").click()
    carim.get_by_text("Send this report by mail").click()
    carim.get_by_label("Carim Coordinator").check()
    carim.get_by_role("button", name="Send", exact=True).click()
    expect(carim.locator(".said[role=status]")).to_contain_text("The report waits")  # this site has no mail server
