"""A translator and a reviewer work in a browser: nothing typed is lost, keys are enough, and nobody is shut out."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import transitions
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import EDITOR, FOLDER, ITEM, article
from tests.web.browser import DESK, PHONE, axe_finds
from tests.web.desk.in_browser import of

pytestmark = pytest.mark.browser

EN = article(
    "Memorandum signed", "The centre opens.", "## Guests", "- one\n- two", "All are invited.", slug="memorandum"
)
KY = article("Меморандум", "Борбор ачылды.", "## Коноктор", "- бир\n- эки", "Баары чакырылат.", slug="memorandum-ky")
AT = f"/desk/{FOLDER}/ky/"


@pytest.fixture
def desk(small_desk: TestDesk) -> TestDesk:
    small_desk.place.item(en=EN, ky=KY.replace("published", "draft"))
    small_desk.place.sync()
    return small_desk


def test_what_was_typed_is_kept_at_once_and_is_part_of_the_text_when_the_tab_is_closed(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    kanat = of(browser, desk, address, "kanat")
    page = kanat.new_page()
    page.goto(AT + "translate")
    page.get_by_role("textbox", name="кыргызча").first.fill("Башка баш сөз")
    expect(page.locator("[data-state=kept]")).to_be_visible()
    assert "Башка баш сөз" not in (desk.place.stand("ky")[1] or "")
    page.get_by_role("link", name="Back to the text").click()
    expect(page.get_by_text("Башка баш сөз").first).to_be_visible()
    page.goto(AT + "translate")
    expect(page.get_by_role("textbox", name="кыргызча").first).to_have_value("Башка баш сөз")
    expect(page.get_by_text("it is not in the text yet")).to_be_hidden()
    kanat.close()  # its page asks the server every few seconds


def test_a_text_is_translated_and_submitted_by_keys_alone_and_without_scripts(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    signed_in = of(browser, desk, address, "kanat")
    bare = browser.new_context(base_url=address, java_script_enabled=False)
    cookies = signed_in.cookies()
    bare.add_cookies([{"name": one["name"], "value": one["value"], "url": f"{address}/desk"} for one in cookies])
    page = bare.new_page()
    page.goto(AT)
    edit = page.get_by_role("link", name="Edit")
    edit.focus()
    page.keyboard.press("Enter")
    page.get_by_label("кыргызча").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Kol koyuldu")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Submit revision 2 for review").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Revision 2 waits for review now.")).to_be_visible()
    bare.close()


def test_a_comment_on_the_page_of_a_text_is_offered_the_names_of_who_can_be_told(
    browser: Browser, desk: TestDesk, address: str
) -> None:
    rustam = of(browser, desk, address, "rustam")
    page = rustam.new_page()
    page.goto(AT)
    field = page.get_by_label("Your comment")
    field.focus()
    page.keyboard.type("Karachi, @kan")
    expect(page.locator("[role=option]")).to_have_text(["@kanat Kanat Kyrgyz"])
    page.keyboard.press("Enter")
    expect(field).to_have_value("Karachi, @kanat ")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Karachi, @kanat \n")
    rustam.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_stands_in_anybodys_way_on_any_of_these_pages(
    browser: Browser, desk: TestDesk, address: str, size: ViewportSize
) -> None:
    with desk.place.database.write() as session:
        text = find(session, ITEM, Tag("ky"))
        for action in (Action.SUBMIT, Action.RETURN):
            transitions.take(session, text, action, EDITOR, revision=text.head, comment="Mend it")
    carim = of(browser, desk, address, "carim", size)
    page = carim.new_page()
    for path in (AT, AT + "translate", f"/desk/{FOLDER}/en/", f"/desk/{FOLDER}/en/correct", f"/desk/{FOLDER}/"):
        page.goto(path)
        look(page)
    carim.close()


def look(page: Page) -> None:
    """Nothing for axe to complain of, nothing wider than the screen."""
    assert axe_finds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
