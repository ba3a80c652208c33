"""The glossary as pages: written by who may, refused with what was typed, brought as a table, met in the editor."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.desk.pages import Page

PAGE = "/desk/glossary/?source=en&target=ky"
PAIR = {"source": "en", "target": "ky"}
AT = f"/desk/{FOLDER}/ky/translate"


def put(client: FlaskClient, term: str, translation: str = "", **said: str) -> TestResponse:
    return client.post("/desk/glossary/term", data=PAIR | {"term": term, "translation": translation} | said)


def shown(client: FlaskClient, more: str = "") -> Page:
    return Page(client.get(PAGE + more))


def test_a_translator_adds_a_term_finds_it_changes_it_and_takes_it_out(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert "There are no terms yet (English → Kyrgyz)." in shown(desk.signed_in("carim")).words
    assert put(kanat, "customs", "бажы", forbidden="таможня\n", note="of all countries").status_code == 303
    page = shown(kanat, "&words=БАЖЫ")
    assert all(words in page.words for words in ("customs", "бажы", "таможня", "of all countries", "Kanat Kyrgyz"))
    assert "customs" not in shown(kanat, "&words=border").words
    form = shown(kanat, "&change=1").form("Save the term")
    changed = form.fields | {"translation": "бажы кызматы", "do": "save"}
    assert kanat.post(form.action, data=changed).status_code == 303
    assert "бажы кызматы" in shown(kanat).words
    gone = form.fields | {"version": "2", "do": "remove"}
    assert kanat.post(form.action, data=gone).status_code == 303
    assert "customs" not in shown(kanat).words.replace("“customs”", "")


@on_both
def test_the_later_of_two_who_change_a_term_is_shown_both_and_what_they_typed_and_may_put_it_in_its_place(
    desk: TestDesk,
) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    put(rustam, "customs", "бажы")
    mine = shown(carim, "&change=1").form("Save the term").fields | {"translation": "бажыкана", "do": "save"}
    put(rustam, "customs", "бажы кызматы", number="1", version="1")
    answer = carim.post("/desk/glossary/term", data=mine)
    page = Page(answer)
    assert (answer.status_code, "Somebody changed this term meanwhile." in page.words) == (409, True)
    again = page.form("Save the term").fields
    assert ("бажы кызматы" in page.words, again["translation"], again["version"]) == (True, "бажыкана", "2")
    assert carim.post("/desk/glossary/term", data=again | {"do": "save"}).status_code == 303
    assert "бажыкана" in shown(carim).words


def test_a_term_that_is_there_already_is_shown_and_can_be_changed_instead(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    put(carim, "Customs", "бажы")
    answer = put(carim, " CUSTOMS ", "бажыкана")
    page = Page(answer)
    assert (answer.status_code, "has the term “CUSTOMS” already" in page.words, "бажы" in page.words) == (
        409,
        True,
        True,
    )
    again = page.form("Save the term").fields
    assert (again["number"], again["version"], again["translation"]) == ("1", "1", "бажыкана")


def test_what_is_refused_names_its_field_and_is_given_back_as_it_was_typed(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    answer = put(carim, "customs " * 30, "бажы", note="why")
    page = Page(answer)
    assert (answer.status_code, "The term has 239 letters, and 200 are the most." in page.words) == (422, True)
    assert page.form("Save the term").fields["note"] == "why"
    assert "The translation is missing" in Page(put(carim, "customs")).words
    assert "to be empty where the term is not to be translated" in Page(put(carim, "SCO", "ШКУ", keep="1")).words


def test_who_does_not_translate_into_a_language_reads_its_glossary_and_writes_nothing(desk: TestDesk) -> None:
    elena, aigul, kanat = (desk.signed_in(name) for name in ("elena", "aigul", "kanat"))
    put(kanat, "customs", "бажы")
    for reader in (elena, aigul):
        page = shown(reader)
        assert ("бажы" in page.words, "Save the term" in page.buttons) == (True, False)
        assert put(reader, "border", "чек ара").status_code == 403
    assert "border" not in shown(kanat).words
    assert desk.signed_in("adil").get(PAGE).status_code == 403


def test_an_address_that_means_nothing_shows_a_glossary_all_the_same(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    for odd in ("?source=zz&target=!", "?change=99", "?from=-5&words=+", "?change=99999999999999999999999"):
        assert kanat.get(f"/desk/glossary/{odd}").status_code == 200
    assert kanat.get("/desk/glossary/?source=ky&target=ky").status_code == 200
    assert kanat.get("/desk/glossary/table?source=zz&target=ky").status_code == 404
    assert put(kanat, "a", "b", source="ky").status_code == 404


def bring(client: FlaskClient, table: str) -> Page:
    data = PAIR | {"table": (BytesIO(table.encode()), "terms.csv")}
    return Page(client.post("/desk/glossary/bring", data=data, follow_redirects=True))


@on_both
def test_a_table_comes_in_whole_or_not_at_all_and_goes_out_as_it_came(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    put(carim, "customs", "бажыкана")
    wrong = bring(carim, "term,translation,keep\ncustoms,бажы,\nSCO,ШКУ,perhaps\n,x,\n")
    assert "Nothing was taken in." in wrong.words
    assert ("Line 3: Keep is" in wrong.words, "Line 4: The term is missing." in wrong.words) == (True, True)
    assert "бажыкана" in shown(carim).words
    done = bring(carim, "\ufeffTerm;Translation;keep\nCustoms;бажы;\n=SCO;;yes\n")
    assert "New terms: 1; changed: 1; as before: 0." in done.words
    out = carim.get("/desk/glossary/table?source=en&target=ky").text
    assert out == "\ufeffterm,translation,note,forbidden,keep\r\n'=SCO,,,,yes\r\nCustoms,бажы,,,\r\n"
    assert "as before: 2" in bring(carim, out).words
    assert "The table is empty." in bring(carim, "").words


def test_a_glossary_goes_out_as_tbx_and_comes_in_again(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    put(carim, "customs", "бажы", forbidden="таможня", note="an office")
    out = carim.get("/desk/glossary/table?source=en&target=ky&format=tbx")
    assert 'filename="glossary-en-ky.tbx"' in out.headers["Content-Disposition"]
    assert "as before: 1" in bring(carim, out.text).words
    assert "New terms: 1; changed: 0" in bring(carim, out.text.replace("customs", "customs office")).words
    assert "Nothing was taken in." in bring(carim, out.text.replace("</body>", "")).words


@pytest.fixture
def item(desk: TestDesk) -> TestDesk:
    en = article("Opening", "Two customs officers came.", slug="opening")
    desk.place.item(en=en, ky=article("Ачылыш", "Эки таможник келди.", slug="achylysh", status="draft"))
    desk.place.sync()
    return desk


def test_a_term_added_in_the_editor_stands_under_the_segments_that_have_it_and_a_check_warns(item: TestDesk) -> None:
    kanat = item.signed_in("kanat")
    key = Page(kanat.get(AT)).html.partition('data-key="p')[2].partition('"')[0]
    said = {"at": f"p{key}", "term_source": "en", "term": "customs officer", "term_translation": "бажы кызматкери"}
    answer = kanat.post(f"{AT}/term?at=p{key}", data=said)
    assert (answer.status_code, answer.location) == (303, f"{AT}?at=p{key}")
    page = kanat.get(f"{AT}?at=p{key}").text
    assert 'data-insert="бажы кызматкери"' in page
    assert "“бажы кызматкери” for “customs officer”" in page, "the check"
    found = kanat.get(f"{AT}?q=check:terms").text
    assert ("Эки таможник келди." in found, "Ачылыш</textarea>" in found) == (True, False)
    assert 'data-insert="бажы кызматкери"' not in kanat.get(f"{AT}?at=title").text


def test_a_term_refused_in_the_editor_is_given_back_there(item: TestDesk) -> None:
    kanat = item.signed_in("kanat")
    said = {"at": "title", "term_source": "en", "term": "opening", "term_translation": "", "term_note": ""}
    answer = kanat.post(f"{AT}/term?at=title", data=said)
    page = Page(answer)
    assert (answer.status_code, 'name="term" lang="en" dir="auto" value="opening"' in page.html) == (422, True)
    assert kanat.post(f"{AT}/term?at=title", data=said | {"term_source": "ky"}).status_code == 404
    assert item.signed_in("elena").post(f"{AT}/term", data=said | {"term_translation": "x"}).status_code == 403
