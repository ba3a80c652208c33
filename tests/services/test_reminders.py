"""People are reminded before and after the day, coordinators told of what stays away: once, and while it counts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.assigning import Rule
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import assignment_rules, assignments, teams
from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork
from app.worker.hours import do_what_has_its_hour
from tests.services.rooms import Room
from tests.trees import SITE, article

ALMATY = ZoneInfo("Asia/Almaty")
DUE = datetime(2098, 3, 6, 18, tzinfo=ALMATY)
"""A Thursday."""

BEFORE, AFTER, STAYED_AWAY = (datetime(2098, 3, day, 9, tzinfo=ALMATY) for day in (5, 7, 11))
MINUTE = timedelta(minutes=1)
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    room.place.sync()


def assign(room: Room, person: str = "", team: str = "", due: datetime | None = DUE) -> None:
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person=person, team=team, due=due)


def reminded(room: Room, now: datetime) -> list[tuple[str, str, str]]:
    """Let the worker look, twice; who was told what by then, in its order, besides that they have it."""
    for _ in range(2):
        do_what_has_its_hour(room.place.database, now=now)
    with room.place.database.read() as session:
        asked = select(DbAccount.name, DbNotice.kind, DbNotice.by).join(DbNotice.account).order_by(DbNotice.id)
        told = [(name, str(kind), by) for name, kind, by in session.execute(asked)]
    return [one for one in told if one[1] in {"due soon", "overdue", "escalated"}]


def test_who_has_a_text_is_reminded_the_working_day_before_and_after_and_then_who_assigned_it(room: Room) -> None:
    assign(room, "kanat")
    assert reminded(room, BEFORE - MINUTE) == []
    assert reminded(room, BEFORE) == [("kanat", "due soon", "worker")]
    assert reminded(room, AFTER - MINUTE)[1:] == []
    assert reminded(room, AFTER)[1:] == [("kanat", "overdue", "worker")]
    assert reminded(room, STAYED_AWAY - MINUTE)[2:] == []
    assert reminded(room, STAYED_AWAY)[2:] == [("carim", "escalated", "kanat")]
    assert reminded(room, STAYED_AWAY + timedelta(days=300))[3:] == []
    with room.place.database.read() as session:
        assert session.scalars(select(DbWork).where(DbWork.kind == "remind")).all() == []


def test_a_worker_that_was_away_for_a_week_reminds_of_no_day_that_has_passed(room: Room) -> None:
    assign(room, "kanat")
    assert reminded(room, AFTER) == [("kanat", "overdue", "worker")]


def test_nobody_is_reminded_of_what_was_handed_in(room: Room) -> None:
    assign(room, "kanat")
    room.begin("ky")
    room.save("kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    assert reminded(room, STAYED_AWAY) == []


def test_what_is_returned_after_its_day_is_late_again_from_then_on(room: Room) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assign(room, "kanat", due=DUE)
    with room.place.database.write() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        assert row is not None
        row.due = yesterday
    room.begin("ky")
    room.save("kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    assert reminded(room, STAYED_AWAY) == [], "what fell due in review is told nobody"
    room.do("carim", "ky", Action.RETURN)
    assert reminded(room, datetime.now(UTC)) == [], "who has it is told that it was returned"
    assert reminded(room, yesterday + timedelta(days=60)) == [
        ("kanat", "overdue", "worker"), ("carim", "escalated", "kanat")
    ]  # fmt: skip


def test_what_is_returned_before_its_day_is_reminded_of_once(room: Room) -> None:
    assign(room, "kanat")
    room.begin("ky")
    room.save("kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT, Action.TAKE_BACK, Action.SUBMIT)
    room.do("carim", "ky", Action.RETURN)
    assert reminded(room, BEFORE) == [("kanat", "due soon", "worker")]
    assert reminded(room, AFTER)[1:] == [("kanat", "overdue", "worker")]


def test_what_was_late_when_it_was_given_is_late_from_then_on(room: Room) -> None:
    assign(room, "kanat", due=datetime.now(UTC) - timedelta(days=5))
    assert [kind for _, kind, _ in reminded(room, datetime.now(UTC) + timedelta(days=60))] == ["overdue", "escalated"]


def test_nobody_is_reminded_of_what_is_another_ones_or_due_by_another_day(room: Room) -> None:
    assign(room, "kanat")
    assign(room, "rustam", due=DUE + timedelta(days=28))
    assert reminded(room, STAYED_AWAY) == []
    assert reminded(room, DUE + timedelta(days=29)) == [("rustam", "overdue", "worker")]
    assign(room)
    assert reminded(room, DUE + timedelta(days=60))[1:] == []


def test_everybody_of_a_team_is_reminded_and_without_who_assigned_it_all_who_coordinate(room: Room) -> None:
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "ky")
        teams.put(session, "Kyrgyz desk", carim, locale=Tag("ky"), people=["kanat", "rustam"])
    assign(room, team="Kyrgyz desk")
    assert [name for name, *_ in reminded(room, BEFORE)] == ["kanat", "rustam"]
    with room.place.database.write() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        assert row is not None
        row.by = "tree"
    assert [one for one in reminded(room, STAYED_AWAY) if one[1] == "escalated"] == [
        ("carim", "escalated", "Kyrgyz desk")
    ]


def test_a_site_says_how_early_and_how_late_and_whether_at_all(room: Room) -> None:
    room.place.write("content/site.toml", SITE + "[desk]\nremind-before = 2\nremind-after = 0\nescalate-after = 0\n")
    room.place.sync()
    assign(room, "kanat")
    assert reminded(room, BEFORE - timedelta(days=1)) == [("kanat", "due soon", "worker")]
    assert reminded(room, STAYED_AWAY)[1:] == []


def test_reminders_know_the_holidays_that_the_day_was_counted_by(room: Room) -> None:
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "ky")
        assignment_rules.add(session, Rule(locale=Tag("ky"), person="kanat", country="BD"), carim)
    assign(room, "kanat", due=datetime(2098, 3, 9, 18, tzinfo=ALMATY))
    thursday = datetime(2098, 3, 6, 9, tzinfo=ALMATY)
    assert reminded(room, thursday - MINUTE) == []
    assert reminded(room, thursday) == [("kanat", "due soon", "worker")], "Friday and Saturday are free there"
