"""A translator's day in the editor: two at once, lines that break, sessions that end, machines that die, sources that
change; and nothing that was typed is lost."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.newsroom.editing import ITEM, editor, field, leave_without_a_line, segment, state, type_at_the_end
from tests.newsroom.room import PASSWORD, Newsroom
from tests.web.browser import axe_finds, chromium_or_skip

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def translators(room: Newsroom) -> None:
    """Two who translate into Kyrgyz, and one into Uzbek."""
    room.invite("kubat", "Kubat Kyrgyz", "translator:ky", language="ky")
    room.invite("aizhan", "Aizhan Kyrgyz", "translator:ky", language="ru")
    room.invite("umid", "Umid Uzbek", "translator:uz", "translator:ru", language="uz")


@pytest.fixture(autouse=True)
def forgiven(room: Newsroom) -> Iterator[None]:
    """A line that is cut and a session that ended are what these tests are about; all else that is said fails."""
    yield
    expected = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|status of 40[01]")
    for complaints in room.complaints():
        complaints.heard[:] = [one for one in complaints.heard if not expected.search(one)]


@contextmanager
def signed_out(page: Page) -> Iterator[None]:
    """Somebody's session has ended while the block runs, and goes on after it."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    try:
        yield
    finally:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as the driver gave them


def all_is_there(page: Page) -> None:
    """Wait until nothing that a closed window left is still to be sent: it may have been sent while that was closed."""
    expect(page.locator("[data-state]")).to_have_attribute("data-state", re.compile("^(kept)?$"))


def test_two_translators_see_each_other_and_where_they_collide_both_versions_are_there_until_one_press_takes_both(
    room: Newsroom,
) -> None:
    kubat, aizhan = room.pages["kubat"], room.pages["aizhan"]
    for page in (kubat, aizhan):
        editor(page, f"{ITEM}/ky/translate")
    type_at_the_end(kubat, "summary", " Биринчи.")
    type_at_the_end(aizhan, "summary", " Экинчи.")
    state(kubat, "kept")
    expect(aizhan.locator("[data-others]")).to_contain_text("Kubat Kyrgyz")
    expect(segment(aizhan, "summary")).to_have_class(re.compile("occupied"))
    type_at_the_end(kubat, "title", " бүгүн")
    kubat.keyboard.press("Control+s")
    state(kubat, "saved")
    expect(field(aizhan, "title")).to_have_value(re.compile(" бүгүн$"))  # by itself, while she writes on
    expect(segment(aizhan, "summary").locator(".collision")).to_contain_text("Kubat Kyrgyz")
    expect(field(aizhan, "summary")).to_have_value(re.compile(r" Экинчи\.$"))
    aizhan.keyboard.press("Control+s")
    state(aizhan, "collided")
    shown = segment(aizhan, "summary")
    expect(field(aizhan, "summary")).to_have_value(re.compile(r" Биринчи\.$"))
    expect(shown.locator(".collision ins")).to_contain_text("Экинчи")
    expect(shown.locator(".collision del")).to_contain_text("Биринчи")
    assert axe_finds(aizhan) == []
    shown.locator("button[value=both]").click()
    expect(field(aizhan, "summary")).to_have_value(re.compile(r"Биринчи\. / .*Экинчи\.$", re.DOTALL))


def test_a_line_that_is_cut_in_mid_sentence_loses_nothing_and_what_was_typed_is_sent_when_it_is_back(
    room: Newsroom,
) -> None:
    page = room.pages["kubat"]
    editor(page, f"{ITEM}/ky/translate")
    page.context.set_offline(True)
    type_at_the_end(page, "title", " үзүлгөн")
    state(page, "offline")
    assert axe_finds(page) == []
    page.keyboard.type(" сүйлөм")
    page.keyboard.press("Control+s")  # what was asked for meanwhile is done then, too
    page.context.set_offline(False)
    state(page, "saved")
    editor(page, f"{ITEM}/ky/translate")
    expect(field(page, "title")).to_have_value(re.compile("үзүлгөн сүйлөм$"))


