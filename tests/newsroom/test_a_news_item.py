"""From an invitation to a reader who switches to Kazakh: a news item on its way through a newsroom."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.newsroom.room import Newsroom

pytestmark = pytest.mark.browser

TITLE = "Officers of seven countries train dogs together"
KAZAKH = {
    "Title": "Жеті елдің қызметкерлері иттерді бірге жаттықтырады",
    "Address": "zheti-eldin-qyzmetkerleri",
    "Summary": "Алматыда бірлескен сабақ өтті.",
    "Text": "Сабақ Алматыда өтті.",
    "Caption": "Қызметкерлер алаңда.",
    "Description for people who cannot see it": "Екі адам мен ит.",
}


def photo(folder: Path, name: str, colour: str) -> Path:
    path = folder / name
    Image.new("RGB", (1200, 800), colour).save(path)
    return path


def press(page: Page, words: str) -> None:
    """Press a button of a text's page, and see that it was done."""
    page.get_by_role("button", name=re.compile(words)).first.click()
    expect(page.locator(".said.done").first).to_be_visible()


def text_of(page: Page, address: str, locale: str) -> None:
    page.goto(f"{address}{locale}/")


def write(room: Newsroom, folder: Path) -> str:
    """An author writes an item with two photos and hands it in; give its address at the desk."""
    page = room.pages["aigul"]
    page.goto("/desk/new")
    page.locator("#title").fill(TITLE)
    page.locator("#locale").select_option("en")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#slug")).to_have_value("officers-of-seven-countries-train-dogs-together")
    page.locator("#summary").fill("A joint training took place in Almaty.")
    page.locator("#body").fill("The training took place in Almaty.")
    page.locator("#new_photos").set_input_files(
        [photo(folder, "square.jpg", "darkgreen"), photo(folder, "dogs.jpg", "navy")]
    )
    expect(page.locator(".photos ol > li")).to_have_count(2)
    page.locator("[name^=caption]").first.fill("Officers on the square.")
    page.locator("[name^=alt]").first.fill("Two people and a dog.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".said.done").first).to_be_visible()
    frame = page.frame_locator(".seen iframe")
    expect(frame.locator("h1")).to_have_text(TITLE)
    address = re.sub(r"en/edit.*$", "", page.url.removeprefix(room.site.address))
    text_of(page, address, "en")
    press(page, "Submit revision")
    return address


def see_who_was_invited(room: Newsroom) -> None:
    page = room.pages["administrator"]
    page.goto("/desk/people/")
    for name in ("Aigul Author", "Kamila Kazakh", "Rustam Reviewer", "Elena Editor", "Carim Coordinator"):
        expect(page.get_by_role("link", name=name)).to_be_visible()


def editor_is_there(page: Page) -> None:
    """Wait for the page of the editor: what is asked for all that there is does not wait for there to be something."""
    expect(page.locator("form[data-ready]")).to_be_attached()


def publish_the_source(room: Newsroom, begun: str) -> None:
    """Another approves what the author wrote, and a coordinator publishes it."""
    text_of(room.pages["elena"], begun, "en")
    press(room.pages["elena"], "Approve revision")
    text_of(room.pages["carim"], begun, "en")
    press(room.pages["carim"], "Publish revision")
    reader = room.browser(locale="en")
    reader.goto("/en/news/officers-of-seven-countries-train-dogs-together")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.get_by_text("Officers on the square.").first).to_be_visible()


