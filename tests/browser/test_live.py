"""Who saves a file of the tree sees it on the running site; a file that cannot be used takes no page down."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

KAZAKH = "translations/kk/LC_MESSAGES/messages.po"
ROADS = "2025-12-09-mountain-roads"


def reloaded(page: Page, selector: str, words: str) -> Callable[[], bool]:
    """Tell, each time after a reload, whether these words are there."""

    def shows() -> bool:
        page.reload()
        return words in page.locator(selector).first.inner_text()

    return shows


def test_a_translators_word_is_on_the_page_and_a_broken_catalogue_leaves_it_up(page: Page, site: Site) -> None:
    page.goto("/kk/")
    site.replace(KAZAKH, 'msgid "News"\nmsgstr "Жаңалықтар"', 'msgid "News"\nmsgstr "Соңғы хабарлар"')
    site.eventually(reloaded(page, ".menu", "Соңғы хабарлар"), "the menu does not change")

    site.replace(KAZAKH, 'msgid "News"\nmsgstr "Соңғы хабарлар"', 'msgid "News"\nmsgstr "Соңғы')
    site.eventually(lambda: f"{KAZAKH}:" in site.log.read_text(), "nobody is told of the broken file")
    page.reload()
    expect(page.locator(".menu")).to_contain_text("Соңғы хабарлар")


def test_a_mended_text_is_on_the_page(page: Page, site: Site) -> None:
    page.goto("/en/news/on-mountain-roads-in-winter")
    site.replace(
        f"content/news/{ROADS}/en.md", "title: On mountain roads in winter", "title: On mountain roads in snow"
    )
    site.eventually(reloaded(page, "h1", "On mountain roads in snow"), "the title does not change")


def test_a_folder_that_is_dropped_in_is_on_the_list(page: Page, site: Site) -> None:
    folder = site.root / "content/news/2026-07-01-dropped"
    folder.mkdir()
    (folder / "item.toml").write_text('date = 2026-07-01T10:00:00+05:00\nsource = "en"\n')
    (folder / "en.md").write_text("---\ntitle: Dropped in\nstatus: published\n---\n\nA folder was dropped in.\n")
    page.goto("/en/news/")
    site.eventually(reloaded(page, "main", "Dropped in"), "the list lacks the new item")
