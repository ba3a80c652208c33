"""Persian turns every page round, and nothing of the layout breaks: by the places of things, and by a picture."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, expect

from tests.browser.persian import ITEM, TITLE, add_persian
from tests.browser.site import AGENT, NOWHERE, ONE_LANGUAGE, WAYS, Complaints, Site
from tests.browser.site import ITEM as ENGLISH
from tests.processes import free_port
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser

MISSING = ONE_LANGUAGE.replace("/en/", "/fa/")
PAGES = ["/fa/", "/fa/news/", ITEM, MISSING, "/fa/contacts", *(f"/fa/{way}" for way in WAYS), f"/fa/{NOWHERE}"]
TURNED = [".clock", ".name", ".menu li:first-child", "h1", ".tags li:first-child", ".share li:first-child", ".imprint"]
"""What begins at the edge where lines begin."""
DIRECTIONS = """(parts) => parts.map((part) => getComputedStyle(document.querySelector(part)).direction)"""


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Site]:
    with free_port() as port:
        site = Site(tmp_path_factory.mktemp("persian"), port, sample, add_persian)
        try:
            site.eventually(site.healthy, "it never became ready")
            yield site
        finally:
            site.stop()


@pytest.fixture
def page(browser: Browser, persian: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=persian.address, user_agent=AGENT, viewport={"width": 390, "height": 844})
    complaints = Complaints(context)
    yield context.new_page()
    context.close()
    assert complaints.heard == []


def starts(page: Page, path: str, *, from_the_right: bool) -> list[float]:
    """How far from the edge where lines begin each of the parts begins."""
    page.goto(path)
    expect(page.locator(".clock .hours")).not_to_be_empty()
    found = []
    for part in TURNED:
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        width = page.viewport_size["width"] if page.viewport_size else 0
        found.append(round(width - box["x"] - box["width"] if from_the_right else box["x"], 1))
    return found


@pytest.mark.parametrize("width", [390, 1440])
def test_a_page_is_the_mirror_of_one_that_runs_the_other_way(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert starts(page, ITEM, from_the_right=True) == starts(page, ENGLISH, from_the_right=False)
    page.goto(ITEM)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text(TITLE)


@pytest.mark.parametrize("width", [390, 1440])
def test_the_picture_of_a_page_has_its_weight_on_the_right(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    def leaning(path: str) -> float:
        """Where the middle of the ink of masthead, menu and title is, from 0 at the left to 1 at the right."""
        page.goto(path)
        page.locator(".flags").evaluate("(flags) => flags.style.visibility = 'hidden'")
        strips = [page.locator(part).screenshot() for part in (".masthead", ".menu", ".item h1")]
        heavy = total = 0.0
        for strip in strips:
            picture = ImageOps.invert(Image.open(io.BytesIO(strip)).convert("L")).point(
                lambda ink: ink if ink > 64 else 0
            )
            columns = picture.resize((picture.width, 1), Image.Resampling.BOX).tobytes()
            heavy += sum(ink * place / len(columns) for place, ink in enumerate(columns))
            total += sum(columns)
        return heavy / total

    assert leaning(ENGLISH) < 0.45
    assert leaning(ITEM) > 0.55


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_over_the_edge_and_everybody_can_read_it(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_finds(page) == []


def test_arrows_point_the_way_one_reads(page: Page) -> None:
    page.goto(ITEM)
    expect(page.locator(".back .arrow")).to_have_css("scale", "-1 1")
    page.goto(ENGLISH)
    expect(page.locator(".back .arrow")).to_have_css("scale", "none")


def test_what_runs_the_other_way_is_kept_apart(page: Page) -> None:
    page.goto(ITEM)
    assert page.evaluate(DIRECTIONS, [".unfolded a[lang=en]", ".body a[href^='tel:']"]) == ["ltr", "ltr"]
    expect(page.locator(".clock .hours")).to_have_css("unicode-bidi", "isolate")
    page.goto(MISSING)
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    assert page.evaluate(DIRECTIONS, ["html", ".notice", "h1", ".body p"]) == ["rtl", "rtl", "ltr", "ltr"]
