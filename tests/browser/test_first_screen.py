"""What a reader came for is on the first screen of a phone, and all of a page is small enough for a slow line."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Visitor
from tests.browser.site import ITEM, LOCALES, NOWHERE, WAYS, translated

pytestmark = pytest.mark.browser

PHONES = [(390, 844), (360, 640)]
HEAVIEST = 40_000  # bytes of HTML, styles and scripts, compressed
LINES = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".body p"));
  const lines = [...range.getClientRects()].map((part) => part.bottom);
  return [document.querySelector("h1").getBoundingClientRect().bottom, ...[...new Set(lines)].sort((a, b) => a - b)];
}"""
"""Where the title ends, and each line of the first paragraph."""


@pytest.mark.parametrize("screen", PHONES)
@pytest.mark.parametrize("locale", LOCALES)
def test_title_and_first_sentences_are_on_the_first_screen_of_a_phone(
    visitor: Visitor, locale: str, screen: tuple[int, int]
) -> None:
    width, height = screen
    page = visitor(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True).new_page()
    page.goto(translated(page, ITEM, locale))
    title, first, second, *_ = page.evaluate(LINES)
    assert 0 < title < first < second <= height


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_weighs_at_most_40_kilobytes_without_its_photos(visitor: Visitor, locale: str) -> None:
    page = visitor().new_page()
    kinds = [translated(page, path, locale) for path in (ITEM, "/en/contacts")]
    arrived: dict[str, Response] = {}
    page.on("response", lambda answer: arrived.update({answer.url: answer}))
    ways = [f"/{locale}/{way}" for way in WAYS]
    for path in (f"/{locale}/", f"/{locale}/news/", *kinds, *ways, f"/{locale}/{NOWHERE}"):
        arrived.clear()
        page.goto(path, wait_until="networkidle")
        parts = [
            answer
            for answer in arrived.values()
            if answer.request.resource_type in {"document", "stylesheet", "script"}
        ]
        assert len(parts) >= 10, path
        assert sum(len(gzip.compress(answer.body())) for answer in parts) <= HEAVIEST, path
