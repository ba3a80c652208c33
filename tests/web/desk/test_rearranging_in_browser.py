"""A translator splits, joins and moves paragraphs by keyboard alone, and takes it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk import TestDesk
from tests.trees import article
from tests.web.browser import axe_finds
from tests.web.desk.in_browser import editor, of

pytestmark = pytest.mark.browser

EN = article("Opening", "The centre opens. All are invited.", "It rains.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат. Баары чакырылат.", "Жаан жаап турат.", slug="achylysh", status="draft")


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(en=EN, ky=KY)
    small_desk.place.sync()
    return small_desk


@pytest.fixture
def page(browser: Browser, desk: TestDesk, address: str) -> Iterator[Page]:
    context = of(browser, desk, address, "kanat", refused=409)
    yield editor(context)
    context.close()


def texts(page: Page, *wanted: str) -> None:
    """Expect these paragraphs, in this order."""
    fields = page.locator(".segment:not([data-key=title]):not([data-key=slug]) textarea[data-form]")
    expect(fields).to_have_count(len(wanted))
    for place, words in enumerate(wanted):
        expect(fields.nth(place)).to_have_value(words)


def press(page: Page, key: str, deed: str) -> None:
    expect(page.locator(f".segment.front [data-rearrange={deed}]")).to_be_visible()
    page.keyboard.press(key)


def test_paragraphs_are_split_joined_and_moved_by_keys_and_taken_back(page: Page) -> None:
    first = page.locator("textarea[data-form]", has_text="Борбор")
    first.focus()
    page.keyboard.press("Control+Home")
    for _ in "Борбор ачылат.":
        page.keyboard.press("ArrowRight")
    press(page, "Alt+Enter", "divide")
    texts(page, "Борбор ачылат.", "Баары чакырылат.", "Жаан жаап турат.")
    expect(page.locator("[data-state]")).to_contain_text("Split: both parts render the same source.")
    expect(page.locator("textarea:focus")).to_have_value("Баары чакырылат.")
    expect(page.locator(".segment.front [data-rearrange=back]")).to_be_visible()
    assert axe_finds(page) == []
    press(page, "Alt+Shift+ArrowDown", "down")
    texts(page, "Борбор ачылат.", "Жаан жаап турат.", "Баары чакырылат.")
    press(page, "Alt+KeyZ", "back")
    texts(page, "Борбор ачылат.", "Баары чакырылат.", "Жаан жаап турат.")
    page.keyboard.type("Андан кийин ")
    press(page, "Alt+KeyJ", "join")
    texts(page, "Борбор ачылат.", "Андан кийин Баары чакырылат. Жаан жаап турат.")
    press(page, "Alt+Shift+ArrowUp", "up")
    press(page, "Alt+Shift+ArrowUp", "up")
    expect(page.locator("[data-state]")).to_contain_text("There is nothing in that direction")
