"""What people do in the editor of an item of the sample, by the words that stand on its page."""

from playwright.sync_api import Locator, Page, expect

ITEM = "/desk/news/2026-05-14-dog-handlers"


def editor(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("form[data-ready]")).to_be_attached()


def segment(page: Page, key: str) -> Locator:
    return page.locator(f".segment[data-key='{key}']")


def field(page: Page, key: str) -> Locator:
    return segment(page, key).locator("textarea[data-form]").first


def state(page: Page, name: str) -> None:
    expect(page.locator("[data-state]")).to_have_attribute("data-state", name)


def type_at_the_end(page: Page, key: str, words: str) -> None:
    field(page, key).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def leave_without_a_line(window: Page) -> None:
    """Close a window: what is sent on leaving goes by this driver's cut of the line, and must not here."""
    window.evaluate("navigator.sendBeacon = () => false")
    window.close()