def bring_kazakh_to_readers(room: Newsroom, begun: str) -> None:
    """A translator, a reviewer who returns, the translator again, another who approves, a coordinator, a reader."""
    kamila = room.pages["kamila"]
    kamila.goto("/desk/")
    kamila.locator(f".waiting a[href='{begun}kk/']").click()
    kamila.locator(".ways a.button").first.click()
    editor_is_there(kamila)
    for segment in kamila.locator("fieldset.segment").all():
        source = segment.locator(".source").inner_text()
        words = next((kk for en, kk in _BY_SOURCE.items() if en in source), "Сурет.")
        segment.locator("textarea[data-form]").fill(words)
    kamila.locator(".buttons.save button.first").click()
    expect(kamila.locator(".said.done").first).to_be_visible()
    kamila.locator("button[value=submit]").click()
    expect(kamila.locator(".said.done").first).to_be_visible()

    rustam = room.pages["rustam"]
    rustam.goto("/desk/")
    rustam.locator(f".waiting a[href='{begun}kk/']").click()
    rustam.locator("#note").fill("Алматыда емес, Астанада")
    rustam.locator("button[value=return]").click()
    expect(rustam.locator(".said.done").first).to_be_visible()

    kamila.goto("/desk/")
    expect(kamila.get_by_text("Алматыда емес, Астанада").first).to_be_visible()
    kamila.locator(f".waiting a[href='{begun}kk/']").first.click()
    kamila.locator(".ways a.button").first.click()
    body = kamila.locator("fieldset.segment", has_text="The training took place in Almaty.")
    body.locator("textarea[data-form]").fill("Сабақ Астанада өтті.")
    kamila.locator(".buttons.save button.first").click()
    expect(kamila.locator(".said.done").first).to_be_visible()
    kamila.locator("button[value=submit]").click()
    expect(kamila.locator(".said.done").first).to_be_visible()

    text_of(room.pages["elena"], begun, "kk")
    press(room.pages["elena"], "Approve revision")
    text_of(room.pages["carim"], begun, "kk")
    press(room.pages["carim"], "Publish revision")

    reader = room.browser(locale="en")
    reader.goto("/en/news/officers-of-seven-countries-train-dogs-together")
    reader.locator(".foot-languages a[hreflang='kk']").click()
    expect(reader.locator("h1")).to_have_text(KAZAKH["Title"])
    expect(reader.get_by_text("Сабақ Астанада өтті.")).to_be_visible()


_BY_SOURCE = {
    TITLE: KAZAKH["Title"],
    "officers-of-seven-countries": KAZAKH["Address"],
    "A joint training": KAZAKH["Summary"],
    "The training took place": KAZAKH["Text"],
    "Officers on the square": KAZAKH["Caption"],
    "Two people and a dog": KAZAKH["Description for people who cannot see it"],
}


def read_the_timeline(room: Newsroom, begun: str) -> None:
    page = room.pages["carim"]
    page.goto(begun)
    story = page.locator(".story")
    for words in ("Kamila Kazakh", "Rustam Reviewer", "Elena Editor", "Carim Coordinator", "Алматыда емес, Астанада"):
        expect(story.get_by_text(words).first).to_be_visible()


def withdraw(room: Newsroom, begun: str) -> None:
    page = room.pages["carim"]
    text_of(page, begun, "kk")
    button = page.get_by_role("button", name="Withdraw from readers", exact=True)
    expect(button).to_be_hidden()
    page.locator("details.withdrawal summary").click()
    expect(page.get_by_text("These languages stay live: English.")).to_be_visible()
    press(page, "Withdraw from readers$")
    reader = room.browser(locale="en")
    reader.goto("/kk/news/officers-of-seven-countries-train-dogs-together")
    expect(reader.locator("h1")).to_have_text(TITLE)
    press(page, "Publish revision")
    reader.goto(f"/kk/news/{KAZAKH['Address']}")
    expect(reader.locator("h1")).to_have_text(KAZAKH["Title"])


def test_an_item_goes_from_an_invitation_by_author_translator_and_reviewers_to_a_reader_in_kazakh_and_is_withdrawn(
    room: Newsroom, tmp_path: Path
) -> None:
    see_who_was_invited(room)
    begun = write(room, tmp_path)
    publish_the_source(room, begun)
    bring_kazakh_to_readers(room, begun)
    read_the_timeline(room, begun)
    withdraw(room, begun)
