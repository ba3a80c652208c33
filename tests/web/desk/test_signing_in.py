"""People get an account by a link, sign in and out, and know where they are signed in."""

import re
import time
from datetime import UTC, datetime, timedelta, tzinfo
from http.cookies import SimpleCookie

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.services import links
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from tests.databases import on_both
from tests.desk import TestDesk

PASSWORD = "four words by chance"  # noqa: S105  # of nobody outside of tests
OTHER = "another four good words"


def link_for(desk: TestDesk, name: str) -> str:
    page = desk.signed_in("adil").post(f"/desk/people/{name}/link")
    found = re.search(r"http://localhost(/desk/link/[\w-]{43})", page.text)
    assert found is not None, page.text
    return found[1]


def choose(desk: TestDesk, name: str, password: str = PASSWORD) -> None:
    answer = desk.client().post(link_for(desk, name), data={"password": password, "again": password})
    assert (answer.status_code, answer.location) == (303, "/desk/sign-in"), answer.text


def sign_in(client: FlaskClient, who: str, password: str = PASSWORD, **more: str) -> TestResponse:
    answer: TestResponse = client.post("/desk/sign-in", data={"email": who, "password": password, **more})
    return answer


@on_both
@pytest.mark.parametrize("who", ["kanat", "kanat@example.org", " Kanat@Example.org "])
def test_who_chose_a_password_by_a_link_signs_in_by_name_or_address(desk: TestDesk, who: str) -> None:
    choose(desk, "kanat")
    client = desk.client()
    answer = sign_in(client, who)
    assert (answer.status_code, answer.location) == (302, "/desk/")
    assert "Kanat Kyrgyz" in client.get("/desk/account/").text


def test_signing_in_leads_back_to_where_one_was_and_nowhere_else(desk: TestDesk) -> None:
    choose(desk, "kanat")
    assert sign_in(desk.client(), "kanat", next="/desk/people/?week=12").location == "/desk/people/?week=12"
    for elsewhere in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:0",
    ):
        location = sign_in(desk.client(), "kanat", next=elsewhere).location or ""
        assert re.match(r"/[a-z%]", location), "another path of this site at most"


def test_a_link_counts_once_and_the_page_says_what_to_do(desk: TestDesk) -> None:
    link = link_for(desk, "kanat")
    for _ in range(2):
        assert desk.client().get(link).status_code == 200, "a look at it, a mail scanner's too, does not use it up"
    first = {"password": PASSWORD, "again": PASSWORD}
    assert desk.client().post(link, data=first).status_code == 303
    for answer in (desk.client().get(link), desk.client().post(link, data={"password": OTHER, "again": OTHER})):
        assert answer.status_code == 404
        assert "leads nowhere any more" in answer.text
    assert sign_in(desk.client(), "kanat").status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "why"),
    [
        ("short", "short", "at least 12 characters"),
        ("Kanat Kyrgyz", "Kanat Kyrgyz", "from your name"),
        ("qwertyuiop[]", "qwertyuiop[]", "first that others would try"),
        (PASSWORD, OTHER, "are not the same"),
    ],
)
def test_a_bad_password_is_refused_with_a_reason_and_the_link_still_counts(
    desk: TestDesk, password: str, again: str, why: str
) -> None:
    link = link_for(desk, "kanat")
    answer = desk.client().post(link, data={"password": password, "again": again})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{password}"' not in answer.text
    assert desk.client().get(link).status_code == 200


def test_whoever_has_no_password_yet_cannot_sign_in(desk: TestDesk) -> None:
    assert sign_in(desk.client(), "kanat", "").status_code == 200
    assert "is wrong" in sign_in(desk.client(), "kanat", "None").text


