"""What happened to a document, who did it and when, in as many queries for a long story as for a short one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.people import Channel
from app.domain.releases import Order, Policy
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.timeline import Happening, What, timeline
from app.services import assignments, comments, previews, releases, transitions
from app.storage import actors
from tests.copies import Copies
from tests.desk import open_office
from tests.queries.test_standings import counted
from tests.services.rooms import Room
from tests.trees import ITEM, Place, article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="draft")
DUE = datetime(2099, 1, 1, tzinfo=UTC)


def begin_with(place: Place) -> None:
    open_office(place)
    place.item(en=EN, ru=RU)
    place.sync()


@pytest.fixture
def room(tmp_path: Path, template: str, copies: Copies) -> Iterator[Room]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield Room(place)


def told(room: Room) -> list[Happening]:
    with room.place.database.read() as session:
        return list(timeline(session, ITEM))[::-1]


def test_each_thing_that_happened_is_told_once_with_who_did_it(room: Room) -> None:
    with room.place.database.write() as session:
        coordinator = room.actor(session, "carim", "en")
        assignments.assign(session, room.document(session), Tag("ky"), coordinator, person="kanat", due=DUE)
        releases.give(session, room.document(session), coordinator, Order(policy=Policy.EACH))
    room.do("rustam", "ru", Action.SUBMIT, comment="")
    room.do("rustam", "ru", Action.RETURN, comment="Mend the title")
    with room.place.database.write() as session:
        text = room.text(session, "ru")
        comments.add(session, text, "I did", room.actor(session, "rustam", "ru"))
        previews.give_out(session, text, coordinator, lasts=timedelta(days=1), now=datetime.now(UTC))
    room.save("rustam", "ru", RU.replace("Центр", "Наш центр"))
    room.do("elena", "en", Action.SUBMIT, Action.APPROVE, comment="")
    told_of = [(one.what, one.locale, one.who, one.revision) for one in told(room) if one.what is not What.SAVE]
    assert told_of == [
        (What.ASSIGN, "ky", "carim", None),
        (What.ORDER_RELEASE, None, "carim", None),
        (What.SUBMIT, "ru", "rustam", 1),
        (What.RETURN, "ru", "rustam", 1),
        (What.COMMENT, "ru", "rustam", 1),
        (What.PREVIEW, "ru", "carim", None),
        (What.SUBMIT, "en", "elena", 1),
        (What.APPROVE, "en", "elena", 1),
        (What.PUBLISH, "zxx", "carim", 1),
        (What.PUBLISH, "en", "carim", 1),
    ]
    by = {one.what: one for one in told(room)}
    assert (by[What.ASSIGN].person, by[What.ASSIGN].due) == ("kanat", DUE)
    assert (by[What.RETURN].note, by[What.COMMENT].note, by[What.SUBMIT].note) == ("Mend the title", "I did", "")
    assert (by[What.ORDER_RELEASE].policy, by[What.SAVE].parent) == ("each", 1)
    assert (by[What.SAVE].revision, by[What.SAVE].who, by[What.SAVE].channel) == (2, "rustam", Channel.DESK)
    assert [one.at for one in told(room)] == sorted(one.at for one in told(room))


def test_a_note_stands_with_the_transition_it_was_written_for_and_with_no_later_one(room: Room) -> None:
    for note in ("first", "second"):
        room.do("rustam", "ru", Action.SUBMIT, comment="")
        room.do("rustam", "ru", Action.RETURN, comment=note)
    assert [one.note for one in told(room) if one.what is What.RETURN] == ["first", "second"]
    assert [one.note for one in told(room) if one.what is What.SUBMIT] == ["", ""]


def test_a_publication_says_whether_translations_stayed_current_and_an_approval_whether_four_eyes_were_two(
    room: Room,
) -> None:
    room.do("elena", "en", Action.SUBMIT, Action.APPROVE)
    room.do("carim", "en", Action.PUBLISH, minor=True)
    room.save("rustam", "ru", RU.replace("Центр", "Наш центр"))
    room.do("carim", "ru", Action.SUBMIT)
    room.save("carim", "ru", RU.replace("Центр", "Тот центр"))
    room.do("carim", "ru", Action.SUBMIT)
    with room.place.database.write() as session:
        text = room.text(session, "ru")
        actor = room.actor(session, "carim", "ru")
        transitions.take(session, text, Action.APPROVE, actor, revision=text.head, comment="Nobody else is here")
    by = {(one.what, one.locale): one for one in told(room)}
    assert by[What.PUBLISH, Tag("en")].minor
    assert by[What.APPROVE, Tag("ru")].overridden
    assert not by[What.APPROVE, Tag("en")].overridden


def test_who_was_forgotten_did_what_they_did_and_nobody_can_tell_who_it_was(room: Room) -> None:
    room.do("rustam", "ru", Action.SUBMIT)
    with room.place.database.write() as session:
        actors.forget(session, "rustam")
    assert [(one.what, one.who) for one in told(room) if one.what is What.SUBMIT] == [(What.SUBMIT, "")]


def test_a_long_story_takes_no_more_queries_than_a_short_one(room: Room) -> None:
    with counted(room.place.database) as short:
        told(room)
    for number in range(5):
        room.save("rustam", "ru", RU.replace("Центр", f"Центр {number}"))
        room.do("rustam", "ru", Action.SUBMIT, Action.RETURN)
    with counted(room.place.database) as long:
        told(room)
    assert len(short) == len(long) == 9


def test_there_is_no_story_of_a_document_that_is_none(room: Room) -> None:
    with room.place.database.read() as session, pytest.raises(NotFound):
        timeline(session, DocumentName.parse("news/none"))
