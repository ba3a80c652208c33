from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site import AGENT, Complaints, Site
from tests.processes import free_port
from tests.web.browser import chromium, chromium_or_skip

Visitor = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Site]:
    chromium_or_skip()
    with free_port() as port:
        site = Site(tmp_path_factory.mktemp("site"), port, sample)
        try:
            site.eventually(site.healthy, "it never became ready")
            yield site
        finally:
            site.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Give a fresh profile by Playwright's options; any complaint of the browser fails the test."""
    contexts: list[tuple[BrowserContext, Complaints]] = []

    def visitor(**options: object) -> BrowserContext:
        chosen = {"base_url": site.address, "user_agent": AGENT, "viewport": {"width": 390, "height": 844}} | options
        context = browser.new_context(**chosen)  # type: ignore[arg-type]  # Playwright's own names and values
        contexts.append((context, Complaints(context)))
        return context

    yield visitor
    for context, _ in contexts:
        context.close()
    assert [complaints.heard for _, complaints in contexts if complaints.heard] == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor().new_page()
