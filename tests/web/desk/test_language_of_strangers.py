"""Before somebody is in: a page speaks their own language as soon as it knows whose it is, and another if asked."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.services import links
from app.storage.accounts import DbAccount
from tests.databases import on_both
from tests.desk import TestDesk
from tests.web.desk.test_second_factor import code_of, set_up
from tests.web.desk.test_signing_in import OTHER, PASSWORD, choose, link_for, sign_in

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}
"""What the browser asks for of somebody whose own language is another."""


def spoken(client: FlaskClient, path: str) -> str:
    page = client.get(path, headers=ENGLISH)
    assert page.status_code == 200
    return page.text.partition('<html lang="')[2][:2]


def test_a_link_speaks_the_language_of_whom_it_invites_whatever_the_browser_asks_for(desk: TestDesk) -> None:
    link, client = link_for(desk, "kanat"), desk.client()
    assert spoken(client, "/desk/sign-in") == "en", "nobody knows yet who it is"
    assert spoken(client, link) == "ky"
    refused = client.post(link, data={"password": PASSWORD, "again": OTHER}, headers=ENGLISH)
    assert (refused.status_code, '<html lang="ky"' in refused.text) == (422, True)
    client.post(link, data={"password": PASSWORD, "again": PASSWORD}, headers=ENGLISH)
    assert spoken(client, "/desk/sign-in") == "ky"


@pytest.mark.parametrize("name", ["rustam", "elena"])
def test_the_second_step_speaks_the_language_of_whose_password_was_typed(desk: TestDesk, name: str) -> None:
    key, client = set_up(desk, name), desk.client()
    assert spoken(client, "/desk/sign-in") == "en"
    sign_in(client, name)
    for path in ("/desk/sign-in/code", "/desk/sign-in/recovery"):
        assert spoken(client, path) == "ru"
    wrong = client.post("/desk/sign-in/code", data={"code": "000000"}, headers=ENGLISH)
    assert '<html lang="ru"' in wrong.text
    assert client.post("/desk/sign-in/code", data={"code": code_of(key)}).status_code == 302


def test_who_has_to_set_up_an_app_on_the_way_in_reads_of_it_in_their_language(desk: TestDesk) -> None:
    desk.signed_in("carim").post("/desk/account/language", data={"language": "ky"})
    choose(desk, "carim")
    client = desk.client()
    assert sign_in(client, "carim").location == "/desk/second-factor"
    assert spoken(client, "/desk/second-factor") == "ky"


def test_a_password_that_is_wrong_tells_nobody_which_language_somebody_speaks(desk: TestDesk) -> None:
    set_up(desk, "rustam")
    set_up(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    sign_in(client, "rustam", OTHER)
    assert spoken(client, "/desk/sign-in") == "ky"


def test_whoever_is_not_in_yet_may_choose_another_language_and_keeps_it_until_they_are(desk: TestDesk) -> None:
    link, client = link_for(desk, "kanat"), desk.client()
    assert 'href="?language=ru"' in client.get(link).text
    assert spoken(client, f"{link}?language=ru") == spoken(client, link) == spoken(client, "/desk/sign-in") == "ru"
    assert spoken(client, "/desk/sign-in?language=xx") == "ru", "the site has no such language"
    client.post(link, data={"password": PASSWORD, "again": PASSWORD})
    assert spoken(client, "/desk/sign-in") == "ru"
    sign_in(client, "kanat")
    assert spoken(client, "/desk/") == "ky", "inside, it is their own again"


def test_the_choice_of_a_language_leads_on_to_where_somebody_was_going(desk: TestDesk) -> None:
    page = desk.client().get("/desk/sign-in?next=/desk/board").text
    assert 'href="?next=/desk/board&amp;language=ky"' in page or 'href="?next=%2Fdesk%2Fboard&amp;language=ky"' in page


def _first_link(desk: TestDesk) -> str:
    """The link of who sets a site up: an account without an address, in English as long as nobody said otherwise."""
    with desk.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "adil")).one()
        account.email = ""
        return "/desk/link/" + links.issue(session, account, lasting=links.INVITATION, now=datetime.now(UTC))


@on_both
@pytest.mark.parametrize(
    ("asked", "browser", "kept"),
    [
        ("", "ru-RU,ru;q=0.9", "ru"),
        ("?language=ky", "ru-RU,ru;q=0.9", "ky"),
        ("?language=ru", "en-GB,en;q=0.9", "ru"),
    ],
)
def test_who_sets_a_site_up_keeps_the_language_that_they_chose_or_else_their_browsers(
    desk: TestDesk, asked: str, browser: str, kept: str
) -> None:
    link, client, headers = _first_link(desk), desk.client(), {"Accept-Language": browser}
    who = {"full_name": "Asel Administrator", "email": "asel@example.org"}
    assert f'<html lang="{kept}"' in client.get(f"{link}{asked}", headers=headers).text
    refused = client.post(link, data={**who, "password": PASSWORD, "again": OTHER}, headers=headers)
    assert (refused.status_code, f'<html lang="{kept}"' in refused.text) == (422, True)
    client.post(link, data={**who, "password": PASSWORD, "again": PASSWORD}, headers=headers)
    assert f'<html lang="{kept}"' in client.get("/desk/sign-in", headers=headers).text
    with desk.place.database.read() as session:
        assert session.scalar(select(DbAccount.language).where(DbAccount.name == "adil")) == kept
