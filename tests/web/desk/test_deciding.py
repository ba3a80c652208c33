"""Of two versions of one segment both are shown, and one press decides."""

import pytest
from flask.testing import FlaskClient

from tests.desk import TestDesk
from tests.web.desk.one_text import AT, page, press
from tests.web.desk.pages import Page

pytestmark = pytest.mark.usefixtures("opening")


def collided(desk: TestDesk) -> tuple[FlaskClient, FlaskClient]:
    """Let two people save one segment otherwise; the first one's words are in the text, the other's beside it."""
    both = desk.signed_in("rustam"), desk.signed_in("carim")
    forms = [page(client, AT + "translate").form("Save") for client in both]
    for client, form, word in zip(both, forms, ("каждый", "любой"), strict=True):
        client.post(AT + "translate", data={name: text.replace("все", word) for name, text in form.fields.items()})
    return both


def test_what_collided_is_shown_in_both_versions_and_decided_by_one_press(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    forms = [page(client, AT + "translate").form("Save") for client in (rustam, carim)]
    for client, form, word in ((rustam, forms[0], "каждый"), (carim, forms[1], "любой")):
        typed = {name: text.replace("все", word) for name, text in form.fields.items()}
        last = Page(client.post(AT + "translate", data=typed, follow_redirects=True))
    assert "Rustam Reviewer had saved this text meanwhile." in last.words
    assert "In 1 place your words did not go into the text" in last.words
    assert "каждый" in last.words
    assert "любой" in last.words
    taken = press(carim, "Take this version")
    assert "любой" in (desk.place.stand("ru")[1] or "")
    assert "Take this version" not in taken.buttons
    number = last.form("Take this version").action
    assert carim.post(number, data={"decision": "take"}).status_code == 409


def test_a_suggestion_is_decided_on_at_its_own_text_and_by_who_may_write_it(desk: TestDesk) -> None:
    _, carim = collided(desk)
    own = page(carim).form("Take this version").action
    kanat = desk.signed_in("kanat")
    assert kanat.post(own, data={"decision": "take"}).status_code == 403
    assert kanat.post(own.replace("/ru/", "/ky/"), data={"decision": "take"}).status_code == 409
    assert "Take this version" not in page(kanat).buttons


def test_without_scripts_what_was_typed_is_saved_when_one_of_two_versions_is_taken(desk: TestDesk) -> None:
    _, carim = collided(desk)
    number = page(carim).form("Take this version").action
    typed = page(carim, AT + "translate").form("Save").fields | {"s0.0": "Новый заголовок", "decision": "take"}
    assert carim.post(number, data=typed).location.endswith("/ru/translate")
    text = desk.place.stand("ru")[1] or ""
    assert "Новый заголовок" in text
    assert "любой" in text


@pytest.mark.parametrize("where", ["", "translate"])
def test_nobody_takes_a_version_in_place_of_words_that_they_have_not_read(desk: TestDesk, where: str) -> None:
    rustam, carim = collided(desk)
    shown = page(carim, AT + where).form("Take this version" if not where else "Save")
    number = page(carim).form("Take this version").action
    typed = shown.fields | {"decision": "take"} | ({"s0.0": "Новый заголовок"} if where else {})
    form = page(rustam, AT + "translate").form("Save")
    rustam.post(
        AT + "translate", data={name: text.replace("каждый", "каждый из нас") for name, text in form.fields.items()}
    )
    refused = carim.post(number, data=typed)
    assert (refused.status_code, "somebody changed this place meanwhile" in refused.text.lower()) == (409, True)
    text = desk.place.stand("ru")[1] or ""
    assert "каждый из нас" in text
    assert ("Новый заголовок" in text) == bool(where)
    assert carim.post(Page(refused).form("Take this version").action, data={"decision": "take"}).status_code == 303
    assert "любой" in (desk.place.stand("ru")[1] or "")
