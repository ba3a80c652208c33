"""Who forgot their password: one page, one answer, whoever it is."""

from sqlalchemy import func, select

from app.services.link_letters import Why
from app.storage.outbox import DbWork
from tests.databases import on_both
from tests.desk import TestDesk


def wishes(desk: TestDesk) -> int:
    with desk.place.database.read() as session:
        return session.scalar(select(func.count()).select_from(DbWork).where(DbWork.kind == Why.FORGOTTEN)) or 0


@on_both
def test_the_answer_is_the_same_whether_there_is_such_an_account_or_not(mailing: TestDesk) -> None:
    answers = [
        mailing.client().post("/desk/sign-in/forgotten", data={"email": typed})
        for typed in ("kanat", "kanat@example.org", "nobody", "nobody@example.org", "")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert wishes(mailing) == len(answers), "the worker finds out whose they are"


def test_the_page_is_there_only_where_mail_goes_out(desk: TestDesk) -> None:
    assert desk.client().get("/desk/sign-in/forgotten").status_code == 404
    assert "/desk/sign-in/forgotten" not in desk.client().get("/desk/sign-in").text


def test_signing_in_leads_there(mailing: TestDesk) -> None:
    assert 'href="/desk/sign-in/forgotten"' in mailing.client().get("/desk/sign-in").text


def test_who_asks_too_often_waits(mailing: TestDesk) -> None:
    client = mailing.client()
    statuses = {client.post("/desk/sign-in/forgotten", data={"email": "kanat"}).status_code for _ in range(200)}
    assert statuses == {200, 429}
