"""An author writes in a browser: keys, photos, the reader's page beside it, and nothing that was typed is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.words import words_in
from app.services.texts import find
from app.storage.texts import DbRevision
from tests.desk import TestDesk
from tests.storage.photographs import encoded, halves
from tests.trees import decide
from tests.web.browser import DESK, PHONE, SHIFTS, axe_finds
from tests.web.desk.in_browser import of

pytestmark = pytest.mark.browser

EDIT = "/desk/news/2026-03-18-opening/en/edit"
OPENING, EN = DocumentName.parse("news/2026-03-18-opening"), Tag("en")


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    return small_desk


def begun(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/desk/new")
    page.get_by_label("Title").fill("Opening")
    page.get_by_label("Language it is written in").select_option("en")
    page.get_by_label("Date and time of a news item").fill("2026-03-18T19:25")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(f"**{EDIT}")
    return page


def text(desk: TestDesk) -> str:
    with desk.place.database.read() as session:
        return session.get_one(DbRevision, find(session, OPENING, EN).head_id).text


@pytest.fixture
def page(browser: Browser, desk: TestDesk, address: str) -> Iterator[Page]:
    context = of(browser, desk, address, "aigul")
    yield begun(context)
    context.close()


def test_the_readers_page_beside_the_form_follows_what_is_typed(desk: TestDesk, page: Page) -> None:
    seen = page.frame_locator("iframe")
    expect(seen.get_by_role("heading", name="Opening")).to_be_visible()
    page.get_by_label("Title").fill("Another title")
    body = page.get_by_label("Text", exact=True)
    body.fill("The centre opens.")
    body.press("Control+a")
    body.press("Control+b")
    expect(seen.get_by_role("heading", name="Another title")).to_be_visible()
    expect(seen.locator("strong", has_text="The centre opens.")).to_be_visible()
    assert "Another title" not in text(desk)


def test_marks_are_put_by_button_and_by_key_and_the_browsers_undo_takes_them_back(page: Page) -> None:
    body = page.get_by_label("Text", exact=True)
    body.press_sequentially("One word")
    body.press("Shift+Home")
    page.get_by_role("button", name="Quotation").click()
    expect(body).to_have_value("> One word")
    body.press("Control+Alt+2")
    expect(body).to_have_value("## > One word")
    body.press("Control+z")
    body.press("Control+z")
    expect(body).to_have_value("One word")
    body.press("Control+k")
    expect(body).to_have_value("[One word](https://)")


def test_the_toolbar_is_one_stop_of_the_tab_key_and_arrows_lead_through_it(page: Page) -> None:
    page.get_by_label("Summary").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()


def test_photos_chosen_and_words_typed_before_the_script_has_come_over_a_slow_line_are_taken(
    page: Page, tmp_path: Path
) -> None:
    held: list[Route] = []
    page.route("**/desk-write*.js*", lambda route: held.append(route))  # noqa: PLW0108  # Playwright wraps functions alone
    page.goto(EDIT, wait_until="commit")
    photo = tmp_path / "hall.jpg"
    photo.write_bytes(encoded(halves(900, 400)))
    page.get_by_label("Add photos").set_input_files([photo])
    page.get_by_label("Summary").fill("Typed at once.")
    expect(page.locator(".photo")).to_have_count(0)
    held[0].continue_()
    expect(page.locator(".photo")).to_have_count(1)
    expect(page.locator(".state")).to_contain_text("Kept in this browser")


def test_photos_come_in_several_at_once_change_places_and_are_saved_with_their_words(
    desk: TestDesk, page: Page, tmp_path: Path
) -> None:
    files = []
    for name, width in (("hall.jpg", 900), ("table.jpg", 600)):
        files.append(tmp_path / name)
        files[-1].write_bytes(encoded(halves(width, 400)))
    page.get_by_label("Add photos").set_input_files(files)
    expect(page.locator(".photo")).to_have_count(2)
    first = page.locator(".photo", has_text="photos/hall.webp")
    second = page.locator(".photo", has_text="photos/table.webp")
    expect(first.locator("img")).to_have_js_property("complete", value=True)
    first.get_by_label("Description for people who cannot see it").fill("A hall")
    second.get_by_label("Caption").fill("The table")
    page.locator(".photo").nth(1).get_by_role("button", name="Earlier").press("Enter")
    order = [field.get_attribute("value") for field in page.locator(".photo [name=photo]").all()]
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    words = words_in(text(desk))
    assert (words.alt, words.captions) == ({"photos/hall.webp": "A hall"}, {"photos/table.webp": "The table"})
    assert [field.get_attribute("value") for field in page.locator(".photo [name=photo]").all()] == order


def test_a_photo_can_be_dropped_and_one_that_is_none_is_said_to_be_none(page: Page) -> None:
    raw = list(encoded(halves(600, 400)))
    drop = """([area, raw]) => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(raw)], "drop.jpg"));
        files.items.add(new File(["words"], "words.jpg"));
        area.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: files}));
    }"""
    page.evaluate(drop, [page.locator("fieldset.photos").element_handle(), raw])
    expect(page.locator(".photo", has_text="photos/drop.webp")).to_be_visible()
    expect(page.locator(".uploads")).to_contain_text("words.jpg: Is not a photo")


def test_what_was_typed_survives_a_closed_tab_and_is_offered_again(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "aigul")
    page = begun(context)
    page.get_by_label("Text", exact=True).fill("Half a sentence, and then the tab was closed")
    expect(page.locator(".state")).to_contain_text("Kept in this browser until you save")
    page.close()
    again = context.new_page()
    again.goto(EDIT)
    expect(again.get_by_label("Text", exact=True)).to_have_value("")
    again.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Text", exact=True)).to_have_value("Half a sentence, and then the tab was closed")
    again.get_by_role("button", name="Save").click()
    expect(again.get_by_text("Saved as revision 2.")).to_be_visible()
    again.goto(EDIT)
    expect(again.get_by_role("button", name="Put it back")).to_be_hidden()
    context.close()


def test_what_a_colleague_saved_meanwhile_is_merged_with_what_is_put_back(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "aigul")
    page = begun(context)
    page.get_by_label("Text", exact=True).fill("One.\n\nTwo.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("One.\n\nTwo and mine.")
    expect(page.locator(".state")).to_contain_text("Kept in this browser until you save")
    page.close()
    theirs = of(browser, desk, address, "carim")
    other = theirs.new_page()
    other.goto(EDIT)
    other.get_by_label("Text", exact=True).fill("One and theirs.\n\nTwo.")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Saved as revision 3.")).to_be_visible()
    again = context.new_page()
    again.goto(EDIT)
    again.get_by_role("button", name="Put it back").click()
    again.get_by_role("button", name="Save").click()
    expect(again.get_by_text("Both changes are in it now.")).to_be_visible()
    expect(again.get_by_label("Text", exact=True)).to_have_value("One and theirs.\n\nTwo and mine.")
    theirs.close()
    context.close()


def test_what_was_typed_after_a_save_is_offered_where_that_page_is_opened_again(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "aigul")
    page = begun(context)
    page.get_by_label("Text", exact=True).fill("Saved")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("Saved, and more")
    expect(page.locator(".state")).to_contain_text("Kept in this browser until you save")
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Saved, and more")
    context.close()


def test_what_one_person_typed_is_not_offered_to_another_on_the_same_machine(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    context = of(browser, desk, address, "aigul")
    page = begun(context)
    page.get_by_label("Text", exact=True).fill("Mine")
    expect(page.locator(".state")).to_contain_text("Kept in this browser until you save")
    expect(page.frame_locator("iframe").get_by_text("Mine")).to_be_visible()  # nothing is under way any more
    cookie = desk.signed_in("carim").get_cookie("desk", path="/desk")
    assert cookie is not None
    context.clear_cookies()
    context.add_cookies([{"name": "desk", "value": cookie.value, "url": f"{address}/desk"}])
    page.goto(EDIT)
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()
    context.close()


def test_a_change_of_what_readers_have_is_marked_with_the_word_diff_in_sight(desk: TestDesk, page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("The centre opens.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    with desk.place.database.write() as session:
        decide(session, find(session, OPENING, EN), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    page.goto(EDIT)
    body = page.get_by_label("Text", exact=True)
    body.fill("The centre opened.")
    expect(page.locator(".diff del")).to_have_text("opens")
    expect(body).to_be_focused()
    page.get_by_role("button", name="Compare again").click()
    expect(page.locator(".diff del")).to_have_text("opens")
    expect(page.locator(".diff ins")).to_have_text("opened")
    before = "[...document.querySelectorAll('[name=change], [value=save]')].map((one) => one.value)"
    assert page.evaluate(before) == ["material", "minor", "save"], "the choice comes before the button"
    page.mouse.wheel(0, 2000)
    for part in (page.locator(".diff ins"), page.locator("[value=minor]"), page.get_by_role("button", name="Save")):
        expect(part).to_be_in_viewport()
    page.get_by_label("A slip was mended: translations stay as they are").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    assert words_in(text(desk)).minor


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_writing_are_accessible_and_fit_the_screen(
    browser: Browser, desk: TestDesk, address: str, size: ViewportSize
) -> None:
    context = of(browser, desk, address, "aigul", size)
    page = begun(context)
    for path in (EDIT, EDIT.replace("/edit", "/history"), "/desk/new"):
        page.goto(path)
        assert axe_finds(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_button_that_takes_a_script_stands_nowhere_without_one_and_nothing_moves_when_it_comes(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    address = address.replace("127.0.0.1", "localhost")  # no passkey counts at an address without a name
    signed_in = of(browser, desk, address, "aigul")
    begun(signed_in)
    bare = browser.new_context(base_url=address, java_script_enabled=False)
    bare.add_cookies([{**one, "path": "/"} for one in signed_in.cookies()])  # type: ignore[typeddict-item]  # given back as it came
    dead, alive = bare.new_page(), signed_in.new_page()
    for path, name in (
        (EDIT, "Bold"),
        ("/desk/sign-in", "Sign in with a passkey"),
        ("/desk/account/passkeys", "Add a passkey"),
    ):
        shown = browser.new_context(base_url=address).new_page() if path == "/desk/sign-in" else alive
        for page in (dead, shown):
            page.goto(path)
        expect(shown.get_by_role("button", name=name)).to_be_visible()
        expect(dead.get_by_role("button", name=name)).to_be_hidden()
    shown.goto(address.replace("localhost", "127.0.0.1") + "/desk/sign-in")
    expect(shown.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(shown.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    alive.goto(EDIT)
    expect(alive.get_by_role("button", name="Bold")).to_be_visible()
    # Not as an init script: that is tried in the frame of the preview, too, where no script may run.
    alive.evaluate(SHIFTS)
    alive.evaluate("new Promise((seen) => setTimeout(seen))")  # what moved before is told in a task of its own
    assert [one for one in alive.evaluate("window.shifts") if ".tools" in str(one)] == []
    bare.close()
