"""The memory at the desk, without scripts: matches under a segment, taken and spread, and the search."""

import html

import pytest
from flask.testing import FlaskClient

from tests.desk import TestDesk
from tests.trees import FACTS, FOLDER, article
from tests.web.desk.pages import Page

OLD = "news/2025-01-01-old"
AT = f"/desk/{FOLDER}/ky/translate"


@pytest.fixture(autouse=True)
def item(desk: TestDesk) -> None:
    """An old item that is live in two languages, and a new one that nobody has translated yet."""
    place = desk.place
    place.write(f"content/{OLD}/item.toml", FACTS)
    place.write(
        f"content/{OLD}/en.md", article("Open day", "The centre opens on 12 March.", "All are invited.", slug="old")
    )
    place.write(
        f"content/{OLD}/ky.md", article("Ачык күн", "Борбор 12-мартта ачылат.", "Баары чакырылат.", slug="eski")
    )
    new = article(
        "Opening", "The centre opens on 14 March.", "All are invited.", "And:", "All are invited.", slug="new"
    )
    place.item(en=new)
    place.sync()


def keys(client: FlaskClient, asked: str) -> list[str]:
    """The segments that a filter shows."""
    page = client.get(f"{AT}?q={asked}").text
    return [part.partition('"')[0] for part in page.split('data-key="')[1:]]


def under(client: FlaskClient, key: str) -> str:
    return html.unescape(client.get(f"{AT}/aside?at={key}").text)


def fields(client: FlaskClient) -> list[str]:
    return [
        value
        for form in Page(client.get(AT)).forms
        for name, value in form.fields.items()
        if name[0] == "s" and name[1].isdigit()
    ]


def test_a_match_stands_under_the_segment_with_its_own_numbers_and_leads_to_where_it_stands(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    (key,) = keys(kanat, "source:14")
    shown = under(kanat, key)
    assert 'data-take="Борбор 14-мартта ачылат."' in shown
    assert "<del>12</del><ins>14</ins>" in shown.replace("\n", "")
    assert ("Ачык күн" in shown, f"/desk/{OLD}/ky/" in shown, "The tree" in shown) == (True, True, True)


def test_the_same_words_are_a_match_and_what_is_nothing_like_it_has_none(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    first, _ = keys(kanat, "source:invited")
    assert 'data-take="Баары чакырылат."' in under(kanat, first)
    assert "data-take" not in under(kanat, "title")


def test_without_scripts_a_button_keeps_the_words_and_the_page_shows_them_in_their_field(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    key, _ = keys(kanat, "source:invited")
    unit = under(kanat, key).partition('name="unit" value="')[2].partition('"')[0]
    taken = kanat.post(f"{AT}/take", data={"at": key, "unit": unit})
    assert (taken.status_code, f"at={key}" in taken.headers["Location"]) == (303, True)
    assert fields(kanat).count("Баары чакырылат.") == 1


def test_the_words_of_one_segment_are_those_of_all_with_its_source_and_others_words_are_marked(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    first, _ = keys(kanat, "source:invited")
    unit = under(kanat, first).partition('name="unit" value="')[2].partition('"')[0]
    assert "everywhere this source stands" not in under(kanat, first)
    kanat.post(f"{AT}/take", data={"at": first, "unit": unit})
    assert "everywhere this source stands" in under(kanat, first)
    assert kanat.post(f"{AT}/spread", data={"at": first}).status_code == 303
    assert fields(kanat).count("Баары чакырылат.") == 2
    assert "everywhere this source stands" not in under(kanat, first)
    assert keys(kanat, "state:fuzzy") == []


def test_what_somebody_wrote_otherwise_is_marked_as_not_sure_when_it_is_replaced(desk: TestDesk) -> None:
    desk.place.item(
        ky=article(
            "Ачылыш", "Борбор 14-мартта ачылат.", "Баары чакырылат.", "Жана:", "Келгиле.", slug="jany", status="draft"
        )
    )
    desk.place.sync()
    kanat = desk.signed_in("kanat")
    first, second = keys(kanat, "source:invited")
    assert kanat.post(f"{AT}/spread", data={"at": first}).status_code == 303
    assert keys(kanat, "state:fuzzy") == [second]
    assert fields(kanat).count("Баары чакырылат.") == 2


def test_words_that_the_memory_has_not_and_segments_that_there_are_not_are_not_found(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    (key,) = keys(kanat, "source:14")
    assert kanat.post(f"{AT}/take", data={"at": key, "unit": "99999"}).status_code == 404
    assert kanat.post(f"{AT}/spread", data={"at": "nothing"}).status_code == 404
    assert desk.signed_in("elena").post(f"{AT}/spread", data={"at": key}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=invit&source=en&target=ky", ["<mark>invited</mark>", "Баары чакырылат."]),
        ("words=MARCH+12&source=en&target=ky", ["<mark>12</mark> <mark>March</mark>", "Борбор 12-мартта ачылат."]),
        ("words=чакыр&source=en&target=ky&side=t", ["Баары <mark>чакырылат</mark>.", "All are invited."]),
    ],
)
def test_the_memory_is_searched_by_the_beginnings_of_words_in_either_language(
    desk: TestDesk, asked: str, found: list[str]
) -> None:
    page = desk.signed_in("aigul").get(f"/desk/memory/?{asked}").text
    assert [one for one in found if one not in page] == []


@pytest.mark.parametrize(
    "asked", ["", "words=nowhere", "words=13+March", "words=invited&target=ru", "source=!&target=!&side=x&words=zzz"]
)
def test_a_search_that_finds_nothing_says_what_to_do(desk: TestDesk, asked: str) -> None:
    page = desk.signed_in("aigul").get(f"/desk/memory/?{asked}")
    assert (page.status_code, 'class="empty"' in page.text) == (200, True)
