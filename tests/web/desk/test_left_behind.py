"""Words that no fold brings into a text are shown: to who typed them, or to who answers for the texts."""

import json

from sqlalchemy import delete, select

from app.storage.accounts import DbAccount, DbGrant
from app.storage.journal import DbEvent
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article

AT = f"/desk/{FOLDER}/ky/translate"


def office(place: Place) -> None:
    place.item(en=article("Opening", "The centre opens.", slug="opening"))
    place.sync()


def typed(desk: TestDesk, key: str, words: str) -> None:
    segment = {"key": key, "serial": 7, "typed": {"forms": [words]}}
    said = {
        "account": "kanat",
        "tab": "one",
        "revision": 0,
        "source": "en",
        "source_revision": 1,
        "segments": [segment],
    }
    answer = desk.signed_in("kanat").post(f"{AT}/typed", data=json.dumps(said), content_type="application/json")
    assert answer.json is not None
    assert answer.json["kept"] == [7]


@on_both
def test_what_somebody_typed_who_lost_the_role_is_shown_to_coordinators_and_to_nobody_else(desk: TestDesk) -> None:
    typed(desk, "title", "Ачылыш <b>бүгүн</b>")
    carim, kanat = desk.signed_in("carim"), desk.signed_in("kanat")
    assert "Nothing was left behind." in carim.get("/desk/left-behind").text
    assert "left-behind" not in carim.get("/desk/").text
    with desk.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one()
        session.execute(delete(DbGrant).where(DbGrant.account_id == account.id))
    page = carim.get("/desk/left-behind").text
    assert ("Ачылыш &lt;b&gt;бүгүн&lt;/b&gt;" in page, "Kanat Kyrgyz" in page) == (True, True)
    assert "left-behind" in carim.get("/desk/").text
    number = page.partition('name="number" value="')[2].partition('"')[0]
    for serial in ("6", "", "9" * 5000):
        assert carim.post("/desk/left-behind", data={"number": number, "serial": serial}).status_code == 303
    assert "Kanat Kyrgyz" in carim.get("/desk/left-behind").text, "words of another serial are others"
    assert desk.signed_in("rustam").post("/desk/left-behind", data={"number": number, "serial": "7"}).status_code == 403
    for name in ("kanat", "elena", "aigul", "adil"):
        assert desk.signed_in(name).get("/desk/left-behind").status_code == 403, name
    assert kanat.post(f"{AT}/let-go", data={"loose": "7 title"}).status_code == 403
    carim.post("/desk/left-behind", data={"number": number, "serial": "7"})
    assert "Nothing was left behind." in carim.get("/desk/left-behind").text
    assert "left-behind" not in carim.get("/desk/").text
    with desk.place.database.read() as session:
        assert session.scalars(select(DbEvent.action).where(DbEvent.action == "settle-left")).all() == ["settle-left"]


def test_what_was_typed_for_a_segment_that_is_gone_is_shown_to_who_typed_it_until_they_let_it_go(
    desk: TestDesk,
) -> None:
    typed(desk, "p-that-is-gone", "Кайда калды?")
    kanat, rustam = desk.signed_in("kanat"), desk.signed_in("rustam")
    assert "Кайда калды?" in kanat.get(AT).text
    assert "Кайда калды?" not in rustam.get(AT).text
    assert rustam.post(f"{AT}/let-go", data={"loose": "7 p-that-is-gone"}).status_code == 303
    for serial in ("6", "", "x", "9" * 5000):
        assert kanat.post(f"{AT}/let-go", data={"loose": f"{serial} p-that-is-gone"}).status_code == 303
    assert "Кайда калды?" in kanat.get(AT).text, "words of another serial are others"
    kanat.post(f"{AT}/let-go", data={"loose": "7 p-that-is-gone"})
    assert "Кайда калды?" not in kanat.get(AT).text
