"""Two versions of a message with plural forms, decided on before anything is sent: every field has its own form."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk import TestDesk
from tests.web.desk.at_the_editor import COUNTED, HEAD
from tests.web.desk.in_browser import of
from tests.web.desk.test_plural_collisions import AT
from tests.web.desk.test_plural_collisions import office as one_message

pytestmark = pytest.mark.browser

TYPED = ("%(n)s сутка", "%(n)s суткалар")


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    one_message(small_desk.place)
    return small_desk


@pytest.fixture
def page(browser: Browser, desk: TestDesk, address: str) -> Iterator[Page]:
    """Kanat has typed both forms, and somebody else has saved others meanwhile."""
    place, context = desk.place, of(browser, desk, address, "kanat")
    page = context.new_page()
    page.goto(f"{AT}/translate")
    expect(page.locator("form[data-ready]")).to_be_attached()
    place.write("translations/ky/LC_MESSAGES/counted.po", HEAD + COUNTED.format("%(n)s кеч", "%(n)s кечтер"))
    place.sync()
    for form, words in enumerate(TYPED):
        page.locator("textarea[data-form]").nth(form).fill(words)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("button", "forms"),
    [
        ("Take this version", ("%(n)s кеч", "%(n)s кечтер")),
        ("Take both", ("%(n)s сутка / %(n)s кеч", "%(n)s суткалар / %(n)s кечтер")),
        ("Keep mine", TYPED),
    ],
)
def test_each_plural_form_becomes_what_was_pressed_and_nothing_that_was_typed_meanwhile_is_taken_back(
    page: Page, button: str, forms: tuple[str, ...]
) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.locator(".collision")).to_have_count(0)
    for form, words in enumerate(forms):
        expect(page.locator("textarea[data-form]").nth(form)).to_have_value(words)
    page.keyboard.press("Control+s")
    expect(page.locator(".save .state")).to_have_attribute("data-state", "saved")
    for form, words in enumerate(forms):
        expect(page.locator("textarea[data-form]").nth(form)).to_have_value(words)
