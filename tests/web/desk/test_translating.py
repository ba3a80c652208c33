"""The plain form: nothing typed is lost, whatever becomes of it, and catalogues are filled in by the same."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.domain.documents import DocumentName
from app.services import sheets
from tests.desk import TestDesk
from tests.services.test_sheets import POT
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Form, Page

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
AT = f"/desk/{FOLDER}/ky/translate"
SITE = DocumentName.parse("catalogue/site")
FULL = {"s0.0": "Ачылыш", "s1.0": "achylysh", "s2.0": "Борбор ачылды.", "s3.0": "Баары чакырылат."}


def office(place: Place) -> None:
    place.item(en=EN)
    place.write("translations/site.pot", POT)
    place.sync()
    assert place.problems() == []


def form_of(client: FlaskClient, address: str = AT) -> Form:
    return Page(client.get(address)).form("Save")


def save(client: FlaskClient, typed: dict[str, str], form: Form | None = None, address: str = AT) -> Page:
    form = form or form_of(client, address)
    return Page(client.post(address, data={**form.fields, **typed}, follow_redirects=True))


def test_a_translation_is_begun_saved_submitted_and_found_again_as_it_was_typed(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    saved = save(kanat, {**FULL, "s2.0": "Борбор\r\nачылды."})
    assert (saved.status, "Submit revision 2 for review" in saved.buttons) == (200, True)
    assert "Борбор\nачылды." in (desk.place.stand("ky")[1] or "")
    assert form_of(kanat).fields["s2.0"] == "Борбор\nачылды."
    assert save(kanat, {}).status == 200
    assert desk.place.stand("ky")[1] is not None


def test_who_begins_a_text_in_two_tabs_or_presses_twice_is_led_to_what_has_begun(desk: TestDesk) -> None:
    kanat, text = desk.signed_in("kanat"), f"/desk/{FOLDER}/ky/"
    assert f'href="{text}"' in kanat.get("/desk/").text.partition("Not translated yet")[2]
    tabs = [Page(kanat.get(text)).html, Page(kanat.get(text)).html]
    assert [f'href="{AT}">Begin this text' in one for one in tabs] == [True, True]
    forms = [form_of(kanat), form_of(kanat)]
    saved = [save(kanat, FULL, form) for form in (forms[0], forms[0], forms[1])]
    assert ["Submit revision 2 for review" in one.buttons for one in saved] == [True] * 3
    assert form_of(kanat).fields["s0.0"] == "Ачылыш"


def test_saving_and_staying_comes_back_to_the_form_and_a_hole_is_an_empty_field(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    stayed = save(kanat, {"stay": "1", "s0.0": "Ачылыш"})
    assert stayed.form("Save").fields["s2.0"] == ""
    assert "not translated yet" in stayed.words


def test_what_is_refused_is_given_back_word_for_word(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    refused = save(kanat, {**FULL, "s0.0": "Ачыл\u0007ыш", "s2.0": "<b>Борбор & co</b>"})
    assert refused.status == 422
    assert refused.form("Save").fields["s2.0"] == "<b>Борбор & co</b>"
    assert "It was not saved. What you typed is below" in refused.words


def test_a_disk_that_is_full_gives_back_what_was_typed(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(sheets, "save", full)
    refused = save(desk.signed_in("kanat"), FULL)
    assert refused.status == 507
    assert refused.form("Save").fields["s3.0"] == FULL["s3.0"]
    assert "The disk of the server is full, so nothing was saved." in refused.words


def test_who_saves_on_top_of_somebody_else_merges_and_is_told_what_collided(desk: TestDesk) -> None:
    kanat, rustam = desk.signed_in("kanat"), desk.signed_in("rustam")
    mine, theirs = form_of(kanat), form_of(rustam)
    save(rustam, FULL, theirs)
    last = save(kanat, {"s2.0": "Борбор иштейт.", "s0.0": "Ачылыш"}, mine)
    assert "Rustam Reviewer had saved this text meanwhile." in last.words
    assert "In 1 place your words did not go into the text" in last.words
    assert "Борбор ачылды." in last.words
    assert "иштейт" in last.words
    assert "Баары чакырылат." in (desk.place.stand("ky")[1] or "")


def test_what_changed_in_the_source_is_struck_and_underlined_until_somebody_says_that_all_is_said(
    desk: TestDesk,
) -> None:
    kanat, elena = desk.signed_in("kanat"), desk.signed_in("elena")
    save(kanat, FULL)
    there = f"/desk/{FOLDER}/en/"
    correct = Page(desk.signed_in("carim").get(there + "correct")).form("Publish this correction").fields
    correct = {name: text.replace("opens", "opens on Monday") for name, text in correct.items() if name != "minor"}
    assert desk.signed_in("carim").post(there + "correct", data=correct).status_code == 303
    shown = Page(kanat.get(AT))
    assert "<ins> on Monday</ins>" in shown.html
    assert "the source was changed" in shown.words
    saved = save(kanat, {"s2.0": "Борбор дүйшөмбүдө ачылды.", "current": "on"}, shown.form("Save"))
    assert "the source was changed" not in saved.words
    assert elena.get(AT).status_code == 403


def test_one_press_says_of_one_segment_that_it_is_right_as_it_stands_or_needs_work(desk: TestDesk) -> None:
    kanat, ticks = desk.signed_in("kanat"), ['name="c0"', 'name="c2"', 'name="c3"']
    save(kanat, FULL)
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("opens", "opens on Monday").replace("All", "You all"))
    desk.place.sync()
    shown = Page(kanat.get(AT))
    assert [tick in shown.html for tick in ticks] == [False, True, True]
    save(kanat, {"c2": "on", "w3": "on"}, shown.form("Save"))
    again = Page(kanat.get(AT))
    assert [tick in again.html for tick in ticks] == [False, False, True]
    assert again.form("Save").fields["w3"] == "on"


def test_a_catalogue_is_filled_in_with_its_forms_and_doubts(desk: TestDesk) -> None:
    rustam, there = desk.signed_in("rustam"), "/desk/catalogue/site/ru/translate"
    form = form_of(rustam, there)
    assert {"s0.0", "s1.0", "s1.1", "s1.2"} <= set(form.fields)
    views = {f"s1.{number}": f"%(count)s {word}" for number, word in enumerate(("просмотр", "просмотра", "просмотров"))}
    save(rustam, {"s0.0": "Новости", "w0": "on", **views}, form, there)
    head = desk.place.stand("ru", SITE)[1] or ""
    assert "#, fuzzy" in head
    assert 'msgstr[2] "%(count)s просмотров"' in head
    again = form_of(rustam, there)
    assert (again.fields["w0"], again.fields["s1.1"]) == ("on", "%(count)s просмотра")
    del again.fields["w0"]
    save(rustam, {}, again, there)
    assert "fuzzy" not in (desk.place.stand("ru", SITE)[1] or "")
    assert Page(rustam.get("/desk/catalogue/site/ru/")).status == 200


def test_a_long_catalogue_comes_in_parts_and_saving_one_leaves_the_others(desk: TestDesk) -> None:
    many = "".join(f'\nmsgid "Word {number}"\nmsgstr ""\n' for number in range(150))
    desk.place.write("translations/site.pot", POT + many)
    desk.place.sync()
    rustam, there = desk.signed_in("rustam"), "/desk/catalogue/site/ru/translate"
    save(rustam, {"s0.0": "Новости"}, None, there)
    later = Page(rustam.get(there + "?from=100"))
    assert "101 to 152 of 152" in later.words
    save(rustam, {"s151.0": "Слово 149"}, later.form("Save"), there)
    head = desk.place.stand("ru", SITE)[1] or ""
    assert 'msgstr "Новости"' in head
    assert 'msgstr "Слово 149"' in head
    assert "Word 0" not in Page(rustam.get(there + "?from=100&show=open")).words


def test_a_translation_can_be_made_from_another_language(desk: TestDesk) -> None:
    save(desk.signed_in("kanat"), FULL)
    shown = Page(desk.signed_in("rustam").get(f"/desk/{FOLDER}/ru/translate?source=ky"))
    assert "Баары чакырылат." in shown.words
    assert shown.form("Save").fields["source"] == "ky"


@pytest.mark.parametrize("broken", [{"base": "99"}, {"source_revision": "99"}, {"base": "x", "source": "!"}])
def test_a_form_that_was_tampered_with_changes_nothing_that_it_should_not(
    desk: TestDesk, broken: dict[str, str]
) -> None:
    kanat = desk.signed_in("kanat")
    save(kanat, FULL)
    answer = save(kanat, broken)
    assert answer.status in {200, 404}
    assert "Баары чакырылат." in (desk.place.stand("ky")[1] or "")
