"""Who comes in: each route says what it needs, and asks it."""

import pytest

from tests.desk import STAFF, TestDesk


def test_a_stranger_is_led_to_signing_in_and_back(desk: TestDesk) -> None:
    answer = desk.client().get("/desk/?week=12")
    assert answer.status_code == 303
    assert answer.location == "/desk/sign-in?next=%2Fdesk%2F%3Fweek%3D12"


@pytest.mark.parametrize("name", STAFF)
def test_everybody_who_is_signed_in_has_a_first_page_in_their_own_language(desk: TestDesk, name: str) -> None:
    answer = desk.signed_in(name).get("/desk/")
    assert answer.status_code == 200
    assert f'<html lang="{STAFF[name][1]}"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_desk_answers_below_its_address_and_readers_have_no_cookie(desk: TestDesk) -> None:
    readers = desk.client()
    assert readers.get("/desk/").status_code == 303
    page = readers.get("/en/")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "Cookie" not in page.headers.get("Vary", "")


def test_every_route_says_what_it_needs(desk: TestDesk) -> None:
    declared = {rule.endpoint for rule in desk.app.extensions["desk"].rules.all}
    assert {rule.endpoint for rule in desk.app.url_map.iter_rules()} <= declared
