"""Each kind of page in each language: on the narrowest phone, and for eyes that need the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.site import LOCALES, NOWHERE, translated

pytestmark = pytest.mark.browser

ITEM = "/en/news/caricc-and-sco-secretariat-sign-memorandum"
ONE_LANGUAGE = "/en/news/how-we-read-our-own-numbers"


@pytest.mark.parametrize("locale", LOCALES)
def test_each_kind_of_page_is_accessible_in_the_dark_and_fits_the_narrowest_phone(
    visitor: Visitor, locale: str
) -> None:
    page = visitor(color_scheme="dark", viewport={"width": 320, "height": 640}).new_page()
    kinds = [translated(page, path, locale) for path in (ITEM, ONE_LANGUAGE, "/en/contacts")]
    for path in (f"/{locale}/news/", *kinds, f"/{locale}/{NOWHERE}"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", locale)
        found = Axe().run(page).response["violations"]
        assert [(path, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
