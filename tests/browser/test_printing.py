"""What comes out of a printer: ink on white paper whatever the screen looks like, and the item alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.site import ITEM, LOCALES, translated

pytestmark = pytest.mark.browser

READ = (
    "h1, .notice, .notice a, .facts, .tags, .item figcaption, .body, .body strong, .gallery h2, .name strong, .imprint"
)
ON_SCREEN_ALONE = (
    ".line, .flags, .menu, .lately, .ago, .share, .back, .foot-links, .related, .beside, .ways, .viewer, .skip"
)
LIGHTEST = 0x33  # on white 12 : 1
DARKNESS = """(parts) => [...document.querySelectorAll(parts)].map((part) =>
  [part.tagName + "." + part.className, getComputedStyle(part).color])"""


def printed(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")


@pytest.mark.parametrize(("system", "chosen"), [("dark", None), ("dark", "dark"), ("light", "dark"), ("light", None)])
def test_print_is_dark_on_white_in_every_appearance(visitor: Visitor, system: str, chosen: str | None) -> None:
    page = visitor(color_scheme=system).new_page()
    page.goto(ITEM)
    if chosen:
        page.locator(f"[data-theme-choice={chosen}]").click()
    printed(page, translated(page, ITEM, "kk"))
    colours = page.evaluate(DARKNESS, READ)
    pale = [(part, colour) for part, colour in colours if max(map(int, re.findall(r"\d+", colour))) > LIGHTEST]
    assert len(colours) >= 15
    assert pale == []
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("html")).to_have_css("color-scheme", "light only")


def test_what_is_for_the_screen_is_not_printed_and_the_address_is(page: Page) -> None:
    printed(page, ITEM)
    expect(page.locator(ON_SCREEN_ALONE).locator("visible=true")).to_have_count(0)
    expect(page.locator(".printed")).to_contain_text(ITEM)


@pytest.mark.parametrize("width", [390, 794, 1440])
def test_an_item_is_printed_in_one_column_of_one_size(visitor: Visitor, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 900}).new_page()
    printed(page, ITEM)
    parts = page.locator(".item > .body").evaluate_all(
        "(all) => all.map((one) => [one.clientWidth, getComputedStyle(one).fontSize, getComputedStyle(one).lineHeight])"
    )
    assert len(parts) == 2, "what happened stands before the photo, the rest after it"
    assert parts[0] == parts[1]


@pytest.mark.parametrize("locale", LOCALES)
def test_an_item_with_four_photos_takes_two_sheets(page: Page, locale: str) -> None:
    page.goto(translated(page, ITEM, locale))
    expect(page.locator("[data-photo]")).to_have_count(4)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) == 2
