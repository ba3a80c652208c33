"""Whose a text is."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.errors import Forbidden, NotAllowed, NotFound
from app.domain.notices import NoticeKind
from app.domain.segments import Tag
from app.services import assignments, teams
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.talk import DbAssignment
from tests.services.rooms import Room
from tests.trees import article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
DUE = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()


def assign(room: Room, locale: str, person: str, *, by: str = "carim", due: datetime | None = None) -> bool:
    with room.place.database.write() as session:
        actor = room.actor(session, by, locale)
        document = room.document(session)
        return assignments.assign(session, document, Tag(locale), actor, person=person, due=due) is not None


def test_a_text_that_nobody_has_begun_can_be_somebodys_and_the_newest_word_counts(room: Room) -> None:
    assert assign(room, "ky", "kanat", due=DUE)
    assert not assign(room, "ky", "kanat", due=DUE), "nothing new"
    assert assign(room, "ky", "rustam")
    assert assign(room, "ky", "")
    assert not assign(room, "ky", "")
    with room.place.database.read() as session:
        rows = [(one.person, one.due, one.by) for one in session.scalars(select(DbAssignment))]
        current = assignments.current(session, room.document(session), Tag("ky"))
        told = session.execute(select(DbAccount.name, DbNotice.kind).join(DbNotice.account).order_by(DbNotice.id)).all()
        events = session.execute(select(DbEvent.action, DbEvent.subject).order_by(DbEvent.number.desc()).limit(3)).all()
    assert rows == [("kanat", DUE, "carim"), ("rustam", None, "carim"), ("", None, "carim")]
    assert [tuple(row) for row in told] == [
        ("kanat", NoticeKind.ASSIGNED), ("kanat", NoticeKind.REASSIGNED), ("rustam", NoticeKind.ASSIGNED),
        ("rustam", NoticeKind.UNASSIGNED),
    ], "whose it is is told, and whose it was"  # fmt: skip
    assert current is not None
    assert current.person == ""
    assert [tuple(row) for row in events] == [
        ("unassign", "news/2026-01-01-item@ky"),
        ("assign", "news/2026-01-01-item@ky"),
        ("assign", "news/2026-01-01-item@ky"),
    ]


@pytest.mark.parametrize(("locale", "person"), [("ru", "kanat"), ("en", "kanat"), ("ky", "aigul"), ("ky", "nobody")])
def test_nobody_gets_a_text_that_they_could_not_write(room: Room, locale: str, person: str) -> None:
    with pytest.raises(NotAllowed, match="has no role"):
        assign(room, locale, person)


def test_who_coordinates_assigns_and_nobody_else(room: Room) -> None:
    for name in ("aigul", "kanat", "rustam", "adil"):
        with pytest.raises(Forbidden):
            assign(room, "ky", "kanat", by=name)


def told(room: Room, to: str) -> list[tuple[str, str, str]]:
    with room.place.database.read() as session:
        asked = select(DbNotice.kind, DbNotice.by, DbNotice.text).join(DbNotice.account).where(DbAccount.name == to)
        return [(str(kind), by, text) for kind, by, text in session.execute(asked.order_by(DbNotice.id))]


def whose(room: Room) -> tuple[str, str, datetime | None, str]:
    with room.place.database.read() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        return ("", "", None, "") if row is None else (row.person, row.team, row.due, row.reason)


def decline(room: Room, person: str, reason: str) -> None:
    with room.place.database.write() as session:
        assignments.decline(session, room.document(session), Tag("ky"), room.actor(session, person, "ky"), reason)


def take(room: Room, person: str) -> None:
    with room.place.database.write() as session:
        assignments.take(session, room.document(session), Tag("ky"), room.actor(session, person, "ky"))


def give_to_the_team(room: Room) -> None:
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "ky")
        teams.put(session, "Kyrgyz desk", carim, locale=Tag("ky"), people=["kanat", "rustam", "elena"])
        assignments.assign(session, room.document(session), Tag("ky"), carim, team="Kyrgyz desk", due=DUE, priority=1)


def test_who_was_asked_declines_with_a_reason_which_who_asked_is_told(room: Room) -> None:
    assign(room, "ky", "kanat", due=DUE)
    decline(room, "kanat", " I am at a conference. ")
    assert whose(room) == ("", "", DUE, "I am at a conference."), "it is wanted by the same day"
    assert told(room, "carim") == [("declined", "kanat", "I am at a conference.")]
    assert told(room, "kanat") == [("assigned", "carim", "")]
    assert assign(room, "ky", "kanat", due=DUE), "and may be asked again"


@pytest.mark.parametrize(("person", "reason", "why"), [
    ("rustam", "no", "is not asked of you"), ("kanat", "  ", "say why you decline"),
])  # fmt: skip
def test_nobody_declines_for_others_or_without_a_reason(room: Room, person: str, reason: str, why: str) -> None:
    assign(room, "ky", "kanat")
    with pytest.raises(NotAllowed, match=why):
        decline(room, person, reason)
    assert whose(room)[0] == "kanat"


def test_a_teams_text_is_taken_by_one_of_it_and_declined_it_is_the_teams_again(room: Room) -> None:
    give_to_the_team(room)
    assert [told(room, name) for name in ("kanat", "rustam")] == [[("assigned to team", "carim", "")]] * 2
    take(room, "kanat")
    assert whose(room) == ("kanat", "Kyrgyz desk", DUE, "")
    with pytest.raises(NotAllowed, match="does not wait for somebody of a team"):
        take(room, "rustam")
    decline(room, "kanat", "too long for me")
    assert whose(room) == ("", "Kyrgyz desk", DUE, "too long for me")
    take(room, "rustam")
    assert whose(room)[:2] == ("rustam", "Kyrgyz desk")


@pytest.mark.parametrize(("person", "why"), [("carim", "not of the team"), ("elena", "has no role")])
def test_who_is_not_of_the_team_or_could_not_write_it_takes_nothing(room: Room, person: str, why: str) -> None:
    give_to_the_team(room)
    with pytest.raises(NotAllowed, match=why):
        take(room, person)


def test_a_team_of_which_nobody_could_write_a_text_does_not_get_it(room: Room) -> None:
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "ky")
        teams.put(session, "English desk", carim, locale=Tag("en"), people=["elena"])
        for team, refused in (("English desk", NotAllowed), ("No desk", NotFound)):
            with pytest.raises(refused):
                assignments.assign(session, room.document(session), Tag("ky"), carim, team=team)


def test_a_team_that_has_texts_stays(room: Room) -> None:
    give_to_the_team(room)
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "ky")
        with pytest.raises(NotAllowed, match="give them to others first"):
            teams.remove(session, "Kyrgyz desk", carim)
    assign(room, "ky", "kanat")
    with room.place.database.write() as session:
        teams.remove(session, "Kyrgyz desk", room.actor(session, "carim", "ky"))
        assert teams.members(session, "Kyrgyz desk") == ()


def test_another_day_leaves_urgency_and_team_as_they_were(room: Room) -> None:
    give_to_the_team(room)
    take(room, "kanat")
    assign(room, "ky", "kanat", due=datetime(2099, 2, 2, tzinfo=UTC))
    assert whose(room) == ("kanat", "Kyrgyz desk", datetime(2099, 2, 2, tzinfo=UTC), "")
    with room.place.database.read() as session:
        row = assignments.current(session, room.document(session), Tag("ky"))
        assert row is not None
        assert row.priority == 1
    assign(room, "ky", "rustam")
    assert whose(room)[:2] == ("rustam", ""), "who has it otherwise has it through no team"
