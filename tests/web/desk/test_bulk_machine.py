"""A machine is asked for several texts at once, and what it wrote and nobody touched is taken out again."""

import pytest
from sqlalchemy import select

from app.domain.segments import Key, Origin, State
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.storage.machine import MACHINE
from app.storage.outbox import DbWork
from tests.databases import on_both
from tests.desk import TestDesk
from tests.machines import FakeMachine
from tests.trees import FOLDER
from tests.web.desk import at_the_machine
from tests.web.desk.at_the_machine import orders, save, sheet, stands, take, work
from tests.web.desk.test_bulk import AT, form_of

pytestmark = pytest.mark.usefixtures("with_a_list")

TEXTS = [f"{FOLDER}@en", f"{FOLDER}@ru", f"{FOLDER}@ky"]


def asked(desk: TestDesk, who: str = "carim") -> str:
    """Ask for all of them at once; return where it stands what was done."""
    client = desk.signed_in(who)
    shown = client.post(AT, data={"text": TEXTS, "action": "translate"}).text
    assert "It is the text that others are translated from." in shown
    return client.post(f"{AT}/do", data=form_of(shown)).location


def undone(desk: TestDesk, location: str, who: str = "carim") -> str:
    return desk.signed_in(who).post(f"{location}/undo", data={"all": "on"}, follow_redirects=True).text


def test_it_is_asked_for_each_text_that_has_gaps_and_called_off_before_it_has_begun(
    desk: TestDesk, fake: FakeMachine
) -> None:
    location = asked(desk)
    assert sorted(one.subject for one in orders(desk)) == [f"{FOLDER}@ky", f"{FOLDER}@ru"]
    again = desk.signed_in("carim").post(AT, data={"text": TEXTS, "action": "translate"}).text
    assert again.count("A machine was asked for it already.") == 2
    assert "as they were before" in undone(desk, location)
    assert orders(desk) == []
    assert (work(desk), fake.texts()) == (0, [])


def test_what_a_person_changed_or_confirmed_stays_and_the_rest_is_taken_out(desk: TestDesk, fake: FakeMachine) -> None:
    location = asked(desk)
    assert work(desk) > 0
    first, second, *_ = [row.key for row in sheet(desk).rows]
    save(desk, "kanat", {first: Typed(forms=("Ачылыш",)), second: Typed(forms=("Мына The centre opens.",))})
    kept = {source: told for source, told in stands(desk).items() if told[1:] != (State.NEEDS_WORK, Origin.MACHINE)}
    assert kept, "a person has worked on some of it"
    undone(desk, location)
    assert {source: told for source, told in stands(desk).items() if told[0]} == kept
    page = desk.signed_in("carim").get(location).text
    assert page.count("undone by Carim Coordinator") == 2


def test_the_page_reads_no_text_to_show_what_can_be_undone_and_the_press_says_where_nothing_can(
    desk: TestDesk, fake: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = asked(desk)
    work(desk)
    rows = sheet(desk).rows
    save(desk, "kanat", {row.key: Typed(forms=(f"Мына {number}",)) for number, row in enumerate(rows)})
    before = stands(desk)
    with monkeypatch.context() as patched:
        patched.delattr("app.services.sheets.sheet")
        page = desk.signed_in("carim").get(location).text
    assert "People may have worked on these texts since" in page
    assert page.count('name="item"') == 2
    assert "The machine wrote nothing here that nobody has touched since." in undone(desk, location)
    assert stands(desk) == before


def test_where_the_machine_wrote_nothing_and_nothing_waits_there_is_nothing_to_undo(
    desk: TestDesk, fake: FakeMachine
) -> None:
    location = asked(desk)
    with desk.place.database.write() as session:
        for order in session.scalars(select(DbWork).where(DbWork.kind == MACHINE)):
            session.delete(order)
    page = desk.signed_in("carim").get(location).text
    assert page.count("The machine wrote nothing here") == 2
    assert 'name="item"' not in page


@on_both
def test_what_was_handed_in_since_stays_whole_and_the_page_says_why(desk: TestDesk, fake: FakeMachine) -> None:
    location = asked(desk)
    work(desk)
    take(desk, "kanat", Action.SUBMIT)
    before = stands(desk)
    assert "It was handed in since: take it back first." in undone(desk, location)
    assert stands(desk) == before


def test_words_that_somebody_had_written_before_are_nothing_of_the_machines(desk: TestDesk, fake: FakeMachine) -> None:
    first = next(row.key for row in sheet(desk).rows)
    save(desk, "kanat", {Key(first): Typed(forms=("Ачылыш",), unsure=True, origin=Origin.MACHINE)})
    location = asked(desk)
    work(desk)
    undone(desk, location)
    assert [told[0] for told in stands(desk).values() if told[0]] == ["Ачылыш"]


def test_a_day_has_a_bound_and_who_is_over_it_is_told_before(desk: TestDesk, fake: FakeMachine) -> None:
    at_the_machine.has(desk, fake.service(budget=1))
    shown = desk.signed_in("carim").post(AT, data={"text": TEXTS, "action": "translate"}).text
    assert form_of(shown)["text"] == TEXTS[1:2] or form_of(shown)["text"] == TEXTS[2:]
    assert "A machine has been given all that it may be given today." in shown
