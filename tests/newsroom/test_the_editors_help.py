"""What the editor helps with, as people meet it: checks, keys, and the forms in which a language counts."""

import re

import pytest
from playwright.sync_api import expect

from tests.newsroom.editing import ITEM, editor, field, segment, state, type_at_the_end
from tests.newsroom.room import Newsroom
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser


def test_what_a_check_found_is_mended_by_its_button_and_another_finding_is_dismissed_with_a_reason(
    room: Newsroom,
) -> None:
    page = room.pages["kamila"]
    editor(page, f"{ITEM}/kk/translate")
    type_at_the_end(page, "summary", "  Екі екі сөз")
    checks = segment(page, "summary").locator(".checks")
    mend = checks.locator("[data-mend]").first
    wanted = mend.get_attribute("data-mend")
    assert wanted is not None
    found = checks.locator("li").count()
    mend.click()
    expect(field(page, "summary")).to_have_value(wanted)
    state(page, "kept")
    expect(checks.locator("li")).to_have_count(found - 1)
    checks.locator("details.dismiss summary").first.click()
    assert axe_finds(page) == []
    checks.locator("details.dismiss input").first.fill("Дәл солай айтылады")
    checks.locator("details.dismiss button").first.click()
    expect(checks.locator(".dismissed .words").first).to_have_text("Дәл солай айтылады")
    page.keyboard.press("Control+s")
    state(page, "saved")
    editor(page, f"{ITEM}/kk/translate")
    field(page, "summary").click()
    expect(checks.locator(".dismissed .words").first).to_have_text("Дәл солай айтылады")


def test_a_translator_who_has_no_mouse_writes_mends_looks_up_the_keys_and_saves(room: Newsroom) -> None:
    page = room.pages["kamila"]
    editor(page, f"{ITEM}/kk/translate")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("textarea[data-form]:focus")).to_have_count(1)
    page.keyboard.press("Control+End")
    page.keyboard.type("  деп")
    expect(page.locator(".segment.front [data-mend]").first).to_be_visible()
    page.keyboard.press("Alt+KeyM")
    expect(page.locator("textarea[data-form]:focus")).to_have_value(re.compile(r"\S деп"))
    page.keyboard.press("Alt+Slash")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    assert axe_finds(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-keys]")).to_be_hidden()
    written = page.locator("textarea[data-form]:focus")
    key = written.evaluate("field => field.closest('[data-key]').dataset.key")
    page.keyboard.press("Alt+KeyR")
    page.keyboard.type("деп")
    expect(page.locator("[data-found] li").first).to_be_visible()
    assert axe_finds(page) == []
    page.keyboard.press("Tab")
    page.keyboard.type("дейді")
    page.keyboard.press("Enter")
    expect(field(page, key)).to_have_value(re.compile("дейді"))
    assert axe_finds(page) == []
    page.keyboard.press("Control+s")
    state(page, "saved")


RUSSIAN = {"one": "находка", "few": "находки", "many": "находок"}


def counted(number: int) -> str:
    """The form in which Russian counts."""
    if number % 10 == 1 and number % 100 != 11:
        return RUSSIAN["one"]
    return RUSSIAN["few" if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else "many"]


@pytest.mark.parametrize(
    ("who", "locale", "forms", "asked"),
    [
        ("timur", "ru", ["%(count)s находка", "%(count)s находки", "%(count)s находок"], "центр"),
        ("umida", "uz", ["%(count)s ta topilma", "%(count)s ta topilma"], "markaz"),
    ],
)
def test_a_message_is_translated_in_each_form_checked_handed_in_and_counts_right_for_readers(
    room: Newsroom, who: str, locale: str, forms: list[str], asked: str
) -> None:
    page, carim = room.invite(who, who.title(), f"translator:{locale}"), room.pages["carim"]
    editor(page, f"/desk/catalogue/messages/{locale}/translate?q=%2F%5E%25%5C%28count%5C%29s+results%3F%2F")
    message = page.locator(".segment", has=page.locator("textarea[data-form='1']")).first
    for number, words in enumerate(forms):
        message.locator(f"textarea[data-form='{number}']").fill(words.replace("count", "cuont") if number else words)
    expect(message.locator(".checks .error-level").first).to_be_visible()
    for number, words in enumerate(forms):
        message.locator(f"textarea[data-form='{number}']").fill(words)
    expect(message.locator(".checks .error-level")).to_have_count(0)
    page.keyboard.press("Control+s")
    state(page, "saved")
    text = f"/desk/catalogue/messages/{locale}/"
    for person, deed in ((page, "submit"), (carim, "approve"), (carim, "publish")):
        person.goto(text)
        person.locator(f"button[value={deed}]").click()
        expect(person.locator(".said.done").first).to_be_visible()
    reader = room.browser(locale="en")
    said = re.compile(r"(\d+) (наход\w+)" if locale == "ru" else r"(\d+) (ta topilma)")

    def is_counted() -> bool:
        found = said.search(reader.request.get(f"/{locale}/search?q={asked}").text())
        return found is not None and (locale != "ru" or found[2] == counted(int(found[1])))

    room.site.eventually(is_counted, "readers are not told how many there are")
