import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from app.config import Settings
from app.domain.dates import clock_names, full_date
from app.domain.segments import Tag
from tests.web.browser import DESK, PHONE, SHIFTS, axe_finds, served
from tests.web.fakes import EN, KK, SLUGS, TG, TITLES, UZ, FakeReader, photo

pytestmark = pytest.mark.browser

Opened = Callable[..., Page]


@pytest.fixture
def photos(settings: Settings, reader: FakeReader) -> None:
    """Put the photos of the fake items where the site looks for them."""
    for number in (1, 2, 3):
        for path, width in photo(number).sources:
            file = settings.data / "media" / path
            reader.files[path] = ""
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (width, width * 1067 // 1600), "teal").save(file)


@pytest.fixture
def opened(browser: Browser, app: Flask, photos: None) -> Iterator[Opened]:
    """Open a path in a fresh profile; a script that fails or a policy that is broken fails the test."""
    with served(app) as address:
        context = browser.new_context(base_url=address)
        complaints: list[str] = []

        def opened(
            path: str, *, size: ViewportSize = DESK, scripts: bool = True, scheme: str = "light", zone: str = "UTC"
        ) -> Page:
            nonlocal context
            context.close()
            context = browser.new_context(
                base_url=address,
                viewport=size,
                java_script_enabled=scripts,
                timezone_id=zone,
                color_scheme=scheme,  # type: ignore[arg-type]  # literals
            )
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
            page.goto(path)
            return page

        yield opened
        context.close()
        assert complaints == []


def told(page: Page, moment: datetime, *, offset: int, change: dict[str, int] | None = None) -> None:
    """Let the server's answer to a clock be this moment, and the device's time stand still at a wrong one."""
    wrong = datetime(1999, 12, 31, 23, 59, tzinfo=UTC)
    page.clock.install(time=wrong)
    page.clock.pause_at(wrong + timedelta(seconds=1))
    answer = {"epoch": int(moment.timestamp() * 1000), "offset": offset, "change": change}
    page.route("**/now*", lambda route: route.fulfill(json=answer))


def test_the_clock_asks_neither_the_devices_clock_nor_its_zone(opened: Opened) -> None:
    page = opened("about:blank", zone="Pacific/Auckland")
    told(page, datetime(2026, 3, 20, 22, 6, 53, tzinfo=UTC), offset=5 * 3600)
    page.goto("/kk/")
    expect(page.locator(".clock .day")).to_have_text("2026 ж. 21 наурыз, сенбі")
    expect(page.locator(".clock .hours")).to_have_text("03:06:53")
    page.clock.run_for(10_100)
    expect(page.locator(".clock .hours")).to_have_text("03:07:03")


def test_a_clock_whose_first_question_was_lost_asks_again_soon(opened: Opened) -> None:
    page = opened("about:blank")
    told(page, datetime(2026, 3, 20, 22, 6, 53, tzinfo=UTC), offset=5 * 3600)
    page.route("**/now*", lambda route: route.abort(), times=2)
    page.goto("/kk/")
    hours = page.locator(".clock .hours")
    expect(hours).to_be_empty()
    for _ in range(100):  # a script learns of a lost answer when the browser gets to it
        if hours.text_content():
            break
        page.clock.run_for(5_000)
    expect(hours).to_have_text(re.compile(r"^03:\d\d:\d\d$"))


def test_the_clock_follows_a_change_of_the_seats_offset(opened: Opened) -> None:
    page = opened("about:blank")
    before = datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC)
    change = {"epoch": int(before.timestamp() * 1000) + 2_000, "offset": 3600}
    told(page, before, offset=7200, change=change)
    page.goto("/en/")
    expect(page.locator(".clock .hours")).to_have_text("02:59:58")
    page.clock.run_for(3_100)
    expect(page.locator(".clock .hours")).to_have_text("02:00:01")


@pytest.mark.parametrize("locale", ["en", "ru", "kk", "ky", "tg", "tk", "uz", "uz-Cyrl"])
def test_the_script_writes_a_date_as_the_server_does(opened: Opened, locale: str) -> None:
    page = opened("/en/")
    names = clock_names(Tag(locale))
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 9, 21)]
    written = page.evaluate(
        "async ([script, names, days]) => { const { fullDate } = await import(script);"
        " return days.map((day) => fullDate(new Date(day + 'T00:00:00Z'), names)); }",
        [
            (page.locator("script[type=module]").get_attribute("src") or "").replace("main.js", "clock.js"),
            {"weekdays": names.weekdays, "months": names.months, "template": names.template},
            [day.isoformat() for day in days],
        ],
    )
    assert written == [full_date(day, Tag(locale)) for day in days]


