"""The table of texts and my work, as pages."""

import pytest

from tests.desk import TestDesk
from tests.trees import article


@pytest.fixture
def filled(desk: TestDesk) -> TestDesk:
    desk.place.item(en=article("Opening <b>", "The centre opens.", slug="opening"))
    desk.place.sync()
    return desk


def test_the_table_shows_each_text_with_its_status_and_what_is_live_and_leads_to_it(filled: TestDesk) -> None:
    page = filled.signed_in("carim").get("/desk/board").text
    assert "Opening &lt;b&gt;" in page
    assert 'href="/desk/news/2026-01-01-item/en/"' in page
    assert 'href="/desk/news/2026-01-01-item/ky/"' in page
    assert ">published</span>" in page
    assert ">missing</span>" in page


def test_what_a_machine_made_is_called_so_in_a_word_that_everybody_sees(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening", origin="machine"))
    desk.place.sync()
    assert '<span class="word machine">machine</span>' in desk.signed_in("carim").get("/desk/board").text


def test_a_filter_is_an_address_and_what_means_nothing_asks_for_nothing(filled: TestDesk) -> None:
    client = filled.signed_in("carim")
    assert "Opening" in client.get("/desk/board?status=missing&language=ky&words=opening&kind=news").text
    assert "Opening" not in client.get("/desk/board?status=draft").text
    assert "Opening" in client.get("/desk/board?status=odd&language=zz&kind=none&words=+&older=").text
    assert client.get("/desk/board?older=%F0%9F%98%80").status_code == 200
    assert client.get("/desk/board?kind=%00").status_code == 400


def test_my_work_says_what_to_do_next_and_leads_there(filled: TestDesk) -> None:
    page = filled.signed_in("kanat").get("/desk/").text
    assert 'href="/desk/news/2026-01-01-item/ky/"' in page
    assert "Opening &lt;b&gt;" in page


def test_an_author_who_began_an_item_finds_it_in_their_work(filled: TestDesk) -> None:
    client = filled.signed_in("aigul")
    form = {"title": "A new item", "locale": "en", "kind": "news", "date": "2026-03-01T10:00"}
    assert client.post("/desk/new", data=form).status_code == 303
    page = client.get("/desk/")
    assert page.status_code == 200
    assert "A new item" in page.text


def test_my_work_teaches_where_there_is_none(filled: TestDesk) -> None:
    assert "Nothing waits for you." in filled.signed_in("adil").get("/desk/").text


def test_an_administrator_sees_no_texts(filled: TestDesk) -> None:
    assert filled.signed_in("adil").get("/desk/board").status_code == 403
