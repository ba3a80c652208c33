"""A save that somebody presses while the line is slow, down or wants another token is done as soon as it can be."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.desk import TestDesk
from tests.trees import article
from tests.web.desk.in_browser import editor, of

pytestmark = pytest.mark.browser

WHILE = 60_000
TITLE = ".segment[data-key=title] textarea[data-form]"


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(
        en=article("Opening", "The centre opens.", slug="opening"),
        ky=article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft"),
    )
    small_desk.place.sync()
    return small_desk


@pytest.fixture(params=[503])
def page(browser: Browser, desk: TestDesk, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = of(browser, desk, address, "kanat", refused=request.param)
    yield editor(context)
    context.close()


class Line:
    """The line by which words go to the server as they are typed, with a hand on it."""

    def __init__(self, page: Page) -> None:
        self._page, self._held = page, list[Route]()
        page.route("**/translate/typed", lambda route: self._held.append(route))  # noqa: PLW0108  # Playwright wants a function of Python

    def next(self) -> Route:
        """Return what the page sends next, once it has."""
        while not self._held:
            self._page.wait_for_timeout(20)
        return self._held.pop(0)

    def let_go(self) -> None:
        self._page.unroute("**/translate/typed")


def type_on(page: Page, words: str) -> None:
    page.locator(TITLE).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def state(page: Page, name: str) -> None:
    expect(page.locator("[data-state]")).to_have_attribute("data-state", name, timeout=WHILE)


def saved_as(page: Page, title: str) -> None:
    state(page, "saved")
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(TITLE)).to_have_value(title)
    assert again.locator("form.sheet-form").get_attribute("data-head") != "1"
    again.close()


def test_a_save_pressed_while_words_are_on_their_way_survives_a_line_that_breaks_and_is_back_at_once(
    page: Page,
) -> None:
    line = Line(page)
    type_on(page, " бүгүн")
    sent = line.next()
    page.keyboard.press("Control+s")
    page.evaluate("dispatchEvent(new Event('online'))")
    sent.fulfill(status=503)
    line.next().fulfill(status=503)
    line.next().continue_()
    line.let_go()
    saved_as(page, "Ачылыш бүгүн")


def test_a_save_pressed_while_words_are_on_their_way_is_not_forgotten_over_more_words(page: Page) -> None:
    line = Line(page)
    type_on(page, " бүгүн")
    sent = line.next()
    page.keyboard.press("Control+s")
    page.keyboard.type(" эле")
    sent.continue_()
    again = line.next()
    page.keyboard.type(" го")
    again.continue_()
    line.let_go()
    saved_as(page, "Ачылыш бүгүн эле го")


@pytest.mark.parametrize(("page", "status"), [(400, 400), (401, 401), (503, 503)], indirect=["page"])
def test_a_save_that_meets_an_old_token_a_sign_out_or_a_failing_server_is_done_once_that_is_over_each_time(
    page: Page, status: int
) -> None:
    title = "Ачылыш"
    for words in (" бүгүн", " эле"):
        type_on(page, words)
        state(page, "kept")
        page.route("**/translate/fold", lambda route: route.fulfill(status=status), times=1)
        page.keyboard.press("Control+s")
        if status == 401:
            expect(page.locator("dialog[data-again]")).to_be_visible()
            page.evaluate("dispatchEvent(new Event('focus'))")  # back from another window, and signed in
        saved_as(page, title := title + words)
