"""The editor by keys and buttons: nothing is written where nobody meant to, and what is done is said."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.browser import PHONE, axe_finds
from tests.web.desk.in_browser import editor, of

pytestmark = pytest.mark.browser

WHILE = 60_000  # a busy machine is no fault of ours

EN = article("Opening", "The centre opens. All are invited.", "The centre works.", *["It rains."] * 9, slug="opening")
KY = article(
    "Ачылыш", "Борбор ачылат. Баары чакырылат.", "Борбор иштейт.", *["Жаан жаап турат."] * 9,
    slug="achylysh", status="draft",
)  # fmt: skip


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(en=EN, ky=KY)
    small_desk.place.sync()
    return small_desk


@pytest.fixture
def context(browser: Browser, desk: TestDesk, address: str) -> Iterator[BrowserContext]:
    expect.set_options(timeout=WHILE)
    context = of(browser, desk, address, "kanat")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return editor(context)


def segment(page: Page, words: str) -> Locator:
    return page.locator(".segment", has=page.locator("textarea[data-form]", has_text=words)).first


def open_segment(page: Page, words: str) -> Locator:
    """Put a segment in front, and wait for its help."""
    found = segment(page, words)
    found.locator("textarea[data-form]").click()
    expect(page.locator(".segment.front .aside:not([data-loading])")).to_be_attached()
    return page.locator(".segment.front")


def test_enter_in_the_search_goes_to_the_replacement_and_words_are_taken_out_by_a_press_that_says_so_and_one_takes_back(
    page: Page,
) -> None:
    fields = page.locator("textarea[data-form]")
    before = fields.evaluate_all("all => all.map((one) => one.value)")
    page.keyboard.press("Alt+KeyR")
    page.keyboard.type("борбор ")
    page.keyboard.press("Enter")
    expect(page.locator("#instead")).to_be_focused()
    page.keyboard.press("Enter")
    button = page.locator("dialog [value=replace]")
    expect(button).to_be_focused()
    expect(button).to_have_text("Take all of these out")
    assert fields.evaluate_all("all => all.map((one) => one.value)") == before
    page.keyboard.press("Enter")
    expect(page.locator("[data-replaced]")).to_contain_text("Places changed: 2.")
    expect(fields.filter(has_text="иштейт.")).to_have_value("иштейт.")
    page.locator("[data-state=kept]").wait_for(state="attached", timeout=WHILE)
    page.keyboard.press("Control+s")
    page.locator("[data-state=saved]").wait_for(state="attached", timeout=WHILE)
    page.get_by_role("button", name="Take the replacing back").click()
    expect(page.locator("[data-replaced]")).to_contain_text("Places put back: 2.")
    assert fields.evaluate_all("all => all.map((one) => one.value)") == before


@pytest.mark.parametrize(("key", "name"), [("Alt+KeyT", "say"), ("Alt+KeyG", "term")])
def test_what_is_typed_behind_the_key_of_a_panel_that_is_not_here_yet_stands_there_later_and_not_in_the_translation(
    page: Page, key: str, name: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/aside?*", hold)
    front = segment(page, "Борбор иштейт.")
    words = front.locator("textarea[data-form]")
    words.click()
    page.keyboard.press(key)
    page.keyboard.type("тез пик")
    expect(page.locator(".segment.front [data-loading]")).to_contain_text("not here yet")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-state]")).to_contain_text("not here yet")
    page.unroute("**/aside?*")
    expect(page.locator(".segment.front .aside:not([data-loading])")).to_be_attached()
    page.keyboard.type("ир")
    expect(page.locator(f".segment.front .aside [name={name}]")).to_have_value("тез пикир")
    expect(page.locator(f".segment.front .aside [name={name}]")).to_be_focused()
    expect(page.locator(".segment.front textarea[data-form]")).to_have_value("Борбор иштейт.")


def test_a_comment_is_sent_by_its_key_and_leaves_one_at_the_segment_and_saving_says_before_that_it_is_not_sent(
    page: Page,
) -> None:
    front = open_segment(page, "Борбор иштейт.")
    page.keyboard.press("Alt+KeyT")
    page.keyboard.type("Кайсы борбор?")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-state]")).to_contain_text("is not sent yet")
    expect(front.locator("[data-front]")).to_be_visible()
    expect(front.locator("#say")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(front.locator(".comment .words")).to_have_text("Кайсы борбор?")
    for said in ("кайсы " * 1600, "Ошолбу?"):  # the second is written a page below the segment
        expect(front.locator("#say")).to_have_value("")
        page.keyboard.press("Alt+KeyT")
        front.locator("#say").fill(said)
        page.keyboard.press("Control+Enter")
        expect(front.locator(".comment .words").last).to_have_text(said.strip())
    expect(front.locator("textarea[data-form]")).to_be_focused()
    expect(front.locator("textarea[data-form]")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Control+s")
    page.locator("[data-state=saved]").wait_for(state="attached", timeout=WHILE)
    expect(page.locator("[data-state]")).not_to_contain_text("is not sent yet")


def test_who_goes_on_by_key_sees_a_segment_from_its_top_with_its_help_and_is_there_again_when_a_split_is_taken_back(
    page: Page,
) -> None:
    open_segment(page, "Ачылыш")
    while "Борбор ачылат." not in (page.locator("textarea:focus").text_content() or ""):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".segment.front .aside")).to_be_visible()
    expect(page.locator(".segment.front")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Control+Home")
    for _ in "Борбор ачылат.":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+Enter")
    expect(page.locator("textarea:focus")).to_have_value("Баары чакырылат.")
    page.locator(".segment.front [data-rearrange=back]").click()
    expect(page.locator("textarea:focus")).to_have_value("Борбор ачылат. Баары чакырылат.")


def test_a_reason_is_written_where_its_link_leads_and_enter_sends_it_and_the_name_of_the_segment_has_its_mark_no_more(
    page: Page,
) -> None:
    front = open_segment(page, "Борбор иштейт.")
    chip = front.locator(".what .checks-found")
    expect(chip).to_have_count(0)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Борбор борбор 7")
    expect(front.locator(".what .checks-found")).to_be_visible()
    for _ in range(front.locator(".checks li").count()):
        front.locator(".dismiss summary").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.type("Ушундай айтылат")
        dismissed = front.locator(".checks .dismissed").count()
        page.keyboard.press("Enter")
        expect(front.locator(".checks .dismissed")).to_have_count(dismissed + 1)
    expect(chip).to_have_count(0)


def test_names_of_segments_that_were_left_say_what_was_found_there_and_a_new_term_is_held_against_all_at_once(
    page: Page,
) -> None:
    key = open_segment(page, "Борбор иштейт.").get_attribute("data-key")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Борбор борбор")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f".segment:not(.front)[data-key='{key}'] .what .checks-found")).to_be_visible()
    front = open_segment(page, "Борбор ачылат.")
    expect(front.locator(".what .checks-found")).to_have_count(0)
    page.keyboard.press("Alt+KeyG")
    front.locator("#term").fill("opening")
    front.locator("#term-translation").fill("ачуу")
    front.locator("#term-translation").press("Control+Enter")
    expect(page.locator(".segment[data-key=title] .what .checks-found")).to_be_visible()
    expect(front.locator("#term")).to_have_value("")


def test_names_behind_an_at_are_chosen_by_keys_or_pointer_and_nothing_typed_is_changed_unless_one_is_taken(
    page: Page,
) -> None:
    open_segment(page, "Борбор иштейт.")
    page.keyboard.press("Alt+KeyT")
    field, names = page.locator(".segment.front #say"), page.locator(".segment.front [role=option]")

    def typed(words: str, count: int) -> None:
        field.fill("")
        page.keyboard.type(words)
        expect(names).to_have_count(count)

    typed("me@", 0)
    typed("@Кимдир", 0)
    typed("@", 4)
    assert axe_finds(page) == []
    expect(names.locator("nth=0")).to_contain_text("Aigul Author")
    page.keyboard.press("Enter")
    expect(field).to_have_value("@\n")
    typed("Ask @EL", 1)
    expect(field).to_have_attribute("aria-activedescendant", "mention-0")
    expect(page.locator("[data-people] [role=status]")).to_contain_text("Names to choose from: 1.")
    page.keyboard.press("Escape")
    expect(names).to_have_count(0)
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @EL\n")
    typed("Ask @EL", 1)
    page.keyboard.press("Tab")
    expect(field).to_have_value("Ask @elena ")
    expect(field).to_be_focused()
    typed("@", 4)
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(field).to_have_value("@carim ")
    typed("@coord", 1)  # a word of the full name
    names.first.click()
    expect(field).to_have_value("@carim ")
    page.keyboard.type("@ru")
    page.keyboard.press("Shift+Tab")
    expect(names).to_have_count(0)
    expect(field).to_have_value("@carim @ru")


def test_the_key_of_a_new_term_says_at_a_source_text_why_there_is_none(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "aigul")
    page = context.new_page()
    page.goto(f"/desk/{FOLDER}/en/translate?at=title")
    expect(page.locator("form[data-ready]")).to_be_attached()
    page.keyboard.press("Alt+KeyG")
    expect(page.locator("[role=status][data-state]")).to_have_text(
        "This is the source text: terms are added beside a translation."
    )
    expect(page.locator(".segment.front textarea[data-form]")).to_be_focused()
    context.close()


def test_who_has_no_keys_confirms_by_a_button_and_after_the_last_it_is_said_that_all_is_done_and_where_to_hand_in(
    page: Page,
) -> None:
    page.set_viewport_size(PHONE)
    front = open_segment(page, "Борбор иштейт.")
    front.get_by_label("I am not sure of this").check()
    page.keyboard.press("Control+s")
    page.locator("[data-state=saved]").wait_for(state="attached", timeout=WHILE)
    expect(page.locator(".segment[data-open]")).not_to_have_count(0)
    while page.locator(".segment[data-open]").count():
        left = page.locator(".segment[data-open]").count()
        page.locator(".segment[data-open] textarea[data-form]").first.click()
        page.locator(".segment.front").get_by_role("button", name="Done, on to the next").click()
        expect(page.locator(".segment[data-open]")).to_have_count(left - 1)
    told = page.locator("[data-finished]")
    expect(told).to_contain_text("All segments are done.")
    expect(told.get_by_role("link")).to_have_attribute("href", re.compile("#actions$"))
    expect(told).to_be_in_viewport(ratio=1)
