"""A translator goes on leave: who stands in has what is due meanwhile, and gives back what was not begun."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.newsroom.room import Newsroom
from tests.newsroom.test_when_it_goes_live import approve, press, write
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser


def waiting(page: Page, address: str) -> int:
    """How often a text waits on somebody's own page."""
    page.goto("/desk/")
    return page.locator(f".waiting a[href='{address}tg/']").count()


def publish(room: Newsroom, title: str) -> str:
    address = write(room, title)
    approve(room, "elena", address, "en")
    room.pages["carim"].goto(f"{address}en/")
    press(room.pages["carim"], "publish")
    return address


def test_a_translator_with_a_substitute_goes_on_leave_and_comes_back(room: Newsroom) -> None:
    begimai = room.invite("begimai", "Begimai Tajik", "translator:tg")
    aibek = room.invite("aibek", "Aibek Tajik", "translator:tg")
    carim = room.pages["carim"]
    carim.goto("/desk/teams")
    carim.get_by_text("Add a rule").click()
    carim.locator("#rule-locale").select_option("tg")
    carim.locator("#rule-person").select_option("begimai")
    carim.get_by_role("button", name="Add the rule").click()
    expect(carim.locator(".said.done")).to_be_visible()
    first = publish(room, "News before the leave")
    assert (waiting(begimai, first), waiting(aibek, first)) == (1, 0), "asked of her by the rule"
    expect(begimai.locator("#assigned")).to_be_visible()

    today = datetime.now(ZoneInfo("Asia/Almaty")).date()
    begimai.get_by_role("link", name="Say when you are away").click()
    begimai.locator("#last").fill(str(today + timedelta(days=14)))
    begimai.locator("#substitute").select_option("aibek")
    assert axe_finds(begimai) == []
    begimai.get_by_role("button", name="Note it").click()
    expect(begimai.locator(".said.done")).to_contain_text("handed over")
    assert (waiting(begimai, first), waiting(aibek, first)) == (0, 1)
    aibek.goto("/desk/notices/")
    expect(aibek.locator("main")).to_contain_text("You stand in for Begimai Tajik at “News before the leave”")

    second = publish(room, "News during the leave")
    assert (waiting(begimai, second), waiting(aibek, second)) == (0, 1), "rules know that she is away"

    begimai.goto("/desk/away")
    begimai.get_by_role("button", name="There again from now on").click()
    expect(begimai.locator(".said.done")).to_be_visible()
    assert (waiting(begimai, first), waiting(aibek, first)) == (1, 0), "what he had not begun came back"
    assert (waiting(begimai, second), waiting(aibek, second)) == (1, 0), "and so did what was asked of her meanwhile"
