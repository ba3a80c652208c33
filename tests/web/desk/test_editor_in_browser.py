"""What changes on the editor's page before anything is saved, and what of it a killed browser has kept."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, ViewportSize, expect
from sqlalchemy import delete, select

from app.storage.accounts import DbAccount, DbGrant
from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.browser import DESK, PHONE, axe_finds
from tests.web.desk.in_browser import editor, of
from tests.web.desk.test_left_behind import typed

pytestmark = pytest.mark.browser

WHILE = 60_000

EN = article("Opening", "The centre opens.", "It rains.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(en=EN, ky=KY)
    small_desk.place.sync()
    return small_desk


@pytest.fixture
def context(browser: Browser, desk: TestDesk, address: str) -> Iterator[BrowserContext]:
    context = of(browser, desk, address, "kanat")
    yield context
    context.close()


def test_who_confirms_a_segment_sees_at_once_that_one_less_is_open_and_doubt_takes_that_back(
    context: BrowserContext,
) -> None:
    page = editor(context)
    counter = page.locator("[data-counts] [data-asks='state:open']")
    before = int(counter.inner_text())
    segment = page.locator(".segment[data-open]", has_text="It rains.")
    pill = segment.locator(".pill.untranslated")
    expect(pill).to_be_visible()
    segment.locator("textarea[data-form]").fill("Жаан жаап турат.")
    page.keyboard.press("Control+Enter")
    expect(counter).to_have_text(str(before - 1))
    done = page.locator(".segment", has_text="It rains.")
    expect(done.locator(".pill.untranslated, .pill.behind")).to_be_hidden()
    done.locator("textarea[data-form]").focus()
    done.locator("[data-tick=unsure]").check()
    expect(counter).to_have_text(str(before))


CLIPPED_BY = """(one) => {
  while ((one = one.parentElement)) if (getComputedStyle(one).overflowX !== "visible") return one.className;
  return null;
}"""

BOX = "one => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; }"


def inside(inner: Locator, outer: Locator) -> bool:
    """Tell whether one box is within another, and touches no side of it."""
    (x, y, width, height), (left, top, wide, high) = (box.evaluate(BOX) for box in (inner, outer))
    return bool(left < x and top < y and x + width < left + wide and y + height < top + high)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_said_of_a_segment_stands_in_its_panel_in_one_line_and_its_field_leaves_room_for_the_ring_of_focus(
    context: BrowserContext, size: ViewportSize
) -> None:
    page = editor(context)
    page.set_viewport_size(size)
    segment = page.locator(".segment[data-open]", has_text="It rains.")
    field = segment.locator("textarea[data-form]")
    field.focus()
    pill = segment.locator(".pill.untranslated")
    assert pill.evaluate("pill => pill.offsetHeight") < 30
    assert inside(pill, segment)
    assert inside(field, segment)
    segment.locator(".talk summary").click()
    assert segment.locator("#say").evaluate(CLIPPED_BY) is None


def test_unticked_boxes_look_empty_in_the_dark(context: BrowserContext) -> None:
    page = editor(context)
    page.emulate_media(color_scheme="dark")
    box = page.locator("[data-tick=unsure]").first
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert box.evaluate("box => getComputedStyle(box).backgroundColor") == paper
    box.dispatch_event("click")
    assert box.evaluate("box => getComputedStyle(box).backgroundColor") != paper


def test_a_phone_begins_with_the_text_has_no_hints_at_keys_and_gives_names_and_menu_room_for_a_finger(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "kanat", PHONE, touch=True)
    page = editor(context)
    field = page.locator("textarea[data-form]").first
    expect(field).to_be_in_viewport(ratio=1)
    assert inside(field, page.locator("body"))
    for hidden in ("header nav", "#beside", "[data-keys-help]"):
        expect(page.locator(hidden)).to_be_hidden()
    name = page.locator("[data-front]").first
    assert name.evaluate("name => name.offsetHeight") >= 44
    page.locator("header summary").tap()
    expect(page.locator("header nav")).to_be_in_viewport(ratio=1)
    page.locator(".filters .fold > summary").tap()
    expect(page.locator("#beside")).to_be_visible()
    assert axe_finds(page) == []
    context.close()


def test_axe_finds_nothing_where_words_were_left_behind(
    browser: Browser, context: BrowserContext, desk: TestDesk, address: str
) -> None:
    typed(desk, "p-that-is-gone", "Кайда калды?")
    page = editor(context)
    expect(page.locator(".loose textarea")).to_have_value("Кайда калды?")
    assert axe_finds(page) == []
    page.close()  # or it would ask on, and be told that kanat may not
    with desk.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one()
        session.execute(delete(DbGrant).where(DbGrant.account_id == account.id))
    carim = of(browser, desk, address, "carim")
    page = carim.new_page()
    page.goto("/desk/left-behind")
    expect(page.get_by_text("Кайда калды?")).to_be_visible()
    assert axe_finds(page) == []
    carim.close()


def test_on_a_phone_the_letters_stay_in_reach_and_the_bar_leaves_the_screen_to_the_text(
    context: BrowserContext,
) -> None:
    page = editor(context)
    page.set_viewport_size(PHONE)
    page.locator("textarea[data-form]").last.focus()
    expect(page.locator("[data-letters]")).to_be_in_viewport(ratio=1)
    assert page.locator(".save").evaluate("bar => bar.offsetHeight") < 100
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


KEPT = """async () => {
  const done = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const database = await done(indexedDB.open("tilmash-editor"));
  const rows = await done(database.transaction("words").objectStore("words").getAll());
  database.close();
  return rows.length;
}"""


def test_a_comment_that_was_typed_and_not_sent_is_there_after_the_browser_was_killed(context: BrowserContext) -> None:
    page = editor(context)
    page.locator("textarea[data-form]", has_text="Борбор").focus()
    page.locator(".aside .talk summary").click()
    page.locator("#say").fill("Which centre?")
    for _ in range(300):  # a browser keeps things in its own time
        if page.evaluate(KEPT):
            break
        page.wait_for_timeout(50)
    page.close(run_before_unload=False)
    page = editor(context)
    expect(page.locator("#say")).to_have_value("Which centre?", timeout=WHILE)
    expect(page.locator("#say")).to_be_visible(timeout=WHILE)
    page.locator(".aside .talk button[value=here]").click()
    expect(page.locator(".aside .comment")).to_contain_text("Which centre?", timeout=WHILE)
    page.close(run_before_unload=False)
    page = editor(context)
    page.locator("textarea[data-form]", has_text="Борбор").focus()
    expect(page.locator(".aside .comment")).to_contain_text("Which centre?", timeout=WHILE)
    expect(page.locator("#say")).to_have_value("", timeout=WHILE)


def test_who_dismisses_a_warning_still_has_the_comment_that_they_have_not_sent(context: BrowserContext) -> None:
    page = editor(context)
    page.locator("textarea[data-form]", has_text="Ачылыш").fill("Ачылыш 5")
    page.locator(".aside details.dismiss summary").first.click(timeout=WHILE)
    page.locator(".aside .talk summary").click()
    page.locator("#say").fill("Which centre?")
    reason = page.locator(".aside input[name^=reason]").first
    reason.fill("The fifth")
    reason.press("Enter")
    expect(page.locator(".aside .dismissed").first).to_contain_text("The fifth", timeout=WHILE)
    expect(page.locator("#say")).to_have_value("Which centre?", timeout=WHILE)


AWAY = "main :is(a[href]:not([target]), button:not([type=button]):not([form=sheet]):not(#sheet *))"
"""What leads away from the sheet; the buttons that stand in it send it."""


def test_without_scripts_nothing_leads_away_in_this_window_that_does_not_send_the_sheet_first(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    typed(desk, "p-that-is-gone", "Кайда калды?")
    context = of(browser, desk, address, "kanat", scripts=False)
    page = context.new_page()

    def search(words: str) -> None:
        page.locator("#q").fill(words)
        page.locator("#q").press("Enter")

    page.goto(f"/desk/{FOLDER}/ky/translate?at=title")
    page.locator(".filter summary").click()
    assert [one.inner_text() for one in page.locator(AWAY).all() if one.is_visible()] == []
    presses: list[tuple[str, Callable[[], None], str]] = [
        ("Бир", page.locator(".tabs button", has_text="all of it").click, "/translate"),
        ("Эки", page.get_by_role("button", name="Forget it").click, "/translate"),
        ("Үч", lambda: search("state:done"), "/translate?q=state%3Adone"),
        ("Төрт", page.locator(".ways button", has_text="Find and replace").click, "/replace"),
        ("Беш", page.locator("[data-offers] button").click, "/ky/#actions"),
    ]
    for words, press, led in presses:
        page.goto(f"/desk/{FOLDER}/ky/translate")
        page.locator("#s0-0").fill(words)
        press()
        page.wait_for_url(f"**{led}")
        assert words in (desk.place.stand("ky")[1] or "")
    page.goto(f"/desk/{FOLDER}/ky/translate")
    assert "Кайда калды?" not in page.content()
    context.close()


def test_with_scripts_what_leads_on_is_a_link_and_a_filter_a_form_of_its_own_also_after_saving(
    context: BrowserContext,
) -> None:
    page = editor(context)
    for _ in range(2):
        expect(page.locator(".tabs a", has_text="still open")).to_have_attribute(
            "href", re.compile(r"/translate\?q=state:open$")
        )
        expect(page.locator("[data-offers] a.button")).to_have_attribute("href", re.compile("#actions$"))
        expect(page.locator("[name=go], [form=sheet]:not(.aside *)")).to_have_count(1)  # what Enter presses
        page.locator("#s0-0").fill("Ачылыш аземи")
        page.keyboard.press("Control+s")
        page.locator("[data-state=saved]").wait_for(state="attached", timeout=WHILE)
    page.locator("#q").fill("state:open")
    page.locator("#q").press("Enter")
    page.wait_for_url(re.compile(r"\?q=state%3Aopen$"))


def the_source_says(desk: TestDesk, title: str) -> None:
    desk.place.item(en=EN.replace("Opening", title))
    desk.place.sync()


def test_who_types_while_the_source_changes_has_checks_of_what_stands_beside_it_and_says_that_it_is_right_beside_that(
    context: BrowserContext, desk: TestDesk
) -> None:
    expect.set_options(timeout=WHILE)
    the_source_says(desk, "Opening 5 halls")
    page = editor(context)
    segment = page.locator(".segment[data-key='title']")
    source, checks = segment.locator(".source"), segment.locator(".aside .checks")
    segment.locator("textarea[data-form]").fill("7 залдын ачылышы")
    expect(checks).to_contain_text("7 stands here, and 5 in the source")
    the_source_says(desk, "Opening 7 halls")
    expect(source).to_contain_text("7 halls")  # by itself
    expect(checks).to_have_count(0)
    segment.locator("[data-tick=current]").check()
    page.keyboard.press("Control+s")
    expect(source.locator("ins")).to_have_count(0)
    expect(segment.locator(".pill.behind")).to_have_count(0)


@pytest.mark.parametrize("confirms", [True, False])
def test_a_tick_is_of_the_source_that_stood_there_and_who_confirms_a_newer_one_by_key_says_so_of_that(
    context: BrowserContext, desk: TestDesk, *, confirms: bool
) -> None:
    expect.set_options(timeout=WHILE)
    the_source_says(desk, "Opening 5 halls")
    page = editor(context)
    segment = page.locator(".segment[data-key='title']")
    tick = segment.locator("[data-tick=current]")
    segment.locator("textarea[data-form]").focus()
    tick.check()
    expect(page.locator(".save .state")).to_have_attribute("data-state", "kept")
    the_source_says(desk, "Opening 7 halls")
    expect(segment.locator(".source")).to_contain_text("7 halls")
    expect(tick).not_to_be_checked()
    segment.locator("[data-tick=unsure]").check()
    segment.locator("[data-tick=unsure]").uncheck()
    segment.locator("textarea[data-form]").focus()
    if confirms:
        page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+s")
    expect(page.locator(".save .state")).to_have_attribute("data-state", "saved")
    expect(segment.locator(".pill.behind")).to_have_count(0 if confirms else 1)
