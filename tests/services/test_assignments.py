"""Whose a text is."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.errors import Forbidden, NotAllowed
from app.domain.notices import NoticeKind
from app.domain.segments import Tag
from app.services import assignments
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
        assert list(session.scalars(select(DbNotice.kind))) == [NoticeKind.ASSIGNED] * 2, "whose it is is told"
        events = session.execute(select(DbEvent.action, DbEvent.subject).order_by(DbEvent.number.desc()).limit(3)).all()
    assert rows == [("kanat", DUE, "carim"), ("rustam", None, "carim"), ("", None, "carim")]
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
