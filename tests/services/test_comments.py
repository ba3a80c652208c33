"""What people say of a text is kept, and who is called by name can be told."""

import pytest
from sqlalchemy import select

from app.domain.errors import BadText, Forbidden, NotAllowed
from app.domain.notices import NoticeKind
from app.services import comments
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.talk import LONGEST_COMMENT, DbComment
from tests.services.rooms import Room
from tests.trees import article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")


def say(room: Room, text: str, name: str = "carim") -> list[str]:
    with room.place.database.write() as session:
        translation = room.text(session, "en")
        _, called = comments.add(session, translation, text, room.actor(session, name, "en"))
    return [person.name for person in called]


def test_a_comment_is_kept_with_the_revision_that_it_was_about_and_quoted_nowhere_else(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    say(room, " Which centre?\r\nSay so. ")
    with room.place.database.read() as session:
        (comment,) = session.scalars(select(DbComment))
        event = session.scalars(select(DbEvent).where(DbEvent.action == "comment")).one()
        assert (comment.text, comment.author) == ("Which centre?\nSay so.", "carim")
        assert comment.revision_id == room.text(session, "en").head_id
        assert (event.subject, "centre" in event.details) == ("news/2026-01-01-item@en", False)


def test_who_is_called_by_name_is_somebody_else_who_may_read_it(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    assert say(room, "@aigul, @carim, @nobody, @adil: look. @Rustam too") == ["aigul", "rustam"]
    with room.place.database.read() as session:
        assert list(session.scalars(select(DbNotice.kind))) == [NoticeKind.MENTIONED] * 2


def test_a_comment_says_something_is_not_endless_and_needs_its_right(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    with pytest.raises(NotAllowed, match="has to say something"):
        say(room, " \n ")
    with pytest.raises(BadText, match="letters at most"):
        say(room, "a" * (LONGEST_COMMENT + 1))
    with pytest.raises(Forbidden):
        say(room, "Hello", "adil")
