"""My work, as a page: what waits for whom, and what to do next."""

from datetime import UTC, datetime

import pytest

from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import article
from tests.web.desk.at_the_board import assign


@pytest.fixture
def filled(desk: TestDesk) -> TestDesk:
    desk.place.item(en=article("Opening <b>", "The centre opens.", slug="opening"))
    desk.place.sync()
    return desk


def test_who_coordinates_is_told_at_once_of_what_is_late(filled: TestDesk) -> None:
    assert "late" not in filled.signed_in("carim").get("/desk/").text
    assign(filled, "kanat", datetime(2026, 2, 3, tzinfo=UTC))
    assert '<a href="/desk/board?due=late">1 text is late</a>' in filled.signed_in("carim").get("/desk/").text
    assert "is late" not in filled.signed_in("rustam").get("/desk/").text


def test_my_work_says_what_to_do_next_and_leads_there(filled: TestDesk) -> None:
    page = filled.signed_in("kanat").get("/desk/").text
    assert 'href="/desk/news/2026-01-01-item/ky/"' in page
    assert "Opening &lt;b&gt;" in page


@on_both
def test_my_work_calls_texts_as_in_the_language_of_who_looks_where_there_is_one(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "Words.", slug="opening"), ru=article("Открытие", "Слова.", slug="otkrytie"))
    desk.place.sync()
    assign(desk, "kanat", datetime(2026, 2, 3, tzinfo=UTC))
    kanat = desk.signed_in("kanat")
    for language, named in {"ru": '<bdi lang="ru">Открытие</bdi>', "en": '<bdi lang="en">Opening</bdi>'}.items():
        kanat.post("/desk/account/language", data={"language": language})
        assert named in kanat.get("/desk/").text
    kanat.post("/desk/account/language", data={"language": "ky"})
    assert "<bdi>Opening</bdi>" in kanat.get("/desk/").text, "the title of the source, in which language it may be"


@on_both
def test_an_author_who_began_an_item_finds_it_in_their_work(filled: TestDesk) -> None:
    client = filled.signed_in("aigul")
    form = {"title": "A new item", "locale": "en", "kind": "news", "date": "2026-03-01T10:00"}
    assert client.post("/desk/new", data=form).status_code == 303
    page = client.get("/desk/")
    assert page.status_code == 200
    assert "A new item" in page.text


def test_my_work_teaches_where_there_is_none(filled: TestDesk) -> None:
    assert "Nothing waits for you." in filled.signed_in("adil").get("/desk/").text