def test_every_sign_in_has_a_session_of_its_own_and_what_was_in_the_cookie_before_opens_nothing(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    client.get("/desk/sign-in")
    before = client.get_cookie("desk", path="/desk")
    sign_in(client, "kanat")
    first = client.get_cookie("desk", path="/desk")
    assert first is not None
    client.post("/desk/sign-out")
    sign_in(client, "kanat")
    assert client.get("/desk/").status_code == 200
    thief = desk.client()
    for old in filter(None, (before, first)):
        thief.set_cookie("desk", old.value, path="/desk")
        assert thief.get("/desk/").status_code == 303


def test_signing_out_ends_the_session_for_who_copied_the_cookie_too(desk: TestDesk) -> None:
    client, thief = desk.signed_in("kanat"), desk.client()
    cookie = client.get_cookie("desk", path="/desk")
    assert cookie is not None
    thief.set_cookie("desk", cookie.value, path="/desk")
    assert thief.get("/desk/").status_code == 200
    assert client.post("/desk/sign-out").location == "/desk/sign-in"
    assert thief.get("/desk/").status_code == client.get("/desk/").status_code == 303


@on_both
def test_a_change_of_password_ends_all_other_sessions_and_links(desk: TestDesk) -> None:
    choose(desk, "kanat")
    here, there = desk.client(), desk.client()
    for client in (here, there):
        sign_in(client, "kanat")
    link = link_for(desk, "kanat")
    typed = {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
    wrong = here.post("/desk/account/password", data={**typed, "password": OTHER})
    assert "This is not your password." in wrong.text
    assert there.get("/desk/").status_code == 200
    assert here.post("/desk/account/password", data=typed).location == "/desk/account/"
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 303
    assert desk.client().get(link).status_code == 404
    assert sign_in(desk.client(), "kanat").status_code == 200
    assert sign_in(desk.client(), "kanat", OTHER).status_code == 302


def test_a_link_that_was_used_ends_all_sessions(desk: TestDesk) -> None:
    client = desk.signed_in("kanat")
    choose(desk, "kanat")
    assert client.get("/desk/").status_code == 303


@on_both
def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(desk: TestDesk) -> None:
    here, there, other = desk.signed_in("kanat"), desk.signed_in("kanat"), desk.signed_in("elena")
    page = here.get("/desk/account/").text
    assert page.count("This session") == 1
    number = re.search(r'action="(/desk/account/sessions/\d+/end)"', page)
    assert number is not None
    assert other.post(number[1]).status_code == 303
    assert there.get("/desk/").status_code == 200, "nobody ends somebody else's session"
    here.post(number[1])
    assert there.get("/desk/").status_code == 303
    there = desk.signed_in("kanat")
    here.post("/desk/account/sessions/end-others")
    assert there.get("/desk/").status_code == 303
    assert here.get("/desk/").status_code == 200


def test_everybody_chooses_the_language_of_their_desk(desk: TestDesk) -> None:
    client = desk.signed_in("elena")
    assert '<html lang="ru"' in client.get("/desk/").text
    client.post("/desk/account/language", data={"language": "ky"})
    assert '<html lang="ky"' in client.get("/desk/").text
    assert client.post("/desk/account/language", data={"language": "fr"}).status_code == 409
    assert '<html lang="ky"' in client.get("/desk/").text


def test_the_cookie_is_for_the_desk_alone_and_for_no_script(desk: TestDesk) -> None:
    for base, name, secure in (("http://localhost", "desk", False), ("https://localhost", "__Secure-desk", True)):
        cookie = SimpleCookie(desk.client().get("/desk/sign-in", base_url=base).headers["Set-Cookie"])[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk", True, "Lax")
        assert bool(cookie["secure"]) is secure
        assert not cookie["expires"], "it ends with the browser"


@on_both
def test_signing_in_and_out_is_in_the_journal_without_a_name(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    client.post("/desk/sign-out")
    with desk.place.database.read() as session:
        rows = session.scalars(
            select(DbEvent).where(DbEvent.subject.startswith("account/")).order_by(DbEvent.number)
        ).all()
        assert [row.action for row in rows] == ["link", "password", "sign-in", "sign-out"]
        assert not [row for row in rows if "kanat" in f"{row.subject} {row.actor} {row.details}"]


@on_both
def test_nothing_but_argon2id_is_kept_of_a_password(desk: TestDesk) -> None:
    choose(desk, "kanat")
    with desk.place.database.read() as session:
        kept = session.scalars(select(DbAccount.password).where(DbAccount.name == "kanat")).one()
    assert (kept or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_by_tls_one_signs_in_with_cookies_that_no_other_line_can_set(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    there = "https://localhost"
    answer = client.post("/desk/sign-in", data={"email": "kanat", "password": PASSWORD}, base_url=there)
    assert {line.split("=")[0] for line in answer.headers.getlist("Set-Cookie")} == {
        "__Secure-desk", "__Secure-desk_device"
    }  # fmt: skip
    assert client.get("/desk/", base_url=there).status_code == 200
    assert all("; Secure" in line for line in answer.headers.getlist("Set-Cookie"))


class InTenYears(datetime):
    """The clock of a server ten years from now."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass of what it is
        return datetime.now(tz) + timedelta(days=3_653)


def test_a_password_of_years_ago_still_lets_in(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(desk, "kanat")
    before = desk.client()
    sign_in(before, "kanat")
    seconds = time.time
    monkeypatch.setattr(time, "time", lambda: seconds() + 3_653 * 86_400)
    for module in ("gate", "presence"):
        monkeypatch.setattr(f"app.web.desk.{module}.datetime", InTenYears)
    assert before.get("/desk/account/").status_code == 303, "a session of then is over: the clock was moved"
    client = desk.client()
    assert sign_in(client, "kanat").location == "/desk/"
    assert "Kanat Kyrgyz" in client.get("/desk/account/").text


def test_every_attempt_to_sign_in_is_told_and_nothing_that_was_typed(
    desk: TestDesk, caplog: pytest.LogCaptureFixture
) -> None:
    choose(desk, "kanat")
    client = desk.client()
    for name, password in (("kanat", "a wrong password here"), ("nobody@example.org", PASSWORD)):
        client.post("/desk/sign-in", data={"email": name, "password": password})
    said = [record.getMessage() for record in caplog.records if "sign-in" in record.getMessage()]
    assert [line.split(" for ")[0] for line in said] == [
        "a sign-in by password failed", "a sign-in failed: nobody is called so"
    ]  # fmt: skip
    assert not [line for line in said if "kanat" in line or "nobody@" in line or PASSWORD in line]


def test_the_first_administrator_says_who_they_are_when_they_choose_a_password(desk: TestDesk) -> None:
    with desk.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "adil")).one()
        account.email = ""
        secret = links.issue(session, account, lasting=links.INVITATION, now=datetime.now(UTC))
    typed = {"full_name": "Adil Abenov", "email": "abenov@example.org", "password": PASSWORD, "again": PASSWORD}
    client = desk.client()
    assert 'name="full_name"' in client.get(f"/desk/link/{secret}").text
    refused = client.post(f"/desk/link/{secret}", data={**typed, "email": "kanat@example.org"})
    assert refused.status_code == 422
    assert "Somebody else has this e-mail address." in refused.text
    assert 'value="Adil Abenov"' in refused.text
    assert client.post(f"/desk/link/{secret}", data=typed).status_code == 303
    assert sign_in(client, "abenov@example.org").location == "/desk/second-factor", "and then come in by both"
    assert "Adil Abenov" in desk.signed_in("adil").get("/desk/account/").text


def test_without_a_provider_of_identities_there_is_no_way_by_one(desk: TestDesk) -> None:
    client = desk.client()
    assert "/desk/sign-in/provider" not in client.get("/desk/sign-in").text
    for path in ("/desk/sign-in/provider", "/desk/sign-in/provider/back"):
        assert client.get(path).status_code == 404
