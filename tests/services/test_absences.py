"""Somebody is away: who stands in writes what is due meanwhile, and what they have not begun comes back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.assigning import Absence, Rule
from app.domain.errors import Forbidden, NotAllowed
from app.domain.notices import NoticeKind
from app.domain.people import Grant
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.services import absences, assignment_rules, assignments
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.talk import DbAssignment
from app.worker.hours import do_what_has_its_hour
from tests.people import invite
from tests.services.rooms import Room
from tests.trees import article

ALMATY = ZoneInfo("Asia/Almaty")
EN = article("Opening", "The centre opens.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")
NOW = datetime.now(UTC)
TODAY = NOW.astimezone(ALMATY).date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    """A published item, and a second translator into Kyrgyz; Kanat has the Kyrgyz text until the day after tomorrow."""
    room.place.item(en=EN)
    room.place.sync()
    with room.place.database.write() as session:
        invite(session, "nurgul", Grant(role=Role.TRANSLATOR, locale=Tag("ky")))
    assign(room, "kanat", NOW + 2 * DAY)


def assign(room: Room, person: str, due: datetime | None = None) -> DbAssignment | None:
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        return assignments.assign(session, room.document(session), Tag("ky"), actor, person=person, due=due)


def away(
    room: Room, first: int, last: int, *, person: str = "kanat", substitute: str = "nurgul", by: str = "kanat"
) -> int:
    wanted = Absence(person=person, substitute=substitute, first=TODAY + first * DAY, last=TODAY + last * DAY)
    with room.place.database.write() as session:
        return absences.announce(session, wanted, room.actor(session, by, "ky")).id


def whose(room: Room) -> str:
    with room.place.database.read() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        return row.person if row is not None else ""


def told(room: Room, since: int = 0) -> list[tuple[str, str, str]]:
    """Who was told what of whom, but for reminders, which are due in between."""
    with room.place.database.read() as session:
        asked = select(DbAccount.name, DbNotice.kind, DbNotice.by).join(DbNotice, DbNotice.account_id == DbAccount.id)
        asked = asked.where(DbNotice.kind.not_in([NoticeKind.DUE_SOON, NoticeKind.OVERDUE, NoticeKind.ESCALATED]))
        return [(name, str(kind), by) for name, kind, by in session.execute(asked.order_by(DbNotice.id))][since:]


def pass_days(room: Room, count: int) -> None:
    """Let the worker look so many days later; twice, as two workers or one that died might."""
    for _ in range(2):
        do_what_has_its_hour(room.place.database, now=NOW + count * DAY)


def test_who_goes_away_today_hands_over_at_once_and_both_are_told(room: Room) -> None:
    before = len(told(room))
    away(room, 0, 5)
    assert whose(room) == "nurgul"
    assert told(room, before) == [
        ("nurgul", "away", "kanat"), ("carim", "away", "kanat"), ("nurgul", "stands in", "kanat")
    ], "who did it knows"  # fmt: skip


def test_a_coming_absence_begins_on_its_first_day_and_what_was_not_begun_comes_back_at_its_end(room: Room) -> None:
    before = len(told(room))
    away(room, 1, 5, by="carim")
    assert whose(room) == "kanat"
    pass_days(room, 1)
    assert whose(room) == "nurgul"
    moved = told(room, before)
    pass_days(room, 5)
    assert whose(room) == "nurgul", "the last day is one of it"
    before = len(told(room))
    pass_days(room, 6)
    assert whose(room) == "kanat"
    assert moved == [
        ("nurgul", "away", "kanat"), ("kanat", "reassigned", "nurgul"), ("nurgul", "stands in", "kanat")
    ], "told both"  # fmt: skip
    assert told(room, before) == [("nurgul", "reassigned", "kanat"), ("kanat", "yours again", "nurgul")]
    with room.place.database.read() as session:
        actions = list(session.scalars(select(DbEvent.action).where(DbEvent.subject.startswith("account/"))))
    assert actions[-2:] == ["away", "back"]


def test_what_the_substitute_has_begun_stays_theirs(room: Room) -> None:
    number = away(room, 0, 5)
    room.begin("ky")
    room.save("nurgul", "ky", KY)
    back(room, number)
    assert whose(room) == "nurgul"


def test_who_comes_back_early_has_everything_again_that_was_not_begun(room: Room) -> None:
    number = away(room, 0, 5)
    back(room, number)
    assert whose(room) == "kanat"
    assign(room, "kanat", NOW + 3 * DAY)
    assert whose(room) == "kanat", "and gets what is given to them"


def test_what_is_due_after_an_absence_or_by_no_day_stays(room: Room) -> None:
    assign(room, "kanat", NOW + 30 * DAY)
    away(room, 0, 5)
    assert whose(room) == "kanat"


def test_what_is_given_meanwhile_by_hand_or_by_rule_goes_to_the_substitute(room: Room) -> None:
    away(room, 0, 5)
    made = assign(room, "kanat", NOW + 4 * DAY)
    assert made is not None
    assert made.person == "nurgul"
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "en")
        assignments.assign(session, room.document(session), Tag("ky"), carim)
        assignment_rules.add(session, Rule(person="kanat"), carim)
    room.place.item(en=EN.replace("opens.", "opens soon."))
    room.place.sync()
    assert whose(room) == "nurgul"
    assert told(room)[-1] == ("nurgul", NoticeKind.STANDS_IN, "kanat")


@pytest.mark.parametrize("due", [NOW + 4 * DAY, NOW + 90 * DAY, None])
def test_what_was_asked_of_who_is_away_is_theirs_when_they_are_back(room: Room, due: datetime | None) -> None:
    number = away(room, 0, 5)
    assign(room, "rustam", NOW + DAY)
    assign(room, "kanat", due)
    assert whose(room) == "nurgul"
    back(room, number)
    assert whose(room) == "kanat"
    assert told(room)[-2:] == [("nurgul", "reassigned", "kanat"), ("kanat", "yours again", "nurgul")]


def test_what_was_asked_of_who_is_away_and_was_begun_stays_with_who_began_it(room: Room) -> None:
    number = away(room, 0, 5)
    assign(room, "rustam", NOW + DAY)
    assign(room, "kanat", NOW + 4 * DAY)
    room.begin("ky")
    room.save("nurgul", "ky", KY)
    back(room, number)
    assert whose(room) == "nurgul"


def back(room: Room, number: int, person: str = "kanat") -> None:
    with room.place.database.write() as session:
        absences.call_off(session, number, room.actor(session, person, "ky"))


def test_what_the_substitute_is_asked_for_by_another_day_comes_back_all_the_same(room: Room) -> None:
    number = away(room, 0, 5)
    made = assign(room, "nurgul", NOW + 4 * DAY)
    assert made is not None
    back(room, number)
    assert whose(room) == "kanat"


def test_what_the_substitute_began_before_they_were_given_another_day_stays_theirs(room: Room) -> None:
    number = away(room, 0, 5)
    room.begin("ky")
    room.save("nurgul", "ky", KY)
    assign(room, "nurgul", NOW + 4 * DAY)
    back(room, number)
    assert whose(room) == "nurgul"


def test_what_somebody_else_was_asked_for_meanwhile_does_not_come_back(room: Room) -> None:
    number = away(room, 0, 5)
    assign(room, "rustam", NOW + 2 * DAY)
    assign(room, "nurgul", NOW + 2 * DAY)
    back(room, number)
    assert whose(room) == "nurgul"


@pytest.mark.parametrize("first", ["kanat", "nurgul"])
def test_what_a_substitute_hands_on_comes_back_to_whose_it_was_first(room: Room, first: str) -> None:
    with room.place.database.write() as session:
        invite(session, "ulan", Grant(role=Role.TRANSLATOR, locale=Tag("ky")))
    numbers = {"kanat": away(room, 0, 2)}
    numbers["nurgul"] = away(room, 0, 5, person="nurgul", substitute="ulan", by="nurgul")
    assert whose(room) == "ulan"
    for person in sorted(numbers, key=lambda name: name != first):
        back(room, numbers[person], person)
    assert whose(room) == "kanat"


def test_what_is_given_to_another_while_an_absence_begins_is_theirs(room: Room) -> None:
    with ThreadPoolExecutor(1) as at_once:
        with room.place.database.write() as session:
            actor = room.actor(session, "carim", "ky")
            assignments.assign(session, room.document(session), Tag("ky"), actor, person="rustam", due=NOW + DAY)
            begun = at_once.submit(away, room, 0, 5)
            time.sleep(0.7)  # until it waits for the document
        begun.result(30)
    assert whose(room) == "rustam"


def handed_in(room: Room) -> None:
    room.begin("ky")
    room.save("kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)


@pytest.mark.parametrize("actions", [[Action.RETURN], [Action.APPROVE, Action.REOPEN]])
def test_what_is_returned_to_who_is_away_goes_to_the_substitute_and_comes_back(
    room: Room, actions: list[Action]
) -> None:
    handed_in(room)
    number = away(room, 0, 5)
    assert whose(room) == "kanat", "there is nothing to be written"
    before = len(told(room))
    room.do("carim", "ky", *actions)
    assert whose(room) == "nurgul"
    assert told(room, before)[-2:] == [("kanat", "reassigned", "nurgul"), ("nurgul", "stands in", "kanat")]
    back(room, number)
    assert whose(room) == "kanat"


def test_what_is_returned_and_due_after_an_absence_waits_and_so_does_what_the_translator_takes_back(room: Room) -> None:
    handed_in(room)
    away(room, 0, 5)
    room.do("kanat", "ky", Action.TAKE_BACK)
    assert whose(room) == "kanat", "who takes it back works"
    room.do("kanat", "ky", Action.SUBMIT)
    with room.place.database.write() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        assert row is not None
        row.due = NOW + 30 * DAY
    room.do("carim", "ky", Action.RETURN)
    assert whose(room) == "kanat"


@pytest.mark.parametrize(
    ("substitute", "first", "last", "why"),
    [
        ("kanat", 1, 2, "nobody stands in for themselves"),
        ("nobody", 1, 2, "there is no account nobody"),
        ("elena", 1, 2, "Elena Editor may not write in this language: ky"),
        ("nurgul", -5, -1, "these days have passed"),
        ("nurgul", 3, 2, "the last day comes before the first"),
        ("nurgul", 10, 12, "Kanat Kyrgyz is away in these days already"),
        ("rustam", 20, 22, "Rustam Reviewer is away in these days too"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_its_reason(
    room: Room, substitute: str, first: int, last: int, why: str
) -> None:
    away(room, 11, 11)
    away(room, 21, 25, person="rustam", substitute="carim", by="rustam")
    with pytest.raises(NotAllowed, match=why):
        away(room, first, last, substitute=substitute)


def test_nobody_sends_others_away_but_who_coordinates(room: Room) -> None:
    with pytest.raises(Forbidden):
        away(room, 1, 2, by="nurgul")
    number = away(room, 1, 2, by="carim")
    with room.place.database.write() as session, pytest.raises(Forbidden):
        absences.call_off(session, number, room.actor(session, "nurgul", "ky"))
