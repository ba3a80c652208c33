"""A machine's words arrive on an open page; those that somebody takes stay a machine's until they are touched."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.segments import Key, Origin, Tag
from app.services import sheets, working_copies
from app.worker.interpreter import Interpreter
from tests.desk import TestDesk
from tests.machines import machine
from tests.trees import FOLDER, ITEM, article
from tests.web.browser import axe_finds
from tests.web.desk.in_browser import of

pytestmark = pytest.mark.browser

AT = f"/desk/{FOLDER}/ky/translate"
KY = Tag("ky")


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    small_desk.place.sync()
    return small_desk


def origins(desk: TestDesk) -> dict[str, Origin]:
    with desk.place.database.read() as session:
        return {row.key: row.origin for row in sheets.sheet(session, ITEM, KY).rows if row.text}


def editor(page: Page) -> None:
    page.goto(AT)
    expect(page.locator("form[data-ready]")).to_be_attached()


def test_the_words_come_in_by_themselves_and_confirming_takes_the_mark_away(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    kanat = of(browser, desk, address, "kanat")
    page = kanat.new_page()
    with machine() as fake:
        there = desk.app.extensions["desk"]
        there.settings = replace(there.settings, machine=fake.service())
        editor(page)
        page.get_by_role("button", name="Translate what is missing by machine").click()
        expect(page.get_by_text("The machine was asked.").first).to_be_visible()
        expect(page.locator("form[data-ready]")).to_be_attached()
        assert axe_finds(page) == []
        assert Interpreter(desk.place.database, fake.service()).look() == 2
        title = page.locator(".segment[data-key=title]")
        expect(title.locator(".pill.machine")).to_be_visible(timeout=60_000)
        expect(title.locator("textarea[data-form]")).to_have_value("Мына Opening")
        expect(page.locator("[data-waits]")).to_have_count(0, timeout=60_000)
    title.locator("textarea[data-form]").click()
    title.get_by_label("It is right as it stands").check()
    page.keyboard.press("Control+s")
    expect(title.locator(".pill.machine")).to_have_count(0, timeout=60_000)
    assert origins(desk).pop("title") is Origin.HUMAN
    assert Origin.MACHINE in origins(desk).values()
    kanat.close()


def test_taken_words_of_a_machine_are_sent_as_such_also_after_a_reload_until_somebody_types(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    kanat = of(browser, desk, address, "kanat")
    page = kanat.new_page()
    editor(page)
    field = page.locator(".segment[data-key=title] textarea[data-form]")
    page.evaluate("""() => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: "take" });
      Object.assign(button.dataset, { take: "Ачылыш", origin: "machine" });
      document.querySelector(".segment[data-key=title]").append(button);
    }""")
    page.get_by_role("button", name="take", exact=True).click()
    expect(page.locator("[data-state=kept]")).to_be_visible(timeout=60_000)
    assert kept(desk) is Origin.MACHINE
    editor(page)
    expect(page.locator(".segment[data-key=title] .pill.machine")).to_be_visible()
    field.click()
    page.locator(".segment[data-key=title]").get_by_label("I am not sure of this").check()
    expect(page.locator("[data-state=kept]")).to_be_visible(timeout=60_000)
    assert kept(desk) is Origin.MACHINE
    field.press("End")
    page.keyboard.type("ы")
    for _ in range(300):  # until it has arrived
        if kept(desk) is None:
            break
        page.wait_for_timeout(100)
    assert kept(desk) is None
    kanat.close()


def kept(desk: TestDesk) -> Origin | None:
    with desk.place.database.read() as session:
        return working_copies.copies(session, ITEM, KY, "kanat")[Key("title")].typed.origin