def test_whoever_was_signed_out_in_mid_sentence_signs_in_beside_the_page_and_goes_on(room: Newsroom) -> None:
    page = room.pages["kubat"]
    editor(page, f"{ITEM}/ky/translate")
    page.context.clear_cookies()
    type_at_the_end(page, "title", " жана")
    again = page.locator("dialog[data-again]")
    expect(again).to_be_visible()
    assert axe_finds(page) == []
    with page.expect_popup() as opened:
        again.locator("[data-sign-in]").click()
    window = opened.value
    window.locator("input[name=email]").fill("kubat")
    window.locator("input[name=password]").fill(PASSWORD.format(name="kubat"))
    window.locator("main button.first").click()
    expect(again).to_be_hidden()
    state(page, "kept")
    expect(field(page, "title")).to_have_value(re.compile(" жана$"))


def test_words_typed_while_a_save_is_under_way_are_kept_and_saved_with_the_next(room: Newsroom) -> None:
    page = room.pages["kubat"]
    editor(page, f"{ITEM}/ky/translate")
    type_at_the_end(page, "title", " биринчи")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(page.url, hold)
    page.keyboard.press("Control+s")
    state(page, "saved")
    type_at_the_end(page, "title", " экинчи")  # the page of after the save is not here yet
    state(page, "kept")
    assert held
    page.unroute(page.url)  # lets go on what was held
    page.keyboard.press("Control+s")
    state(page, "saved")
    editor(page, f"{ITEM}/ky/translate")
    expect(field(page, "title")).to_have_value(re.compile("биринчи экинчи$"))


def test_a_comment_that_was_not_sent_is_there_again_with_its_segment_and_after_signing_in_once_more(
    room: Newsroom,
) -> None:
    page = room.pages["kubat"]
    editor(page, f"{ITEM}/ky/translate")
    field(page, "title").click()
    segment(page, "title").locator(".talk summary").click()
    page.keyboard.press("Tab")
    page.keyboard.type("Бул сөз туурабы?")
    field(page, "summary").click()
    expect(segment(page, "summary").locator(".aside")).to_be_attached()
    field(page, "title").click()
    said = segment(page, "title").locator("#say")
    expect(said).to_have_value("Бул сөз туурабы?")
    with signed_out(page):
        send = segment(page, "title").locator("button[name=to][value=here]")
        with page.expect_response(lambda answer: answer.request.method == "POST"):  # it brings the cookie of a stranger
            send.evaluate("(button) => button.click()")  # it may be behind the dialog: the page asks how the others do
        state(page, "signed-out")
        expect(said).to_have_value("Бул сөз туурабы?")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("dialog[data-again]")).to_be_hidden()
    segment(page, "title").locator("button[name=to][value=here]").click()
    expect(segment(page, "title").locator(".comment .words")).to_have_text("Бул сөз туурабы?")
    expect(said).to_have_value("")


def profile(browser: Browser, room: Newsroom, folder: Path) -> BrowserContext:
    """A browser with a folder of its own, in which Kubat is signed in."""
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium_or_skip(), args=["--no-sandbox"], base_url=room.site.address
    )
    cookies = room.pages["kubat"].context.storage_state()["cookies"]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as the driver gave them
    return context


