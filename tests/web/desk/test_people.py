"""Who administrates invites people, grants and revokes roles, and lets accounts rest."""

import re

import pytest
from sqlalchemy import select

from app.services.link_letters import Why
from app.storage.outbox import DbWork
from tests.databases import on_both
from tests.desk import STAFF, TestDesk

OLGA = {
    "name": "olga", "full_name": "Olga Orlova", "email": "Olga@Example.org", "language": "ru",
    "grant": ["author", "translator:ky", "reviewer:ru"],
}  # fmt: skip


def test_an_invitation_makes_an_account_whose_link_is_shown_once(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    page = adil.post("/desk/people/invite", data=OLGA)
    assert page.status_code == 200
    found = re.search(r"http://localhost(/desk/link/[\w-]{43})", page.text)
    assert found is not None
    assert found[1] not in adil.get("/desk/people/olga/").text
    olga = desk.client()
    assert "Olga Orlova" in olga.get(found[1]).text
    password = "четыре слова наугад"  # noqa: S105  # of an account that this test makes
    olga.post(found[1], data={"password": password, "again": password})
    assert olga.post("/desk/sign-in", data={"email": "olga@example.org", "password": password}).location == "/desk/"
    own = olga.get("/desk/account/").text
    assert all(words in own for words in ("Olga Orlova", "olga@example.org", '<html lang="ru"'))


@on_both
def test_where_mail_goes_out_the_link_goes_by_it_and_no_page_shows_it(mailing: TestDesk) -> None:
    adil = mailing.signed_in("adil")
    assert 'value="mail"' in adil.get("/desk/people/invite").text
    answer = adil.post("/desk/people/invite", data={**OLGA, "by": "mail"})
    assert (answer.status_code, answer.location) == (303, "/desk/people/olga/")
    page = adil.get("/desk/people/olga/").text
    assert "A letter with a link goes to olga@example.org now." in page
    assert "/desk/link/" not in page
    assert adil.post("/desk/people/kanat/link", data={"by": "mail"}).status_code == 303
    with mailing.place.database.read() as session:
        waiting = session.execute(select(DbWork.kind, DbWork.payload).where(DbWork.kind == Why.INVITED)).all()
    assert [tuple(row) for row in waiting] == [("invited", "olga"), ("invited", "kanat")]


def test_where_none_goes_out_nobody_is_told_that_one_does(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    assert 'value="mail"' not in adil.get("/desk/people/invite").text
    assert "/desk/link/" in adil.post("/desk/people/invite", data={**OLGA, "by": "mail"}).text


def test_what_was_typed_is_given_back_with_all_that_is_wrong(desk: TestDesk) -> None:
    page = desk.signed_in("adil").post(
        "/desk/people/invite", data={**OLGA, "name": "adil", "email": "kanat@example.org"}
    )
    assert page.status_code == 422
    assert "Somebody else has this short name." in page.text
    assert "Somebody else has this e-mail address." in page.text
    for value in ("Olga Orlova", "kanat@example.org", "adil"):
        assert f'value="{value}"' in page.text
    assert page.text.count(" checked") == 3


def test_roles_count_at_once_and_another_administrators_change_stays(desk: TestDesk) -> None:
    adil, kanat = desk.signed_in("adil"), desk.signed_in("kanat")
    assert kanat.get("/desk/people/").status_code == 403
    adil.post("/desk/people/kanat/grant", data={"had": ["translator:ky"], "grant": ["translator:ky", "administrator"]})
    assert kanat.get("/desk/people/").status_code == 200
    stale = {"had": ["translator:ky"], "grant": ["translator:ky", "reviewer:ky"]}
    kanat.post("/desk/people/kanat/grant", data=stale)
    assert kanat.get("/desk/people/").status_code == 200, "the form of before did not know of it and leaves it"
    adil.post("/desk/people/kanat/grant", data={"had": ["administrator"]})
    assert kanat.get("/desk/people/").status_code == 403


@on_both
def test_the_last_administrator_stays_one(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    for address, data in (("grant", {"had": ["administrator"]}), ("switch", {"active": "no"})):
        answer = adil.post(f"/desk/people/adil/{address}", data=data)
        assert answer.status_code == 409
        assert "Somebody has to administrate the site" in answer.text
    assert adil.get("/desk/people/").status_code == 200


def test_who_is_deactivated_is_out_at_once_and_comes_back_by_a_new_link(desk: TestDesk) -> None:
    adil, kanat = desk.signed_in("adil"), desk.signed_in("kanat")
    adil.post("/desk/people/kanat/switch", data={"active": "no"})
    assert kanat.get("/desk/").status_code == 303
    assert adil.post("/desk/people/kanat/link").status_code == 409
    adil.post("/desk/people/kanat/switch", data={"active": "yes"})
    assert adil.post("/desk/people/kanat/link").status_code == 200


def test_name_and_address_are_changed_by_who_administrates(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    answer = adil.post("/desk/people/kanat/describe", data={"full_name": "Kanat K.", "email": "kanat@example.kg"})
    assert answer.status_code == 303
    assert "kanat@example.kg" in adil.get("/desk/people/").text
    assert (
        adil.post("/desk/people/kanat/describe", data={"full_name": "", "email": "elena@example.org"}).status_code
        == 422
    )


def test_an_administrator_ends_somebodys_sessions(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    desk.signed_in("adil").post("/desk/people/kanat/end")
    assert kanat.get("/desk/").status_code == 303


@pytest.mark.parametrize("name", [name for name in STAFF if name != "adil"])
def test_nobody_else_sees_or_changes_an_account(desk: TestDesk, name: str) -> None:
    client = desk.signed_in(name)
    assert client.get("/desk/people/").status_code == client.get("/desk/people/adil/").status_code == 403
    for deed in ("describe", "grant", "link", "end", "switch"):
        assert client.post(f"/desk/people/adil/{deed}", data={"grant": "administrator"}).status_code == 403
    assert client.post("/desk/people/invite", data=OLGA).status_code == 403
    assert desk.signed_in("adil").get("/desk/").status_code == 200


def test_a_name_that_nobody_has_is_not_found(desk: TestDesk) -> None:
    assert desk.signed_in("adil").get("/desk/people/nobody/").status_code == 404


def test_the_list_is_narrowed_to_who_works_in_a_language(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    page = adil.get("/desk/people/?language=ky").text
    assert ("Kanat Kyrgyz" in page, "Elena" in page) == (True, False)
    assert "Elena" in adil.get("/desk/people/?language=").text
    assert "Elena" in adil.get("/desk/people/?language=xx").text, "what is no language asks for nothing"
