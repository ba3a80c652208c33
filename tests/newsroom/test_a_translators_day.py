"""A Kyrgyz translator's day by keyboard alone: the glossary's term, the memory's match with its number, a mend."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.newsroom.editing import editor, field, state
from tests.newsroom.room import Newsroom
from tests.newsroom.test_when_it_goes_live import approve, press, write

pytestmark = pytest.mark.browser

BODY = """Every sniffer dog was praised.

The SCO was founded in Shanghai in 2002 and has its Secretariat in Beijing. \
CARICC works in Almaty; its participants are \
Azerbaijan, Kazakhstan, Kyrgyzstan, Russia, Tajikistan, Turkmenistan and Uzbekistan."""


def tab_to(page: Page, selector: str) -> None:
    """Walk on with the tabulator until something has the focus; it has to be reached within a page's length."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def test_a_translator_does_an_article_with_a_match_a_term_and_a_mended_check_by_keyboard_alone(room: Newsroom) -> None:
    nazgul = room.invite("nazgul", "Nazgul Kyrgyz", "translator:ky", language="ky")
    room.invite("meerim", "Meerim Reviewer", "reviewer:ky", language="ky")
    nazgul.goto("/desk/glossary/?source=en&target=ky&add=1")
    nazgul.locator("#term").fill("sniffer dog")
    nazgul.locator("#translation").fill("изкубар")
    nazgul.locator("button[name=do][value=save]").click()
    address = write(room, "Praise for sniffer dogs", BODY)
    approve(room, "elena", address, "en")
    room.pages["carim"].goto(f"{address}en/")
    press(room.pages["carim"], "publish")

    editor(nazgul, f"{address}ky/translate")
    keys = nazgul.keyboard
    keys.press("Alt+ArrowDown")
    expect(field(nazgul, "title")).to_be_focused()
    keys.type("Изкубарларга мактоо")
    keys.press("Control+Enter")
    expect(field(nazgul, "slug")).to_be_focused()
    keys.type("izkubarlarga-maktoo")
    keys.press("Control+Enter")

    first, second = nazgul.locator(".segment").nth(-2), nazgul.locator(".segment").nth(-1)
    words = first.locator("textarea[data-form]")
    expect(words).to_be_focused()
    expect(first.locator(".terms")).to_contain_text("sniffer dog")
    keys.type("Ар бир ")
    keys.press("Alt+1")
    keys.type("  мактоо алды.")
    expect(words).to_have_value("Ар бир изкубар  мактоо алды.")
    expect(first.locator("[data-mend]")).to_be_visible()
    keys.press("Alt+m")
    expect(words).to_have_value("Ар бир изкубар мактоо алды.")
    keys.press("Control+Enter")
    expect(second.locator("textarea[data-form]")).to_be_focused()
    expect(second.locator(".matches .words").first).to_contain_text("2002")  # the memory knows it with 2001
    keys.press("Alt+1")
    expect(second.locator("textarea[data-form]")).to_have_value(re.compile("^ШКУ 2002-жылы Шанхайда"))
    keys.press("Control+Enter")
    keys.press("Control+s")
    state(nazgul, "saved")
    tab_to(nazgul, "[data-next]")
    keys.press("Enter")
    nazgul.wait_for_url(f"**{address}ky/#actions")
    tab_to(nazgul, "button[value=submit]")
    keys.press("Enter")
    expect(nazgul.locator(".said.done").first).to_be_visible()

    approve(room, "meerim", address, "ky")
    room.pages["carim"].goto(f"{address}ky/")
    press(room.pages["carim"], "publish")
    reader = room.browser(locale="ky")
    reader.goto("/ky/news/izkubarlarga-maktoo")
    expect(reader.locator("article")).to_contain_text("ШКУ 2002-жылы")
    expect(reader.locator("article")).to_contain_text("Ар бир изкубар мактоо алды.")
