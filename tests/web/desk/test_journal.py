"""Who answers for a site reads what was done in it, as sentences, and nobody else does."""

import ast
import re
from pathlib import Path

import pytest

from app.storage import actors
from app.storage.journal import Event, note
from app.web.desk.journal import of_accounts
from tests.databases import on_both
from tests.desk import STAFF, TestDesk

APP = Path(__file__).parents[3] / "app"


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'<li value="(\d+)"', page)]


def test_it_says_who_got_which_role_from_whom_and_leads_there_from_a_person(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    adil.post("/desk/people/kanat/grant", data={"had": ["translator:ky"], "grant": ["translator:ky", "author"]})
    adil.post("/desk/people/kanat/grant", data={"had": ["translator:ky", "author"], "grant": ["author"]})
    page = adil.get("/desk/journal").text
    assert "Adil Administrator gave Kanat Kyrgyz a role: Author." in page
    assert "Adil Administrator took a role from Kanat Kyrgyz: Translator (Kyrgyz)." in page
    assert 'href="/desk/journal?of=kanat"' in adil.get("/desk/people/kanat/").text


def test_it_speaks_the_readers_own_language(desk: TestDesk) -> None:
    for file in ("messages.pot", "ru/LC_MESSAGES/messages.po"):
        desk.place.write(f"translations/{file}", (APP.parent / "translations" / file).read_text(encoding="utf-8"))
    desk.place.sync()
    adil = desk.signed_in("adil")
    adil.post("/desk/people/kanat/end")
    adil.post("/desk/account/language", data={"language": "ru"})
    page = adil.get("/desk/journal").text
    assert "Журнал" in page
    assert "ended all sessions" not in page


@on_both
def test_of_one_person_it_shows_what_they_did_and_what_was_done_to_their_account(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    adil.post("/desk/people/kanat/end")
    adil.post("/desk/people/elena/end")
    page = adil.get("/desk/journal?of=kanat").text
    assert "ended all sessions of Kanat Kyrgyz" in page
    assert "Elena" not in page
    assert "ended all sessions of Elena" in adil.get("/desk/journal?of=adil").text
    assert "Nothing was done yet." in adil.get("/desk/journal?of=nobody").text


def test_all_of_it_can_be_read_page_by_page_while_it_grows(desk: TestDesk) -> None:
    def write(count: int) -> None:
        with desk.place.database.write() as session:
            for number in range(count):
                note(session, Event(source="shell", subject="site", action=f"odd-{number}", actor="shell"))

    write(230)
    client, seen = desk.signed_in("carim"), list[int]()
    address: str | None = "/desk/journal"
    while address:
        page = client.get(address).text
        seen += numbers(page)
        found = re.search(r'href="(/desk/journal\?before=\d+)"', page)
        address = found[1] if found else None
        write(3)
    assert seen == list(range(seen[0], 0, -1))


def test_who_was_forgotten_is_somebody(desk: TestDesk) -> None:
    adil = desk.signed_in("adil")
    adil.post("/desk/people/kanat/end")
    with desk.place.database.write() as session:
        actors.forget(session, "kanat")
    page = adil.get("/desk/journal").text
    assert "ended all sessions of Somebody" in page
    assert "Kanat" not in page


@pytest.mark.parametrize("name", [name for name in STAFF if name not in {"adil", "carim"}])
def test_nobody_reads_it_without_the_right(desk: TestDesk, name: str) -> None:
    client = desk.signed_in(name)
    assert client.get("/desk/journal").status_code == 403
    assert "/desk/journal" not in client.get("/desk/").text


@on_both
@pytest.mark.parametrize("odd", ["before=x", "before=99999999999999999999", "before=-1", "of=%F0%9F%98%80"])
def test_what_means_nothing_shows_a_page(desk: TestDesk, odd: str) -> None:
    assert desk.signed_in("adil").get(f"/desk/journal?{odd}").status_code == 200


def test_everything_that_is_done_to_accounts_has_a_sentence(desk: TestDesk) -> None:
    written = {"grant", "revoke"}
    for file in APP.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
                name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
                if name == "note_event" or (name == "tell" and file.parts[-2] == "desk"):
                    written |= {str(one.value) for one in ast.walk(call) if isinstance(one, ast.Constant)}
    actions = {one for one in written if re.fullmatch(r"[a-z-]+", one)}
    with desk.app.test_request_context():
        assert actions - {"grant", "revoke", "how"} <= set(of_accounts("a", "b"))
    assert {"invite", "sign-in", "deactivate"} <= actions
