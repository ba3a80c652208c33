"""Views of an item are counted once a day for each visitor, whichever process of the server they meet."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.site import AGENT, Site

pytestmark = pytest.mark.browser

COUNTED = "/en/news/students-look-behind-the-doors-of-the-centre"  # no other test here opens it


def test_a_view_counts_once_a_day_and_a_reload_does_not(visitor: Visitor, site: Site) -> None:
    first, second = (
        visitor().new_page(),
        visitor(user_agent=AGENT.replace("X11; Linux", "X11; Ubuntu; Linux")).new_page(),
    )

    def told(page: Page, visitors: int) -> bool:
        page.reload()
        expect(page.locator(".views")).not_to_be_empty()
        views = int(page.locator(".views").inner_text().split()[0])
        assert views <= visitors, "a reload is counted"
        return views == visitors

    first.goto(COUNTED)
    expect(first.locator(".views")).to_have_text("1 view")
    # Each process of the server keeps its newest views to itself for a moment.
    site.eventually(partial(told, first, 1), "the first visitor is not counted")
    second.goto(COUNTED)
    for page in (first, second, second):
        site.eventually(partial(told, page, 2), "a second visitor is not counted")
