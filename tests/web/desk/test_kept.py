"""A form that comes too late gives back all that was typed, and is sent again by one press."""

import re
from html import unescape
from io import BytesIO
from typing import Never

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app.services import assignments, comments, sheets, transitions
from app.storage.accounts import DbAccount
from tests.desk import TestDesk
from tests.trees import FOLDER, article
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
    answer = client.post("/desk/sign-in", data={"email": "kanat", "password": PASSWORD, "next": "/desk/board"})
    assert (answer.status_code, answer.location) == (303, "/desk/sign-in?next=/desk/board")
    assert "open for too long" in client.get(answer.location).text


def test_files_are_named_since_they_have_to_be_chosen_again(desk: TestDesk) -> None:
    data = {"title": "kept", "photo": (BytesIO(b"x"), "подпись.jpg")}
    refused = desk.client().post("/desk/people/invite", data=data)
    assert "подпись.jpg" in refused.text
    assert fields(refused)["title"] == ["kept"]


def item(desk: TestDesk) -> str:
    desk.app.config["WTF_CSRF_ENABLED"] = False
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    desk.place.sync()
    return f"/desk/{FOLDER}/en/"


@pytest.mark.parametrize("path", ["comment", "act", "translate", "assign"])
def test_who_lost_a_role_meanwhile_has_all_that_they_typed(desk: TestDesk, path: str) -> None:
    there, client = item(desk), desk.signed_in("aigul")
    with desk.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "aigul")).one().grants = []
    typed = {"comment": "first\n\n second", "action": "submit", "note": "a note", "s0.0": "Title", "base": "1"}
    refused = client.post(there + path, data=typed)
    assert refused.status_code == 403
    kept = fields(refused)
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert "ask an administrator for the role" in refused.text


@pytest.mark.parametrize(
    ("path", "service", "deed"),
    [("comment", comments, "add"), ("act", transitions, "take"), ("assign", assignments, "assign"),
     ("correct", sheets, "correct")],
)  # fmt: skip
def test_what_was_typed_while_the_database_is_away_is_given_back(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch, path: str, service: object, deed: str
) -> None:
    def away(*_: object, **__: object) -> Never:
        raise OperationalError("UPDATE", {}, ConnectionError("database is locked"))

    there, client = item(desk), desk.signed_in("carim")
    monkeypatch.setattr(service, deed, away)
    typed = {"comment": "Why?", "action": "withdraw", "note": "typed words", "s0.0": "typed words", "base": "1"}
    refused = client.post(there + path, data={**typed, "revision": "1", "person": "elena"})
    assert refused.status_code == 503
    assert "typed words" in refused.text
    if path != "correct":
        assert fields(refused)["note"] == ["typed words"]
        assert "wait a minute" in refused.text


def test_what_was_typed_is_given_back_where_nothing_can_be_asked_of_the_database_at_all(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> Never:
        raise OperationalError("SELECT", {}, ConnectionError("refused"))

    there, client = item(desk), desk.signed_in("carim")
    monkeypatch.setattr(desk.place.database, "read", away)
    monkeypatch.setattr(desk.place.database, "write", away)
    refused = client.post(there + "comment", data={"comment": "typed words"})
    assert (refused.status_code, fields(refused)["comment"]) == (503, ["typed words"])


def test_a_text_that_is_too_large_is_given_back_and_a_form_of_thousands_of_fields_is_none(desk: TestDesk) -> None:
    there, client = item(desk), desk.signed_in("carim")
    refused = client.post(there + "comment", data={"comment": "a" * 5_000_000})
    assert (refused.status_code, len(fields(refused)["comment"][0])) == (413, 5_000_000)
    many = {f"s{number}.0": "word" for number in range(3000)}
    boundary = {"content_type": "multipart/form-data"}
    assert client.post(there + "comment", data={**many, "comment": "Many"}, **boundary).status_code == 303


def test_who_was_signed_out_gets_their_words_back_though_a_photo_came_along(desk: TestDesk) -> None:
    there, client = item(desk), desk.signed_in("aigul")
    with desk.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "aigul")).one().fs_uniquifier = "another"
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = part.format("title", "typed words") + part.format('new_photos"; filename="photo.jpg', "x" * 6_000_000)
    refused = client.post(there + "edit", data=body + "--x--", content_type="multipart/form-data; boundary=x")
    assert (refused.status_code, fields(refused)["title"], "photo.jpg" in refused.text) == (401, ["typed words"], True)


def test_what_was_typed_is_shown_under_the_names_that_its_form_has_for_it(desk: TestDesk) -> None:
    typed = {"title": "Opening", "captions:photos/a.jpg": "A hall", "s3.0": "Зал", "text_base": "7", "do": "save"}
    page = desk.client().post(f"/desk/{FOLDER}/en/edit", data=typed)
    shown = re.findall(r"<dt>(.*?)</dt>\s*<dd><pre[^>]*>(.*?)</pre>", page.text)
    assert shown == [("Title", "Opening"), ("Caption", "A hall"), ("Text", "Зал")]
    assert fields(page)["text_base"] == ["7"], "and all of it is sent again"
