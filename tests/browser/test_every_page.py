"""Each kind of page in each language: on the narrowest phone, on a desk, in light and in the dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.site import ITEM, LOCALES, NOWHERE, ONE_LANGUAGE, WAYS, translated
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser

SCREENS = [(locale, "light", 320) for locale in LOCALES] + [(locale, "dark", 320) for locale in ("ky", "uz")]
"""Colours are the same in every language, words are not: in the dark one of each script is enough."""


TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input")]
  .filter((one) => one.checkVisibility() && !one.closest(IN_A_SENTENCE) && !one.querySelector("img"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 0 && Math.min(width, height) < 43.5)
  .map(([words, { width, height }]) => `${words}: ${width} x ${height}`)""".replace(
    "IN_A_SENTENCE", '".skip, .body, .notice, figcaption, .elsewhere, .advice"'
)


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_is_touched_has_room_for_a_finger(visitor: Visitor, locale: str) -> None:
    """44 px each way, but for links that stand in a sentence (WCAG 2.2, 2.5.8, lets those be as their line is)."""
    page = visitor(has_touch=True, is_mobile=True).new_page()
    item = translated(page, ITEM, locale)
    ways = [f"/{locale}/{way}" for way in WAYS]
    for path in (f"/{locale}/", f"/{locale}/news/", item, *ways, f"/{locale}/search?q=2026", f"/{locale}/{NOWHERE}"):
        page.goto(path)
        assert page.evaluate(TARGETS) == [], path


@pytest.mark.parametrize(("locale", "scheme", "width"), [*SCREENS, ("kk", "light", 1440), ("tg", "dark", 1440)])
def test_each_kind_of_page_in_each_language_is_accessible_and_fits_the_screen(
    visitor: Visitor, locale: str, scheme: str, width: int
) -> None:
    page = visitor(color_scheme=scheme, viewport={"width": width, "height": 640}).new_page()
    kinds = [translated(page, path, locale) for path in (ITEM, ONE_LANGUAGE, "/en/contacts")]
    found_and_not = (f"/{locale}/search?q=CARICC+Алматы", f"/{locale}/search?q=nothing", f"/{locale}/search?q=2026")
    # On a phone in the dark only colours differ, and on a desk these pages are looked at in the dark as well.
    ways = [] if (scheme, width) == ("dark", 320) else [f"/{locale}/{way}" for way in WAYS]
    for path in (f"/{locale}/", f"/{locale}/news/", *kinds, *found_and_not, *ways, f"/{locale}/{NOWHERE}"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", locale)
        assert axe_finds(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
