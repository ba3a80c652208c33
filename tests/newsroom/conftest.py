from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.newsroom.room import Newsroom, without_a_second_factor
from tests.processes import free_port
from tests.web.browser import chromium, chromium_or_skip


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Site]:
    chromium_or_skip()
    with free_port() as port:
        site = Site(tmp_path_factory.mktemp("newsroom"), port, sample, prepare=without_a_second_factor)
        try:
            site.eventually(site.healthy, "it never became ready")
            yield site
        finally:
            site.stop()


@pytest.fixture(scope="package")
def room(site: Site, browser: Browser) -> Iterator[Newsroom]:
    """Six people who were invited by the administrator, and came in."""
    expect.set_options(timeout=60_000)  # a busy machine is no fault of ours
    room = Newsroom(site, browser)
    room.come_in("administrator", room.first_link(), full_name="Adil Administrator", email="adil@example.org")
    room.invite("aigul", "Aigul Author", "author")
    room.invite("kamila", "Kamila Kazakh", "translator:kk", language="kk")
    room.invite("rustam", "Rustam Reviewer", "reviewer:kk", "reviewer:en", language="ru")
    room.invite("elena", "Elena Editor", "reviewer:kk", "reviewer:en")
    room.invite("carim", "Carim Coordinator", "coordinator")
    room.invite("timur", "Timur Translator", "translator:ru", language="ru")
    yield room
    room.close()
