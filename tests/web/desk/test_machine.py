"""A machine is asked in the editor, by who may, as much as it may do, and given up with the reason."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.services.machine import TRIES
from app.storage.accounts import DbAccount
from app.storage.machine import Order
from tests.databases import on_both
from tests.desk import TestDesk
from tests.machines import FakeMachine, silence
from tests.web.desk.at_the_machine import AT, KY, ask, has, let_time_pass, orders, sheet, work
from tests.web.desk.pages import Page
from tests.web.forms import form_in

pytestmark = pytest.mark.usefixtures("with_a_list")


def test_one_segment_is_asked_for_under_it_and_the_others_stay_empty(desk: TestDesk, fake: FakeMachine) -> None:
    kanat = desk.signed_in("kanat")
    assert "Ask the machine" in Page(kanat.get(f"{AT}?at=title")).html
    assert "The machine was asked" in ask(kanat, at="title")
    under = Page(kanat.get(f"{AT}?at=title")).html.partition('class="aside"')[2]
    assert ("Ask the machine" in under, under.count("The machine was asked")) == (False, 1)
    assert work(desk) == 1
    assert fake.texts() == ["Opening"]
    assert [row.text for row in sheet(desk).rows if row.text] == ["Мына Opening"]


def test_who_asks_for_all_that_is_missing_has_what_they_typed_beside_it_saved_whatever_segment_is_in_front(
    desk: TestDesk, fake: FakeMachine
) -> None:
    kanat = desk.signed_in("kanat")
    page = kanat.get(f"{AT}?at=title").text
    button = page.partition("data-machine")[2].partition("</form>")[0]
    assert f'form="sheet" formaction="{AT}/machine?source=en&amp;all=1"' in button
    kanat.post(f"{AT}/machine?source=en&all=1", data={**form_in(page), "s0.0": "Ачылыш"})
    assert [row.text for row in sheet(desk).rows if row.text] == ["Ачылыш"]
    work(desk)
    assert {"The centre opens.", "one", "two"} < set(fake.texts())
    assert "Opening" not in fake.texts()


def test_without_a_machine_the_desk_says_nothing_of_one(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert "translate/machine" not in Page(kanat.get(f"{AT}?at=title")).html
    assert kanat.post(f"{AT}/machine").status_code == 404


def test_who_may_not_edit_cannot_ask(desk: TestDesk, fake: FakeMachine) -> None:
    assert desk.signed_in("elena").post(f"{AT}/machine").status_code == 403
    assert (orders(desk), fake.asked) == ([], [])


def test_a_machine_that_does_not_answer_is_asked_again_ever_later_and_given_up_with_the_reason(
    desk: TestDesk,
) -> None:
    kanat, times = desk.signed_in("kanat"), list[datetime]()
    with silence() as service:
        has(desk, service)
        ask(kanat)
        for _ in range(TRIES):
            assert work(desk) == 0
            assert work(desk) == 0
            times += [one.due_at for one in orders(desk)]
            page = Page(kanat.get(AT)).words
            let_time_pass(desk)
    assert "The machine did not translate everything: The machine does not answer." in page
    assert "Translate what is missing by machine" in page
    assert len(times) == TRIES
    assert [one.refusal for one in orders(desk)] == ["the machine does not answer"]


def test_what_a_key_is_missing_for_is_given_up_at_once(desk: TestDesk, fake: FakeMachine) -> None:
    fake.instead = (403, b"{}")
    kanat = desk.signed_in("kanat")
    ask(kanat)
    assert work(desk) == 0
    assert "The machine does not accept our key." in Page(kanat.get(AT)).words


def test_a_pair_that_the_machine_does_not_speak_is_said_at_once(desk: TestDesk, fake: FakeMachine) -> None:
    fake.pairs = {"en": ["de"]}
    work(desk)
    page = ask(desk.signed_in("kanat"))
    assert "The machine does not translate from " in page
    assert (orders(desk), fake.asked) == ([], [])


def test_a_day_has_a_budget_which_is_looked_at_before_and_kept(desk: TestDesk, fake: FakeMachine) -> None:
    has(desk, fake.service(budget=62))
    kanat = desk.signed_in("kanat")
    assert "The machine was asked" in ask(kanat)
    assert work(desk) == 4
    assert "A machine has been given all that it may be given today." in Page(kanat.get(AT)).words
    assert [(one.due_at.hour, Order.of(one).letters) for one in orders(desk)] == [(0, 33)]
    has(desk, fake.service(budget=30))
    assert "A machine has been given all that it may be given today." in ask(kanat, at="title")
    assert fake.texts() == ["Opening", "The centre opens.", "one", "two"]


@on_both
def test_a_page_that_waits_is_told_when_an_order_stands_otherwise_and_not_before(
    desk: TestDesk, fake: FakeMachine
) -> None:
    kanat = desk.signed_in("kanat")
    ask(kanat)
    told = [(kanat.get(f"{AT}/present").json or {})["machine"] for _ in range(2)]
    assert told[0] == told[1] != []
    fake.instead = (503, b"")
    work(desk)
    assert (kanat.get(f"{AT}/present").json or {})["machine"] != told[0]


def test_who_lost_the_role_meanwhile_brings_nothing_in(desk: TestDesk, fake: FakeMachine) -> None:
    ask(desk.signed_in("kanat"))
    with desk.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one().active = False
    assert work(desk) == 0
    assert [row.text for row in sheet(desk).rows if row.text] == []
    assert [bool(one.refusal) for one in orders(desk)] == [True]
    assert fake.asked


@on_both
def test_a_document_that_is_gone_ends_its_order_and_holds_up_no_other(desk: TestDesk, fake: FakeMachine) -> None:
    ask(desk.signed_in("kanat"))
    with desk.place.database.write() as session:
        gone = Order(document="news/gone", locale=KY, source=None, key=None, by="kanat", letters=1)
        session.add(gone.work(datetime.now(UTC) - timedelta(hours=1)))
    assert work(desk) == 0
    assert work(desk) == 5
    assert [one.refusal for one in orders(desk)] == ["there is no document news/gone"]
    assert fake.asked
