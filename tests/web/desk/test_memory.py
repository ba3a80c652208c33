"""The memory at the desk, without scripts: matches under a segment, taken and spread, and the search."""

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from app.queries import memory
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FACTS, FOLDER, Place, article
from tests.web.desk.pages import Page

OLD = "news/2025-01-01-old"
AT = f"/desk/{FOLDER}/ky/translate"


def office(place: Place) -> None:
    """An old item that is live in two languages, and a new one that nobody has translated yet."""
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


def test_a_pair_made_the_other_way_round_is_offered_and_called_so(desk: TestDesk) -> None:
    turned, facts = "news/2025-02-02-kyrgyz", FACTS.replace('"en"', '"ky"')
    desk.place.write(f"content/{turned}/item.toml", facts)
    desk.place.write(f"content/{turned}/ky.md", article("Жыйын", "Жыйын 5-майда болот.", slug="jyiyn"))
    desk.place.write(f"content/{turned}/en.md", article("Meeting", "The meeting is on 5 May.", slug="meeting"))
    new = article("Second meeting", "The meeting is on 7 May.", slug="second")
    desk.place.write(f"content/{FOLDER}/en.md", new)
    desk.place.sync()
    kanat = desk.signed_in("kanat")
    (key,) = keys(kanat, "source:May")
    shown = under(kanat, key)
    assert 'data-take="Жыйын 7-майда болот."' in shown
    assert shown.count("made the other way round") == 1
    unit = shown.partition('name="unit" value="')[2].partition('"')[0]
    kanat.post(f"{AT}/take", data={"at": key, "unit": unit})
    assert "Жыйын 7-майда болот." in fields(kanat)


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


@on_both
@pytest.mark.parametrize(
    "asked", ["", "words=nowhere", "words=13+March", "words=invited&target=ru", "source=!&target=!&side=x&words=zzz"]
)
def test_a_search_that_finds_nothing_says_what_to_do(desk: TestDesk, asked: str) -> None:
    page = desk.signed_in("aigul").get(f"/desk/memory/?{asked}")
    assert (page.status_code, 'class="empty"' in page.text) == (200, True)


def sheet_with(client: FlaskClient, key: str, words: str) -> dict[str, str]:
    """What goes out with a button under a segment when somebody typed into the first field of the sheet."""
    shown = Page(client.get(f"{AT}?at={key}"))
    sheet = next(form for form in shown.forms if "base" in form.fields)
    return {name: value for name, value in sheet.fields.items() if name[0] != "s" or name.startswith("source")} | {
        "s0.0": words, "at": key
    }  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("take", {}),
        ("spread", {"spread": "1"}),
        ("talk", {"say": "Why?", "to": "here"}),
        ("talk", {"say": " ", "to": "here"}),
        ("term", {"term_source": "en", "term": "door", "term_translation": "эшик"}),
        ("term", {"term_source": "en", "term": "", "term_translation": ""}),
        ("dismiss", {"finding": f"numbers {'0' * 64}", f"reason {'0' * 64}": "so"}),
    ],
)
def test_without_scripts_what_was_typed_above_is_still_there_whatever_is_pressed_under_a_segment(
    desk: TestDesk, deed: str, said: dict[str, str]
) -> None:
    rustam = desk.signed_in("rustam" if deed == "term" else "kanat")
    key, _ = keys(rustam, "source:invited")
    unit = under(rustam, key).partition('name="unit" value="')[2].partition('"')[0]
    answer = rustam.post(f"{AT}/{deed}", data=sheet_with(rustam, key, "Эшик ачык") | {"unit": unit} | said)
    there = rustam.get(answer.location) if answer.status_code == 303 else answer
    assert "Эшик ачык</textarea>" in there.text, answer.status_code


