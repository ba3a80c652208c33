"""People of the desk at a browser."""

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.browser import DESK

heard: list[str] = []
"""What a browser found wrong with the pages of the test that runs.

It fails the test at its end (`conftest.pages_without_a_fault`): an event that raises cuts the line to the browser.
"""


def of(
    browser: Browser,
    desk: TestDesk,
    address: str,
    name: str,
    size: ViewportSize = DESK,
    *,
    refused: int = 422,
    touch: bool = False,
    scripts: bool = True,
) -> BrowserContext:
    """The browser of somebody who signed in; a script that fails or a policy that is broken fails the test.

    What is `refused` with this status is no fault of the page; a browser notes it all the same.
    """
    context = browser.new_context(
        base_url=address, viewport=size, has_touch=touch, is_mobile=touch, java_script_enabled=scripts
    )
    cookie = desk.signed_in(name).get_cookie("desk", path="/desk")
    assert cookie is not None
    context.add_cookies([{"name": "desk", "value": cookie.value, "url": f"{address}/desk"}])
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("console", lambda message: heard.append(message.text) if _is_fault(message, refused) else None)
    return context


def editor(context: BrowserContext) -> Page:
    """The page on which the item is translated into Kyrgyz, when its scripts are there."""
    page = context.new_page()
    page.goto(f"/desk/{FOLDER}/ky/translate")
    expect(page.locator("form[data-ready]")).to_be_attached()
    return page


def _is_fault(message: ConsoleMessage, refused: int) -> bool:
    return message.type == "error" and f"status of {refused}" not in message.text
