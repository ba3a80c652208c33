"""What a reader is promised, on the site as it is served: by phone, keyboard and touch, with a script and without."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.domain.dates import ago, full_date
from app.domain.segments import Tag
from tests.browser.conftest import Visitor
from tests.browser.site import ITEM, LOCALES, ONE_LANGUAGE, Site, translated
from tests.web.browser import SHIFTS

pytestmark = pytest.mark.browser

OUT_OF_DATE = "/uz/news/toshkentda-2026-yilgi-ish-rejasi-kelishib-olindi"
SEAT = ZoneInfo("Asia/Almaty")
HEIGHTS = """(days) => {
  const [line, day] = [".clock", ".clock .day"].map((part) => document.querySelector(part));
  return [...new Set(days.map((name) => (day.textContent = name, line.offsetHeight)))];
}"""
IN_PIECES = """async (path) => {
  const pieces = (await (await fetch(path)).text()).split(/(?<=>)/);
  const drawn = () => new Promise((done) => requestAnimationFrame(done));
  const body = pieces.findIndex((piece) => piece.includes("<body"));
  document.open();
  document.write(pieces.slice(0, body).join(""));
  while ([...document.querySelectorAll("link[rel=stylesheet]")].some((link) => !link.sheet)) await drawn();
  for (const piece of pieces.slice(body)) {
    document.write(piece);
    await drawn();
  }
  document.close();
}"""


@pytest.mark.parametrize(("asked", "given"), [("kk-KZ", "kk"), ("uz-Latn-UZ", "uz"), ("tg", "tg"), ("fr-FR", "en")])
def test_the_first_visit_speaks_the_readers_language(visitor: Visitor, asked: str, given: str) -> None:
    page = visitor(locale=asked).new_page()
    page.goto("/")
    expect(page).to_have_url(re.compile(f"/{given}/$"))


def test_the_chosen_language_outweighs_the_browsers(visitor: Visitor) -> None:
    page = visitor(locale="kk-KZ", viewport={"width": 1440, "height": 900}).new_page()
    page.goto(ITEM)
    page.locator(".unfolded a[hreflang=ky]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    page.goto("/")
    expect(page).to_have_url(re.compile("/ky/$"))


def test_the_server_sets_no_cookie(visitor: Visitor) -> None:
    asking = visitor().request
    for path in ("/", "/kk/", "/en/news/", ITEM, OUT_OF_DATE, "/en/contacts", "/now", "/healthz", "/en/nowhere"):
        assert "set-cookie" not in asking.get(path).headers, path


def test_an_out_of_date_text_leads_to_the_newer_one(page: Page) -> None:
    page.goto(OUT_OF_DATE)
    expect(page.locator(".notice.machine")).to_be_visible()
    link = page.locator(".notice.outdated a")
    newer = link.get_attribute("hreflang")
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", newer or "")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".notice.outdated")).to_have_count(0)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_switch_keeps_the_item(page: Page, locale: str) -> None:
    page.goto(translated(page, ITEM, locale))
    shown = page.locator("h1").inner_text()
    expect(page.locator("[data-photo]")).to_have_count(4)
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


@pytest.mark.parametrize("locale", LOCALES)
def test_all_of_an_item_is_there_without_a_script(visitor: Visitor, locale: str) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(translated(page, ITEM, locale))
    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator(".body p").first).to_be_visible()
    photos = page.locator("a[data-photo]")
    expect(photos).to_have_count(4)
    for photo in photos.all():
        large = page.request.get(photo.get_attribute("href") or "")
        assert large.headers["content-type"].startswith("image/"), large.url
    shared = [link.get_attribute("href") or "" for link in page.locator(".share a:visible").all()]
    assert len(shared) == 8
    assert all(address.startswith(("http", "mailto:")) for address in shared), shared
    expect(page.locator("button:visible")).to_have_count(0)
    page.locator("[data-back]").click()
    expect(page).to_have_url(re.compile(f"/{locale}/news/#item-"))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_clock_is_the_servers_on_a_device_that_is_years_off(visitor: Visitor, site: Site, locale: str) -> None:
    page = visitor(timezone_id="Pacific/Auckland").new_page()
    page.clock.install(time=datetime(1999, 12, 31, 23, 59, tzinfo=SEAT))
    page.goto(f"/{locale}/")

    def right() -> bool:
        now = datetime.now(SEAT)
        day, time = page.locator(".clock .day").inner_text(), page.locator(".clock .hours").inner_text()
        near = [now + timedelta(seconds=seconds) for seconds in (-1, 0, 1)]
        named = {(full_date(at.date(), Tag(locale)).casefold(), f"{at:%H:%M:%S}") for at in near}
        return (day.casefold(), time) in named  # a line begins with a capital

    site.eventually(right, f"the clock in {locale} is more than a second off")


@pytest.mark.parametrize("width", [320, 390, 768, 1440, 1920])
@pytest.mark.parametrize("path", [ITEM, "/kk/news/", "/tg/", "/ky/search?q=2026"])
def test_nothing_moves_while_a_page_comes(visitor: Visitor, width: int, path: str) -> None:
    page = visitor(viewport={"width": width, "height": 900}).new_page()
    page.add_init_script(SHIFTS)
    page.goto(path, wait_until="load")
    expect(page.locator(".clock .hours")).not_to_be_empty()
    if path == ITEM:
        expect(page.locator(".views")).not_to_be_empty()
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_clock_has_room_for_every_day_of_the_year(page: Page, locale: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"/{locale}/")
    expect(page.locator(".clock .hours")).not_to_be_empty()
    year = [full_date(date(2026, 1, 1) + timedelta(days=day), Tag(locale)) for day in range(365)]
    assert len(page.evaluate(HEIGHTS, year)) == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_a_page_comes_in_pieces(visitor: Visitor, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 900}).new_page()
    page.add_init_script(SHIFTS)
    page.route(
        "**/blank", lambda route: route.fulfill(body='<link rel="icon" href="data:,">', content_type="text/html")
    )
    page.goto("/blank")
    page.evaluate(IN_PIECES, ITEM)
    expect(page.locator(".views")).not_to_be_empty()
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("locale", LOCALES)
def test_how_long_ago_is_shown_after_the_date_and_moves_nothing(visitor: Visitor, locale: str, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 900}).new_page()
    page.goto(translated(page, ITEM, locale))
    expect(page.locator(".views")).not_to_be_empty()
    expect(page.locator(".ago")).to_have_text("")  # it is old
    page.add_init_script(SHIFTS)
    young = f"={(datetime.now(SEAT) - timedelta(days=3, hours=1)).timestamp() * 1000:.0f}"
    page.route("**/now?*", lambda route: route.continue_(url=re.sub("(?<=of)=[0-9]+", young, route.request.url)))
    for path, shown in ((page.url, ".dated .ago"), (f"/{locale}/news/", ".month .ago")):
        page.goto(path)
        expect(page.locator(shown).first).to_have_text(ago(timedelta(days=3), Tag(locale)) or "")
        if path != f"/{locale}/news/":
            expect(page.locator(".views")).not_to_be_empty()
        assert page.evaluate("window.shifts") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_photos_are_looked_through_by_swipes(visitor: Visitor) -> None:
    context = visitor(has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(ITEM)
    page.locator("[data-photo]").nth(1).tap()
    count = page.locator("dialog.viewer [data-count]")
    expect(count).to_have_text("2 / 4")
    finger = context.new_cdp_session(page)

    def swipe(start: int, end: int) -> None:
        for kind, points in (
            ("touchStart", [{"x": start, "y": 300}]),
            ("touchMove", [{"x": end, "y": 302}]),
            ("touchEnd", []),
        ):
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(300, 80)
    expect(count).to_have_text("3 / 4")
    swipe(300, 80)
    expect(count).to_have_text("4 / 4")
    swipe(80, 300)
    expect(count).to_have_text("3 / 4")
    swipe(80, 300)
    swipe(80, 300)
    expect(count).to_have_text("1 / 4")
    expect(page).to_have_url(re.compile(ITEM))


@pytest.fixture
def viewing(page: Page) -> Page:
    """A reader who came from the list and looks at the second photo."""
    page.goto("/en/news/")
    page.locator(f"h2 a[href='{ITEM}'], h3 a[href='{ITEM}']").click()
    page.locator("[data-photo]").nth(1).click()
    expect(page.locator("dialog.viewer [data-count]")).to_have_text("2 / 4")
    return page


def test_back_closes_a_photo_and_stays_on_the_item(viewing: Page) -> None:
    viewing.keyboard.press("ArrowRight")
    viewing.go_back()
    expect(viewing.locator("dialog.viewer")).to_be_hidden()
    expect(viewing).to_have_url(re.compile(f"{ITEM}$"))
    expect(viewing.locator("[data-photo]").nth(1)).to_be_focused()
    viewing.go_back()
    expect(viewing).to_have_url(re.compile("/en/news/$"))


CLOSE = 'document.querySelector("dialog.viewer [data-close]").click();'
WENT_BACK = (
    "() => new Promise((done) => history.state ? addEventListener('popstate', done, { once: true }) : done(null))"
)


@pytest.mark.parametrize("way", ["button", "key", "keys at once", "browser"])
def test_a_photo_that_was_closed_otherwise_is_no_step_on_the_way_back(viewing: Page, way: str) -> None:
    match way:
        case "button":
            viewing.locator("dialog.viewer [data-close]").click()
        case "key":
            viewing.keyboard.press("Escape")
        case "keys at once":
            viewing.evaluate(CLOSE + CLOSE)
        case _:
            viewing.evaluate("document.querySelector('dialog.viewer').close()")
    expect(viewing.locator("dialog.viewer")).to_be_hidden()
    expect(viewing).to_have_url(re.compile(f"{ITEM}$"))
    viewing.evaluate(WENT_BACK)
    viewing.go_back()
    expect(viewing).to_have_url(re.compile("/en/news/$"))


def test_forward_and_reload_show_the_photo_again(viewing: Page) -> None:
    viewer = viewing.locator("dialog.viewer")
    viewing.go_back()
    expect(viewer).to_be_hidden()
    viewing.go_forward()
    expect(viewer.locator("[data-count]")).to_have_text("2 / 4")
    viewing.reload()
    expect(viewer.locator("[data-count]")).to_have_text("2 / 4")
    viewing.go_back()
    expect(viewer).to_be_hidden()
    expect(viewing).to_have_url(re.compile(f"{ITEM}$"))


def test_after_a_photo_the_way_back_to_the_list_is_the_same(viewing: Page) -> None:
    viewing.go_back()
    expect(viewing.locator("dialog.viewer")).to_be_hidden()
    viewing.locator("[data-back]").click()
    expect(viewing).to_have_url(re.compile("/en/news/$"))  # the very entry of the history: a link would name the item
    viewing.go_forward()
    expect(viewing).to_have_url(re.compile(f"{ITEM}$"))


def test_the_link_is_copied_and_said_to_be(visitor: Visitor, site: Site) -> None:
    context = visitor()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ITEM)
    page.locator("[data-copy]").click()
    expect(page.locator(".share [role=status]")).to_have_text("The link has been copied.")
    assert page.evaluate("navigator.clipboard.readText()") == site.address + ITEM
