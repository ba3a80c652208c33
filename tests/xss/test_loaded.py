"""A thousand hostile texts in each place, as a browser loads the pages: nothing runs, nothing tries to."""

import json
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.browser import chromium, served
from tests.web.fakes import KK, FakeReader, filled, item
from tests.xss.conftest import Shown
from tests.xss.judge import parsed
from tests.xss.payloads import COUNT
from tests.xss.site import ITEM, PAGES, occupied
from tests.xss.test_parsed import BATCH, BATCHES, CARELESS, HARMLESS, HOSTILE, PARTS, careless

pytestmark = pytest.mark.browser

BUNDLES = [HOSTILE[start : start + 10 * BATCH] for start in range(0, COUNT, 10 * BATCH)]
"""A browser takes longer over a page than over the texts on it, and each text has places of its own on each page."""

WATCH = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => broken.push(`${event.violatedDirective} ${event.sample}`));
"""
"""An init script: a text that got so far that only the policy stopped it is a fault too."""

FOUND = """() => [
  ...broken,
  ..."hacked" in window ? ["it ran"] : [],
  ...[...document.querySelectorAll("a[href], area[href]")].map((link) => link.protocol)
    .filter((protocol) => !["http:", "https:", "mailto:", "tel:"].includes(protocol)),
]"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


class Watched:
    """A browser's page that notes whatever a text makes it do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.noticed: list[str] = []
        self._address = address
        context.add_init_script(WATCH)
        context.on("dialog", self._dialog)
        context.on("request", lambda request: self._asked(request.url))
        context.on("weberror", lambda wrong: self.noticed.append(str(wrong.error)))
        self.page: Page = context.new_page()
        tools = context.new_cdp_session(self.page)
        tools.send("Network.enable")
        tools.send("Network.setBlockedURLs", {"urls": ["*/media/*"]})  # these photos are in no store
        context.on("page", lambda page: self.noticed.append(f"a window: {page.url}"))

    def _dialog(self, dialog: object) -> None:
        self.noticed.append("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]  # Playwright's Dialog

    def _asked(self, url: str) -> None:
        if not url.startswith(self._address):
            self.noticed.append(url)

    def look(self, path: str) -> list[str]:
        """Load a page and use what of it a script fills with texts; return what was noticed."""
        self.page.goto(path)
        self.noticed += self.page.evaluate(FOUND)
        if path == ITEM and not self.noticed:
            self.page.locator("[data-photo]").first.click()
            self.page.keyboard.press("ArrowRight")
            self.noticed += self.page.evaluate(FOUND)
        return self.noticed


@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_runs_in_a_browser_wherever_it_stands(browser: Browser, app: Flask, shown: Shown, part: int) -> None:
    with served(app) as address, browser.new_context(base_url=address) as context:
        watched = Watched(context, address)
        for batch in BUNDLES[part::PARTS]:
            shown(occupied(batch))
            for path in PAGES:
                assert watched.look(path) == [], (path, batch)


def test_a_browser_notices_a_template_that_forgets_to_escape(browser: Browser, app: Flask, shown: Shown) -> None:
    """Each mistake is noticed on the first page that has it, and there not before a text makes use of it."""
    loader = app.jinja_env.loader
    harmless, hostile = occupied(HARMLESS[:3]), occupied(["'><img src=x onerror=alert(1)>"] * 3)
    with served(app) as address, browser.new_context(base_url=address) as context:
        watched = Watched(context, address)
        for mistake in CARELESS:
            app.jinja_env.loader = loader
            careless(app, *mistake)
            shown(hostile)
            path = next((path for path in PAGES if watched.look(path)), None)
            assert path, mistake
            watched.noticed.clear()
            shown(harmless)
            assert watched.look(path) == [], mistake


def data_in(page: Page) -> dict[str, object]:
    """Return what a browser finds in the page's one block of data."""
    (block,) = page.locator("script[type='application/ld+json']").all()
    found: dict[str, object] = block.evaluate("(block) => JSON.parse(block.textContent)")
    return found


def written_in(page: str) -> object:
    (block,) = (one for one in parsed(page).iter("script") if one.get("type") == "application/ld+json")
    return json.loads(block.text or "")


def told(batch: Sequence[str]) -> FakeReader:
    reader, whole = filled(), " ".join(batch)
    page = item(KK, slug="item", title=whole, summary=whole, pictures=())
    reader.items = {(KK, "item"): page}
    return reader


@pytest.mark.parametrize("part", range(PARTS))
def test_data_for_search_engines_is_the_same_in_a_browser_and_breaks_no_policy(
    browser: Browser, app: Flask, shown: Shown, part: int
) -> None:
    with served(app) as address, browser.new_context(base_url=address) as context:
        watched = Watched(context, address)
        context.on("console", lambda said: watched.noticed.append(said.text))
        for batch in BATCHES[part::PARTS]:
            client = shown(told(batch))
            answer = watched.page.goto(ITEM)
            assert answer is not None
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            data = data_in(watched.page)
            assert data == written_in(client.get(ITEM, base_url=address).get_data(as_text=True))
            assert data["headline"] == " ".join(batch)
            assert watched.page.evaluate(FOUND) + watched.noticed == []


def test_a_browser_notices_a_script_in_the_place_of_data(browser: Browser, app: Flask, shown: Shown) -> None:
    careless(app, "reader/head_item.html", ' type="application/ld+json"', "")
    with served(app) as address, browser.new_context(base_url=address) as context:
        watched = Watched(context, address)
        shown(told(HARMLESS))
        assert watched.look(ITEM) != []
