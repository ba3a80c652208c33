"""Who translates a message sees the page that shows it, with these very words marked, before readers do."""

import re

import pytest

from app.domain.documents import DocumentName
from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Page

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
POT = HEAD + '\nmsgid "Search"\nmsgstr ""\n\nmsgid "Nobody shows this"\nmsgstr ""\n'
POT += '\nmsgid "%(count)s result"\nmsgid_plural "%(count)s results"\nmsgstr[0] ""\nmsgstr[1] ""\n'
AT = "/desk/catalogue/messages/ky/translate"


def office(place: Place) -> None:
    place.item(en=article("Opening", "The centre opens.", "All are invited.", slug="opening", status="published"))
    place.write("translations/messages.pot", POT)
    place.write("translations/ky/LC_MESSAGES/messages.draft.po", HEAD + '\nmsgid "Search"\nmsgstr "Издөө <b>"\n')
    place.sync()


def test_the_page_shows_the_draft_marked_and_readers_see_nothing_of_it(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    shown = kanat.get(AT + "/shown?at=Search")
    assert '<mark class="shown" id="shown">Издөө &lt;b&gt;</mark>' in shown.text
    assert "\ue000" not in shown.text
    assert "<script" not in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "Издөө" not in desk.client().get("/ky/").text
    assert "Издөө" not in desk.client().get("/ky/search").text


def test_each_message_of_a_catalogue_has_a_name_of_its_own(desk: TestDesk) -> None:
    names = re.findall(r"data-front[^>]*>(.*?)</", desk.signed_in("kanat").get(AT).text)
    assert names == ["Message 1", "Message 2", "Message 3"]


def test_what_stands_on_no_page_of_readers_is_said_to(desk: TestDesk) -> None:
    page = Page(desk.signed_in("kanat").get(AT + "/shown?at=Nobody shows this"))
    assert (page.status, "No reader's page that we looked at has these words" in page.words) == (200, True)


def test_a_message_with_a_number_stands_on_a_page_of_search_results(desk: TestDesk) -> None:
    desk.place.item(ky=article("Ачылыш", "Борбор ачылат.", "Баары чакырылат.", slug="achylysh", status="published"))
    desk.place.sync()
    shown = desk.signed_in("kanat").get(AT + "/shown?at=%25(count)s result")
    assert '<mark class="shown" id="shown">1 result</mark>' in shown.text


@pytest.mark.parametrize(
    "address",
    [
        f"/desk/{FOLDER}/ky/translate/shown?at=title",
        AT + "/shown?at=Gone",
        "/desk/catalogue/messages/ru/translate/shown?at=Search",
    ],
)
def test_other_texts_and_messages_have_no_such_page(desk: TestDesk, address: str) -> None:
    assert desk.signed_in("kanat").get(address).status_code == 404


def test_the_words_themselves_stay_a_draft(desk: TestDesk) -> None:
    desk.signed_in("kanat").get(AT + "/shown?at=Search")
    assert "Издөө" in (desk.place.stand("ky", DocumentName.parse("catalogue/messages"))[1] or "")