def test_controls_under_a_segment_belong_to_the_form_that_has_what_was_typed(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    key, _ = keys(kanat, "source:invited")
    shown = re.sub(r"<template data-loading>.*?</template>", "", kanat.get(f"{AT}?at={key}").text, flags=re.DOTALL)
    for name in ("unit", "to", "say"):
        assert re.search(rf'form="sheet"[^>]*name="{name}"', shown), name
    assert 'form="add-term"' not in shown


def test_words_that_are_taken_where_others_stand_leave_those_in_a_revision(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    key, _ = keys(kanat, "source:invited")
    unit = under(kanat, key).partition('name="unit" value="')[2].partition('"')[0]
    segment = {"key": key, "serial": 7, "typed": {"forms": ["Менин сөзүм"]}}
    said = {
        "account": "kanat", "tab": "one", "revision": 0, "source": "en", "source_revision": 1, "segments": [segment]
    }  # fmt: skip
    kanat.post(f"{AT}/typed", data=json.dumps(said), content_type="application/json")
    assert kanat.post(f"{AT}/take", data={"at": key, "unit": unit}).status_code == 303
    assert "Менин сөзүм" in (desk.place.stand("ky")[1] or "")
    assert fields(kanat).count("Баары чакырылат.") == 1


@on_both
def test_words_that_are_replaced_everywhere_are_in_a_revision_before(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    first, second = keys(kanat, "source:invited")
    segments = [
        {"key": first, "serial": 7, "typed": {"forms": ["Баары чакырылат."]}},
        {"key": second, "serial": 8, "typed": {"forms": ["Менин узун сүйлөмүм"]}},
    ]
    said = {"account": "kanat", "tab": "one", "revision": 0, "source": "en", "source_revision": 1, "segments": segments}
    kanat.post(f"{AT}/typed", data=json.dumps(said), content_type="application/json")
    assert kanat.post(f"{AT}/spread", data={"at": first}).status_code == 303
    assert fields(kanat).count("Баары чакырылат.") == 2
    assert any("Менин узун сүйлөмүм" in text for text in desk.place.revisions())


def test_terms_are_numbered_by_their_buttons(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    for said in ({"term": "centre", "term_note": "look"}, {"term": "opens", "term_translation": "ачылат"}):
        rustam.post(f"{AT}/term", data={"term_source": "en", **said})
    shown = under(rustam, keys(rustam, "source:14")[0])
    assert re.search(r'data-insert="ачылат".*?Alt \+ 2<', shown, re.DOTALL), "the one match has the first"


def many_articles(desk: TestDesk) -> FlaskClient:
    """A text of 259 segments with one word, each with another number; the memory has them, the last as the newest."""
    many = [article("Many", *(f"Article {n} of it." for n in range(3, 262)), slug="many")]
    many += [article("Көп", *(f"{n}-берене ушул." for n in range(3, 262)), slug="kop")]
    for place, tag in zip(many, ("en", "ky"), strict=True):
        desk.place.write(f"content/news/2025-02-02-many/{tag}.md", place)
    desk.place.write("content/news/2025-02-02-many/item.toml", FACTS)
    desk.place.sync()
    return desk.signed_in("aigul")


@on_both
def test_a_number_is_found_however_many_newer_segments_have_the_same_word_with_others(desk: TestDesk) -> None:
    aigul = many_articles(desk)
    for asked, found in (("Article+3", "<mark>Article</mark> <mark>3</mark>"), ("12", "<mark>12</mark>")):
        page = aigul.get(f"/desk/memory/?words={asked}&source=en&target=ky").text
        assert found in page, asked


def older(page: str) -> str:
    """Where the press leads that looks at older segments."""
    return html.unescape(
        page.partition("there may be more that are older.")[2].partition('href="')[2].partition('"')[0]
    )


def test_more_than_one_page_of_passages_is_said_and_the_others_are_a_press_away(desk: TestDesk) -> None:
    aigul, found = many_articles(desk), list[str]()
    page = aigul.get("/desk/memory/?words=art&source=en&target=ky").text
    while leads := older(page):
        found += re.findall(r"<mark>Article</mark> (\d+) of", page)
        page = aigul.get(leads).text
    found += re.findall(r"<mark>Article</mark> (\d+) of", page)
    assert found == [str(number) for number in range(261, 2, -1)]


def test_a_search_that_ends_before_it_has_looked_at_all_says_so_and_goes_on(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    aigul = many_articles(desk)
    monkeypatch.setattr(memory, "_PAGES", 1)
    page = aigul.get("/desk/memory/?words=Article+3&source=en&target=ky").text
    assert "None of the segments that were looked at has all of these words." in page
    page = aigul.get(older(page)).text
    assert ("<mark>Article</mark> <mark>3</mark>" in page, older(page)) == (True, "")
    page = aigul.get("/desk/memory/?words=nothing+of&source=en&target=ky").text
    assert ("No approved text has all of these words." in page, older(page)) == (True, "")
    assert "Nothing older has all of these words." in aigul.get("/desk/memory/?words=Article&before=1").text
    assert aigul.get("/desk/memory/?words=Article&before=-7&source=en&target=ky").text.count("<mark>") == 50
