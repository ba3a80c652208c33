"""Blocks are divided, joined and moved by buttons that need no script, and a press takes it back."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens 1 door.", "It rains.", "It shines 2 times.", slug="opening")
KY = article("Ачылыш", "Борбор 1 эшик ачат.", "Жаан жаап турат.", "Күн 2 жолу ачылат.", slug="achylysh", status="draft")
AT = f"/desk/{FOLDER}/ky/translate"


def office(place: Place) -> None:
    place.item(en=EN, ky=KY)
    place.sync()


def page(client: FlaskClient, asked: str = "") -> str:
    return Page(client.get(f"{AT}?{asked}")).html


def key_of(html: str, words: str) -> str:
    found: list[str] = re.findall(r'data-key="([^"]+)"', html.partition(f"{words}</textarea>")[0])
    return found[-1]


def bases(html: str) -> dict[str, str]:
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', html)[0] for name in ("base", "source", "source_revision")
    }


def press(client: FlaskClient, deed: str, at: str, **said: str) -> TestResponse:
    html = page(client)
    return client.post(f"{AT}/rearrange", data={**bases(html), "deed": f"{deed} {key_of(html, at)}", **said})


def body(desk: TestDesk) -> str:
    return (desk.place.stand("ky")[1] or "").partition("\n---\n")[2].strip()


def test_two_paragraphs_are_joined_with_one_button_and_two_again_with_another(desk: TestDesk) -> None:
    kanat, before = desk.signed_in("kanat"), body(desk)
    there = press(kanat, "join", "Жаан жаап турат.").location
    html = Page(kanat.get(there)).html
    assert "Joined: it renders both sources." in html
    assert re.search(r"It rains\.\s+It shines 2 times\.", html)
    assert body(desk).endswith("\n\nЖаан жаап турат. Күн 2 жолу ачылат.")
    back = re.findall(r'name="deed" value="(back \d+)"', html)
    assert kanat.post(f"{AT}/rearrange", data={**bases(html), "deed": back[0]}).status_code == 303
    assert body(desk) == before


def test_what_stood_in_the_form_is_saved_with_the_press_and_given_back_where_it_is_refused(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    press(kanat, "up", "Жаан жаап турат.", **{"s0.0": "Ачылыш бүгүн"})
    assert "title: Ачылыш бүгүн" in (desk.place.stand("ky")[1] or "")
    assert body(desk).startswith("Жаан жаап турат.\n\nБорбор")
    refused = press(kanat, "up", "Жаан жаап турат.", **{"s0.0": "Ачылыш эртең"})
    assert (refused.status_code, "in that direction" in refused.text) == (409, True)
    assert "Ачылыш эртең</textarea>" in refused.text
    assert "эртең" not in (desk.place.stand("ky")[1] or "")


def test_checks_look_at_what_was_divided_as_a_whole(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    words = "Борбор 1 эшик ачат."
    assert press(kanat, "divide", words, words=words, before="Борбор 1 ").status_code == 303
    assert body(desk).startswith("Борбор 1\n\nэшик ачат.")
    assert "эшик ачат." not in page(kanat, "q=check:numbers")
    assert "эшик ачат." not in page(kanat, "q=check:consistency")
    assert 'name="spread"' not in page(kanat, f"at={key_of(page(kanat), 'эшик ачат.')}")


@pytest.mark.parametrize("deed", ["", "burn title", "back", "back x", "divide"])
def test_what_no_button_sends_does_nothing(desk: TestDesk, deed: str) -> None:
    answer = desk.signed_in("kanat").post(f"{AT}/rearrange", data={"deed": deed})
    assert answer.status_code in {400, 409}


def test_the_source_and_captions_have_no_such_buttons(desk: TestDesk) -> None:
    assert "data-rearrange=" not in page(desk.signed_in("kanat"), "at=title")
    aigul = desk.signed_in("aigul")
    html = Page(aigul.get(f"/desk/{FOLDER}/en/translate")).html
    at = key_of(html, "It rains.")
    assert "data-rearrange=" not in Page(aigul.get(f"/desk/{FOLDER}/en/translate?at={at}")).html


def test_what_a_colleague_wrote_for_a_block_that_was_joined_to_another_is_told_on_the_page(desk: TestDesk) -> None:
    kanat, rustam = desk.signed_in("kanat"), desk.signed_in("rustam")
    html = page(kanat)
    key = key_of(html, "Күн 2 жолу ачылат.")
    place = re.findall(rf'data-key="{re.escape(key)}" data-place="(\d+)"', html)[0]
    assert press(rustam, "join", "Жаан жаап турат.").status_code == 303
    kanat.post(AT, data={**bases(html), f"s{place}.0": "Күн 2 жолу жаркырайт."})
    shown = page(kanat)
    assert "жаркырайт" in kanat.get(f"/desk/{FOLDER}/ky/").text
    told = "Two versions: decide" in shown
    under = kanat.get(f"{AT}/aside?at={key_of(shown, 'Жаан жаап турат. Күн 2 жолу ачылат.')}").text
    assert told or "жаркырайт" in under
