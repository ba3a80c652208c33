"""A translator splits, joins and moves paragraphs by keyboard alone, and takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.browser import chromium, served

pytestmark = pytest.mark.browser

EN = article("Opening", "The centre opens. All are invited.", "It rains.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат. Баары чакырылат.", "Жаан жаап турат.", slug="achylysh", status="draft")


@pytest.fixture
def page(tmp_path: Path, sqlite_template: str) -> Iterator[Page]:
    desk = TestDesk(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    desk.place.item(en=EN, ky=KY)
    desk.place.sync()
    cookie = desk.signed_in("kanat").get_cookie("desk", path="/desk")
    assert cookie is not None
    with served(desk.readers) as address, chromium() as browser:
        context = browser.new_context(base_url=address)
        context.add_cookies([{"name": "desk", "value": cookie.value, "url": f"{address}/desk"}])
        context.on("weberror", lambda error: pytest.fail(str(error.error)))
        page = context.new_page()
        page.goto(f"/desk/{FOLDER}/ky/translate")
        expect(page.locator("form[data-ready]")).to_be_attached()
        yield page
        context.close()
    desk.place.database.dispose()


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