def kill(folder: Path) -> None:
    """End the browser of a folder as a power cut does."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(folder).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def test_a_browser_that_was_killed_in_mid_sentence_offers_the_words_when_the_page_is_opened_again(
    room: Newsroom, browser: Browser, tmp_path: Path
) -> None:
    context = profile(browser, room, tmp_path)
    page = context.pages[0]
    editor(page, f"{ITEM}/ky/translate")
    context.set_offline(True)
    type_at_the_end(page, "title", " өчтү")
    state(page, "offline")
    kill(tmp_path)
    with suppress(Error):
        context.close()
    context = profile(browser, room, tmp_path)
    page = context.pages[0]
    editor(page, f"{ITEM}/ky/translate")
    expect(field(page, "title")).to_have_value(re.compile(" өчтү$"))
    state(page, "kept")
    context.close()


def test_words_that_were_kept_and_then_mended_without_a_line_come_back_as_they_were_mended(room: Newsroom) -> None:
    page = room.pages["kubat"]
    window = page.context.new_page()
    editor(window, f"{ITEM}/ky/translate")
    type_at_the_end(window, "summary", " Борбор кече ачылды.")
    state(window, "kept")
    page.context.set_offline(True)
    for _ in range(len("кече ачылды.")):
        window.keyboard.press("Backspace")
    window.keyboard.type("ачык.")
    state(window, "offline")
    mended = field(window, "summary").input_value()
    leave_without_a_line(window)
    page.context.set_offline(False)
    editor(page, f"{ITEM}/ky/translate")
    expect(field(page, "summary")).to_have_value(mended)
    all_is_there(page)
    page.keyboard.press("Control+s")
    state(page, "saved")
    expect(field(page, "summary")).to_have_value(mended)


def test_two_windows_that_were_closed_without_a_line_both_find_their_words_again(room: Newsroom) -> None:
    page = room.pages["kubat"]
    context = page.context
    windows = {" Бир терезе.": context.new_page(), " Башка терезе.": context.new_page()}
    for window in windows.values():
        editor(window, f"{ITEM}/ky/translate")
    context.set_offline(True)
    for words, window in windows.items():
        type_at_the_end(window, "summary", words)
        state(window, "offline")
    for window in windows.values():
        leave_without_a_line(window)
    context.set_offline(False)
    editor(page, f"{ITEM}/ky/translate")
    expect(field(page, "summary")).to_have_value(re.compile("Бир терезе"))
    expect(field(page, "summary")).to_have_value(re.compile("Башка терезе"))
    all_is_there(page)
    page.keyboard.press("Control+s")
    state(page, "saved")


def test_a_source_that_changes_in_mid_translation_is_shown_beside_what_was_typed_and_one_press_says_still_right(
    room: Newsroom,
) -> None:
    page, carim = room.pages["kubat"], room.pages["carim"]
    editor(page, f"{ITEM}/ky/translate")
    type_at_the_end(page, "title", " деп")
    carim.goto(f"{ITEM}/en/correct")
    title = carim.locator("textarea[name='s0.0']")
    title.fill(f"{title.input_value()} again")
    carim.locator("button.first").click()
    expect(carim.locator(".said.done").first).to_be_visible()
    expect(segment(page, "title").locator(".source ins")).to_contain_text("again")
    expect(field(page, "title")).to_have_value(re.compile(" деп$"))
    page.keyboard.press("Control+s")
    state(page, "saved")
    expect(segment(page, "title").locator(".source ins")).to_contain_text("again")
    segment(page, "title").locator("[data-tick=current]").check()
    page.keyboard.press("Control+s")
    expect(segment(page, "title").locator(".source ins")).to_have_count(0)


def test_a_term_is_added_from_a_selection_found_in_another_form_minded_by_a_check_and_put_in_by_one_press(
    room: Newsroom,
) -> None:
    page = room.pages["kubat"]
    editor(page, f"{ITEM}/ky/translate")
    type_at_the_end(page, "title", " ")
    shown = segment(page, "title")
    expect(shown.locator(".add-term")).to_be_attached()
    shown.locator(".source").evaluate("(one) => getSelection().setBaseAndExtent(one.firstChild, 0, one.firstChild, 11)")
    page.keyboard.press("Alt+g")
    expect(shown.locator("[name=term]")).to_have_value("Dog handler")
    page.keyboard.type("итчи")
    page.keyboard.press("Enter")
    expect(shown.locator(".checks")).to_contain_text("итчи")
    shown.locator("[data-insert]").click()
    expect(field(page, "title")).to_have_value(re.compile("итчи"))
    expect(shown.locator(".terms li")).to_contain_text("Dog handler")
    expect(shown.locator(".checks").get_by_text("итчи")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "forms"),
    [("ru", ["%(num)s язык", "%(num)s языка", "%(num)s языков"]), ("uz", ["%(num)s til", "%(num)s til"])],
)
def test_a_message_with_plural_forms_has_a_field_for_each_with_numbers_to_think_of(
    room: Newsroom, locale: str, forms: list[str]
) -> None:
    page = room.pages["umid"]
    editor(page, f"/desk/catalogue/messages/{locale}/translate?q=%2Fviews?%2F")
    several = page.locator(".segment", has=page.locator("textarea[data-form='1']")).first
    expect(several.locator("textarea[data-form]")).to_have_count(len(forms))