def test_the_clock_shows_the_seats_time_in_words_of_the_language(opened: Opened) -> None:
    page = opened("/kk/")
    expect(page.locator(".clock .day")).to_contain_text("ж.")
    expect(page.locator(".clock .hours")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    expect(page.locator(".clock .city")).to_have_text("(Almaty)")


def test_nothing_moves_when_clock_and_views_are_filled(opened: Opened) -> None:
    page = opened("about:blank", size=PHONE)
    page.add_init_script(SHIFTS)
    page.goto(f"/kk/news/{SLUGS[KK]}")
    expect(page.locator(".clock .hours")).not_to_be_empty()
    expect(page.locator(".views")).to_have_text("1\N{NO-BREAK SPACE}234 views")
    assert page.evaluate("window.shifts") == []


def test_a_reader_switches_the_language_on_a_phone_and_is_remembered(opened: Opened) -> None:
    page = opened(f"/kk/news/{SLUGS[KK]}", size=PHONE)
    page.locator(".folded summary").click()
    page.locator(".folded a[hreflang=tg]").click()
    expect(page.locator("h1")).to_have_text(TITLES[TG])
    page.goto("/")
    assert page.url.endswith("/tg/")


def test_the_language_switch_works_without_a_script(opened: Opened) -> None:
    page = opened(f"/kk/news/{SLUGS[KK]}", size=PHONE, scripts=False)
    page.locator(".folded summary").click()
    page.locator(".folded a[hreflang=uz]").click()
    expect(page.locator("h1")).to_have_text(TITLES[UZ])


def test_on_a_wide_screen_all_languages_are_in_sight(opened: Opened) -> None:
    page = opened("/kk/")
    expect(page.locator(".unfolded a")).to_have_text(["English", "Қазақша", "Тоҷикӣ", "Oʻzbekcha"])
    expect(page.locator(".unfolded a").first).to_be_visible()
    expect(page.locator(".folded")).to_be_hidden()


def test_photos_are_looked_through_by_keyboard(opened: Opened) -> None:
    page = opened(f"/en/news/{SLUGS[EN]}")
    second = page.locator("[data-photo]").nth(1)
    second.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("dialog.viewer")
    expect(viewer).to_be_visible()
    expect(viewer.locator("[data-count]")).to_have_text("2 / 3")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("figcaption")).to_contain_text("Caption 3")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("figcaption")).to_contain_text("Caption 1")
    page.keyboard.press("ArrowLeft")
    expect(viewer.locator("img")).to_have_attribute("alt", "What photo 3 shows")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(second).to_be_focused()


def test_the_way_back_leads_to_the_part_of_the_list_one_came_from(opened: Opened) -> None:
    page = opened("/kk/news/")
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/kk/news/?older=2")  # and its script has run
    page.goto(f"/kk/news/{SLUGS[KK]}")
    page.locator("[data-back]").click()
    page.wait_for_url("**/kk/news/?older=2*")


def test_the_chosen_appearance_is_remembered(opened: Opened) -> None:
    page = opened("/kk/")
    page.locator("[data-theme-choice=dark]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(page.locator("[data-theme-choice=dark]")).to_have_attribute("aria-pressed", "true")


BROKEN = "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective));"
"""An init script: which rules of the policy a page has broken."""


def test_no_page_and_none_of_its_scripts_breaks_the_policy(opened: Opened) -> None:
    page = opened("about:blank", size=PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(BROKEN)
    for path in ("/kk/", "/kk/news/", "/kk/about", "/kk/nowhere", "/tg/news/open-day", f"/kk/news/{SLUGS[KK]}"):
        page.goto(path)
        expect(page.locator(".clock .hours")).not_to_be_empty()
        page.locator("[data-theme-choice=dark]").click()
        page.locator(".folded summary").click()
        page.keyboard.press("Escape")
        assert page.evaluate("window.broken") == [], path
    expect(page.locator(".views")).not_to_be_empty()
    page.locator("[data-copy]").click()
    expect(page.locator(".said")).not_to_be_empty()
    page.locator("[data-photo]").first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.locator("[data-back]").click()
    page.wait_for_url("**/kk/news/**")
    assert page.evaluate("window.broken") == []


@pytest.mark.parametrize(
    ("attempt", "rule"),
    [
        ("document.body.innerHTML = '<b>b</b>'", "require-trusted-types-for"),
        ("trustedTypes.createPolicy('own', {})", "trusted-types"),
        ("document.body.append(Object.assign(document.createElement('img'), {src: 'data:,x'}))", "img-src"),
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        ("document.body.setAttribute('onclick', 'alert(1)')", "require-trusted-types-for"),
        ("new Worker('/static/0/js/main.js')", "require-trusted-types-for"),
        ("fetch('https://evil.example/').catch(() => {})", "connect-src"),
    ],
)
def test_what_a_script_of_ours_must_not_do_is_refused_by_the_browser(
    browser: Browser, app: Flask, attempt: str, rule: str
) -> None:
    with served(app) as address, browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.goto("/kk/")
        page.evaluate(BROKEN)
        page.evaluate(f"() => {{ try {{ {attempt}; }} catch {{ }} }}")
        page.wait_for_function("window.broken.length > 0")
        assert rule in page.evaluate("window.broken")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible_and_fits_the_screen(opened: Opened, size: ViewportSize, scheme: str) -> None:
    page = opened("/kk/", size=size, scheme=scheme)
    for path in (
        "/kk/",
        "/kk/news/",
        f"/tg/news/{SLUGS[TG]}",
        "/uz/news/open-day",
        "/kk/news/zhyldyq-sholu",
        "/kk/about",
    ):
        page.goto(path)
        assert axe_finds(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
