"""Coming in by an app as well as a password; and no page on the way in has anything in anybody's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.newsroom.room import PASSWORD, Newsroom
from tests.newsroom.test_every_desk_page import WIDTHS, too_wide
from tests.processes import free_port
from tests.web.browser import axe_finds, chromium_or_skip
from tests.web.desk.test_second_factor import code_of

pytestmark = pytest.mark.browser

MINE = PASSWORD.format(name="administrator")


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory, sample: Path, browser: Browser) -> Iterator[Newsroom]:
    """A site that wants more than a password of who coordinates, as it is delivered, and its administrator."""
    chromium_or_skip()
    expect.set_options(timeout=60_000)  # a busy machine is no fault of ours
    with free_port() as port:
        site = Site(tmp_path_factory.mktemp("strict"), port, sample)
        try:
            site.eventually(site.healthy, "it never became ready")
            room = Newsroom(site, browser)
            page = room.pages["administrator"] = room.browser()
            page.goto(room.first_link())
            page.locator("input[name=full_name]").fill("Adil Administrator")
            page.locator("input[name=email]").fill("adil@example.org")
            password_chosen(page)
            password_typed(page, "administrator")
            app_set_up(page)
            yield room
            room.close()
        finally:
            site.stop()


def invited(room: Newsroom, name: str, language: str) -> str:
    """Have the administrator invite a coordinator; give the link."""
    page = room.pages["administrator"]
    page.goto("/desk/people/invite")
    for field, value in (("full_name", "Нурлан"), ("email", f"{name}@example.org"), ("name", name)):
        page.locator(f"input[name={field}]").fill(value)
    page.locator("select[name=language]").select_option(language)
    page.locator("input[value=coordinator]").check()
    page.locator("main button.first").click()
    return page.locator(".secret").inner_text().strip()


def looked_at(page: Page, where: str) -> list[str]:
    """What axe finds on a page as it stands, on a phone and on a desk, and whether it is wider than the screen."""
    found = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{where} at {width}: {one}" for one in axe_finds(page)]
        found += [f"{where} at {width} is too wide"] if too_wide(page) else []
    return found


def password_typed(page: Page, name: str) -> None:
    page.goto("/desk/sign-in")
    page.locator("input[name=email]").fill(name)
    page.locator("input[name=password]").fill(MINE)
    page.locator("main button.first").first.click()


def password_chosen(page: Page) -> None:
    for field in ("password", "again"):
        page.locator(f"input[name={field}]").fill(MINE)
    page.locator("main button.first").click()


def app_set_up(page: Page) -> str:
    """Type the key that the page shows into an app, and the app's code into the page; return the key."""
    page.locator("main button.first").click()
    key = page.locator(".steps .secret bdi").inner_text().replace("-", "")
    code_typed(page, code_of(key, step=-1))
    expect(page.locator("header .leave")).to_be_visible()
    return key


def code_typed(page: Page, code: str) -> None:
    page.locator("input[name=code]").fill(code)
    page.locator("main button.first").click()


@pytest.mark.parametrize(("language", "scheme"), [("ru", "light"), ("ky", "dark")])
def test_a_coordinator_sets_up_an_app_keeps_recovery_codes_and_comes_in_by_either(
    strict: Newsroom, language: str, scheme: str
) -> None:
    name, found = f"chief-{language}", list[str]()
    link, page = invited(strict, name, language), strict.browser(color_scheme=scheme, locale="en")

    def look(where: str) -> None:
        assert page.locator("html").get_attribute("lang") == language, where
        found.extend(looked_at(page, where))

    page.goto(link)
    look("the invitation")
    password_chosen(page)
    look("the sign-in")
    password_typed(page, name)
    look("before the second factor")
    page.locator("main button.first").click()
    expect(page.locator("svg.qr")).to_be_visible()
    look("the second factor")
    page.goto("/desk/second-factor")
    key = app_set_up(page)
    page.locator(".said.codes a").click()
    look("before recovery codes")
    page.locator("main button.first").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look("recovery codes")
    recovery = page.locator(".codes li").first.inner_text().strip()
    leave(page)
    password_typed(page, name)
    look("the code")
    code_typed(page, code_of(key))
    expect(page.locator("header .leave")).to_be_visible()
    leave(page)
    for is_good in (True, False):
        password_typed(page, name)
        page.locator("main a[href$=recovery]").click()
        look("a recovery code")
        code_typed(page, recovery)
        if is_good:
            leave(page)
    expect(page.locator(".said.error")).to_be_visible()
    look("a recovery code that was used")
    page.goto("/desk/sign-in/passkey")
    look("the sign-in by a passkey")
    assert found == []


def leave(page: Page) -> None:
    page.locator("header .leave button").click()
    page.wait_for_url("**/desk/sign-in")
