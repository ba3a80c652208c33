"""How a text goes live other than by one press: at its time, and by a standing order."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.newsroom.room import Newsroom

pytestmark = pytest.mark.browser


def write(room: Newsroom, title: str, body: str = "Words of the text.") -> str:
    """Have the author write an item and hand it in, and another approve it; give its address at the desk."""
    page = room.pages["aigul"]
    page.goto("/desk/new")
    page.locator("#title").fill(title)
    page.locator("#locale").select_option("en")
    page.get_by_role("button", name="Begin").click()
    page.locator("#body").fill(body)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".said.done").first).to_be_visible()
    address = re.sub(r"en/edit.*$", "", page.url.removeprefix(room.site.address))
    page.goto(f"{address}en/")
    press(page, "submit")
    return address


def press(page: Page, action: str) -> None:
    page.locator(f"button[value={action}]").click()
    expect(page.locator(".said.done").first).to_be_visible()


def approve(room: Newsroom, name: str, address: str, locale: str) -> None:
    room.pages[name].goto(f"{address}{locale}/")
    press(room.pages[name], "approve")


def translate(room: Newsroom, name: str, address: str, locale: str, *words: str) -> None:
    """Have somebody translate title and address of an item, and the rest somehow, and hand it in."""
    page = room.pages[name]
    page.goto(f"{address}{locale}/translate")
    for number, typed in enumerate(words):
        page.locator("textarea[data-form]").nth(number).fill(typed)
    for segment in page.locator("textarea[data-form]").all()[len(words) :]:
        segment.fill(f"Words in {locale}.")
    page.locator(".buttons.save button.first").click()
    expect(page.locator(".said.done").first).to_be_visible()
    page.goto(f"{address}{locale}/")
    press(page, "submit")


def test_what_is_scheduled_goes_live_at_its_time_and_not_before(room: Newsroom) -> None:
    address = write(room, "Embargoed news of a meeting")
    approve(room, "elena", address, "en")
    page = room.pages["carim"]
    page.goto(f"{address}en/")
    due = (datetime.now(ZoneInfo("Asia/Almaty")) + timedelta(seconds=70)).replace(second=0, microsecond=0)
    page.locator("#due").fill(f"{due:%Y-%m-%dT%H:%M}")
    press(page, "schedule")
    reader = room.browser(locale="en")
    answer = reader.request.get("/en/news/embargoed-news-of-a-meeting")
    assert answer.status == 404 or datetime.now(due.tzinfo) >= due

    def is_live() -> bool:
        return reader.request.get("/en/news/embargoed-news-of-a-meeting").status == 200

    room.site.eventually(is_live, "it never went live")
    assert datetime.now(due.tzinfo) >= due


def test_a_first_group_goes_out_together_and_the_rest_as_it_comes(room: Newsroom) -> None:
    address = write(room, "A release in two steps")
    carim = room.pages["carim"]
    carim.goto(address)
    carim.locator("#order summary").click()
    carim.locator("input[name=policy][value='group first']").check()
    for locale in ("en", "ru"):
        carim.locator(f"input[name=together][value={locale}]").check()
    carim.get_by_role("button", name="Give this order").click()
    expect(carim.locator(".said.done").first).to_be_visible()

    reader = room.browser(locale="en")
    approve(room, "elena", address, "en")
    assert reader.request.get("/en/news/a-release-in-two-steps").status == 404, "Russian is not ready"
    translate(room, "kamila", address, "kk", "Екі қадам", "eki-qadam")
    approve(room, "elena", address, "kk")
    assert reader.request.get("/kk/news/eki-qadam").status == 404, "the first group is not out"
    translate(room, "timur", address, "ru", "Публикация в два шага", "publikaciya-v-dva-shaga")
    carim.goto(f"{address}ru/")
    press(carim, "approve")

    def are_live() -> bool:
        paths = ("/en/news/a-release-in-two-steps", "/ru/news/publikaciya-v-dva-shaga", "/kk/news/eki-qadam")
        return all(reader.request.get(path).status == 200 for path in paths)

    room.site.eventually(are_live, "they never went live")
