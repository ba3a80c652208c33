"""A newer template at the desk: what it would do to each language is shown first, and nothing is stored before that."""

import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.documents import DocumentName
from tests.databases import on_both
from tests.desk import TestDesk
from tests.journeys.test_new_templates import KY, POT, RU, RU_FILE
from tests.trees import Place
from tests.web.desk.pages import Page

SHOP = DocumentName.parse("catalogue/shop")
AT = "/desk/catalogue/shop/"
NEW = POT.replace("Close the till", "Close the till now") + '\nmsgid "Help"\nmsgstr ""\n'


def office(place: Place) -> None:
    place.write("translations/shop.pot", POT)
    place.write(RU_FILE, RU)
    place.write("translations/ky/LC_MESSAGES/shop.po", KY)
    place.sync()


def sent(client: FlaskClient, text: str, *, at: str = AT) -> TestResponse:
    data = {"file": (io.BytesIO(text.encode()), "shop.pot")}
    return client.post(f"{at}template", data=data, content_type="multipart/form-data")


def counts(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r"<strong>(\d+)</strong>", page.html)]


def test_what_a_template_would_do_is_shown_and_then_done_to_all_languages_at_once(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    assert f"{AT}template" in Page(carim.get(AT)).html
    before = desk.place.revisions()
    led = sent(carim, NEW)
    assert led.status_code == 303, led.text
    shown = Page(carim.get(led.location))
    assert counts(shown) == [2, 1, 0, 1, 0] * 2, "kept, near, revived, added, vanished in ky and ru"
    assert "Close the till now" in shown.html
    assert desk.place.revisions() == before
    assert "shop.pot" in Page(carim.get(f"{AT}template")).html, "it waits to be decided on"
    assert carim.post(led.location, data={"wish": "take"}).status_code == 303
    for locale in ("ky", "ru"):
        assert 'msgid "Help"' in (desk.place.stand(locale, SHOP)[1] or "")
    assert desk.place.stand("ky", SHOP)[0] == "approved"
    assert "shop.pot" not in Page(carim.get(f"{AT}template")).html
    again = carim.post(led.location, data={"wish": "take"})
    assert (again.status_code, "nothing was changed" in again.text) == (409, True)


@on_both
def test_a_template_that_nobody_wants_is_forgotten(desk: TestDesk) -> None:
    carim, before = desk.signed_in("carim"), desk.place.revisions()
    led = sent(carim, NEW)
    assert carim.post(led.location, data={"wish": "forget"}).status_code == 303
    assert carim.get(led.location).status_code == 404
    assert desk.place.revisions() == before


@pytest.mark.parametrize(
    ("text", "reason"), [(NEW.replace('"Help"', '"Help'), "26"), ("<html>", "1"), ("", "o file was chosen")]
)
def test_a_template_that_cannot_be_used_is_refused_with_line_and_reason_and_not_kept(
    desk: TestDesk, text: str, reason: str
) -> None:
    carim = desk.signed_in("carim")
    answer = sent(carim, text)
    assert answer.status_code in {400, 409, 422}
    assert reason in answer.text
    assert "Brought and not decided" not in Page(carim.get(f"{AT}template")).html


def test_a_language_whose_catalogue_is_broken_is_told_and_the_others_are_brought_up(desk: TestDesk) -> None:
    desk.place.write(RU_FILE, f'{RU}\nmsgid "More\nmsgstr ""\n')
    desk.place.sync()
    carim = desk.signed_in("carim")
    led = sent(carim, NEW)
    shown = Page(carim.get(led.location))
    assert counts(shown) == [2, 1, 0, 1, 0]
    assert "has to be mended first" in shown.html
    carim.post(led.location, data={"wish": "take"})
    assert "Help" in (desk.place.stand("ky", SHOP)[1] or "")
    assert "Help" not in (desk.place.stand("ru", SHOP)[1] or "")


def test_only_who_coordinates_replaces_a_template(desk: TestDesk) -> None:
    led = sent(desk.signed_in("carim"), NEW)
    for name in ("aigul", "rustam", "kanat", "adil"):
        client = desk.signed_in(name)
        assert f"{AT}template" not in Page(client.get(AT)).html
        assert {client.get(f"{AT}template").status_code, sent(client, NEW).status_code} == {403}
        assert {client.get(led.location).status_code, client.post(led.location).status_code} == {403}
    assert desk.signed_in("carim").get("/desk/news/x/template").status_code == 404


def test_a_template_may_be_larger_than_what_a_form_of_words_may_have(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    desk.app.config["MAX_CONTENT_LENGTH"] = len(NEW) // 2
    assert sent(carim, NEW).status_code == 303
