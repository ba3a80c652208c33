"""A form that comes too late gives back all that was typed, and is sent again by one press."""

import re
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk import TestDesk
from tests.web.desk.test_signing_in import PASSWORD, choose

TYPED = {
    "full_name": "Олга “Оля” <Орлова>", "email": "olga@example.org", "name": "olga", "language": "ky",
    "note": "first line\n\n  second & last", "grant": ["author", "translator:ky"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _checked(desk: TestDesk) -> None:
    desk.app.config["WTF_CSRF_ENABLED"] = True


def fields(page: TestResponse) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def token(client: FlaskClient, address: str = "/desk/account/") -> str:
    return fields(client.get(address))["csrf_token"][0]


def sign_in(client: FlaskClient, name: str) -> None:
    data = {"email": name, "password": PASSWORD, "csrf_token": token(client, "/desk/sign-in")}
    assert client.post("/desk/sign-in", data=data).status_code == 302


def test_who_was_signed_out_meanwhile_signs_in_and_sends_it_again(desk: TestDesk) -> None:
    desk.app.config["WTF_CSRF_ENABLED"] = False
    choose(desk, "adil")
    choose(desk, "kanat")
    desk.app.config["WTF_CSRF_ENABLED"] = True
    client = desk.client()
    refused = client.post("/desk/people/invite", data=TYPED)
    assert refused.status_code == 401
    kept = fields(refused)
    assert {name: kept[name] for name in TYPED} == {
        name: value if isinstance(value, list) else [value] for name, value in TYPED.items()
    }
    sign_in(client, "kanat")
    again = client.post("/desk/people/invite", data=kept)
    assert again.status_code == 400
    assert "You are signed in as Kanat Kyrgyz" in again.text
    assert client.post("/desk/people/invite", data=fields(again)).status_code == 403, "it is checked as any other form"


def test_a_page_of_an_earlier_session_gives_back_what_was_typed_and_changes_nothing(desk: TestDesk) -> None:
    client = desk.signed_in("adil")
    for wrong in ({}, {"csrf_token": "x"}, {"csrf_token": token(desk.signed_in("adil"))}):
        refused = client.post("/desk/people/invite?week=12", data={**TYPED, **wrong})
        assert refused.status_code == 400
        assert 'action="/desk/people/invite?week=12"' in refused.text
        assert client.get("/desk/people/olga/").status_code == 404
    assert client.post("/desk/people/invite", data=fields(refused)).status_code == 200
    assert client.get("/desk/people/olga/").status_code == 200


def test_what_another_site_made_up_is_not_offered_to_be_sent(desk: TestDesk) -> None:
    client = desk.signed_in("adil")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        refused = client.post("/desk/people/invite", data=TYPED, headers=headers)
        assert refused.status_code == 400
        assert "olga" not in refused.text
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert "olga" in client.post("/desk/people/invite", data=TYPED, headers=ours).text


def test_no_password_or_code_is_given_back(desk: TestDesk) -> None:
    typed = {"password": PASSWORD, "new_password": PASSWORD, "new_password_confirm": PASSWORD, "code": PASSWORD}
    refused = desk.client().post("/desk/account/password", data={**typed, "more": "kept"})
    assert refused.status_code == 401
    assert "kept" in fields(refused)["more"]
    assert PASSWORD not in refused.text


def test_a_sign_in_page_that_was_open_for_too_long_is_shown_anew(desk: TestDesk) -> None:
    client = desk.client()
    answer = client.post("/desk/sign-in", data={"email": "kanat", "password": PASSWORD, "next": "/desk/texts"})
    assert (answer.status_code, answer.location) == (303, "/desk/sign-in?next=/desk/texts")
    assert "open for too long" in client.get(answer.location).text


def test_files_are_named_since_they_have_to_be_chosen_again(desk: TestDesk) -> None:
    data = {"title": "kept", "photo": (BytesIO(b"x"), "подпись.jpg")}
    refused = desk.client().post("/desk/people/invite", data=data)
    assert "подпись.jpg" in refused.text
    assert fields(refused)["title"] == ["kept"]
