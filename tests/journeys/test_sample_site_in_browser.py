"""The sample site as it is at first start, in each of its languages, in a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Browser, Page, expect

from app.domain.dates import clock_names
from app.domain.segments import Tag
from app.factory import create_app
from app.web.read_model import ReadModel
from tests.trees import Place
from tests.web.browser import chromium, chromium_or_skip, served
from tests.web.fakes import FakeCounter

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
EVERYWHERE = "/en/news/caricc-and-sco-secretariat-sign-memorandum"
ONE_LANGUAGE = "/en/news/how-we-read-our-own-numbers"


@pytest.fixture(scope="module")
def address(sqlite_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample content out of a database of its own."""
    chromium_or_skip()
    root = tmp_path_factory.mktemp("sample")
    for folder in ("content", "translations"):
        shutil.copytree(ROOT / folder, root / folder)
    database = shutil.copyfile(sqlite_template, root / "sample.db")
    place = Place(root=root, url=f"sqlite:///{database}", fresh=False)
    place.sync()
    assert place.problems() == []
    app = create_app(place.settings, reader=ReadModel(place.database), counter=FakeCounter())
    with served(app) as address:
        yield address
    place.database.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def translated(page: Page, path: str, locale: str) -> str:
    """Where the language switch leads from a page."""
    page.goto(path)
    link = page.locator(f".foot-languages a[hreflang='{locale}']").get_attribute("href")
    assert link is not None
    return link


@pytest.mark.parametrize(("locale", "width"), [*((locale, 390) for locale in LOCALES), ("kk", 1440)])
def test_each_kind_of_page_in_each_language_is_accessible_and_fits(page: Page, locale: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    paths = [
        f"/{locale}/",
        f"/{locale}/news/",
        translated(page, EVERYWHERE, locale),
        translated(page, ONE_LANGUAGE, locale),
        translated(page, "/en/contacts", locale),
        f"/{locale}/nowhere",
    ]
    for path in paths:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", locale)
        found = Axe().run(page).response["violations"]
        assert [(path, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_switch_keeps_the_item_and_the_clock_speaks_the_language(page: Page, locale: str) -> None:
    page.goto(translated(page, EVERYWHERE, locale))
    shown = page.locator("h1").inner_text()
    expect(page.locator("[data-photo]")).to_have_count(4)
    day = page.locator(".clock .day")
    expect(day).not_to_be_empty()
    assert any(name in day.inner_text().lower() for name in map(str.lower, clock_names(Tag(locale)).weekdays))
    page.goto(translated(page, page.url, "en"))
    assert (page.locator("h1").inner_text() == shown) is (locale == "en")


def test_a_missing_language_is_told_in_the_readers_own(page: Page) -> None:
    page.goto(translated(page, ONE_LANGUAGE, "tg"))
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    notice = page.locator(".notice.missing")
    expect(notice).to_contain_text("англисӣ")
    notice.locator("a").click()
    page.wait_for_url(f"**{ONE_LANGUAGE}")
    expect(page.locator(".notice.missing")).to_have_count(0)
