"""Files that wait for who sent them: so many and so much of them, and none that waits is ever lost."""

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed
from app.domain.segments import Tag
from app.services import uploads
from app.storage.uploads import DbUpload
from tests.services.rooms import Room
from tests.trees import ITEM


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)


def keep(room: Room, name: str, size: int, *, account: str = "kanat", taken: bool = False) -> None:
    with room.place.database.write() as session:
        file = uploads.sent(b"x" * size, filename=name)
        kept = uploads.keep(session, file, name=ITEM, locale=Tag("ky"), account=account)
        if taken:
            uploads.done(kept)


def kept(room: Room) -> list[str]:
    with room.place.database.read() as session:
        return list(session.scalars(select(DbUpload.filename).order_by(DbUpload.id)))


def test_who_has_decided_about_too_little_is_told_which_is_the_oldest_and_loses_nothing(room: Room) -> None:
    keep(room, "old.po", 60)
    keep(room, "new.po", 40)
    with pytest.raises(NotAllowed, match=rf"the oldest is old\.po, of {ITEM} in ky"):
        keep(room, "more.po", 1)
    assert kept(room) == ["old.po", "new.po"]
    keep(room, "more.po", 100, account="aigul")
    assert kept(room) == ["old.po", "new.po", "more.po"], "what somebody else sent counts for them"


def test_what_was_taken_in_gives_way_the_oldest_first_and_no_more_than_has_to(room: Room) -> None:
    for name, taken in (("waits.po", False), ("first.po", True), ("second.po", True)):
        keep(room, name, 30, taken=taken)
    keep(room, "more.po", 20)
    assert kept(room) == ["waits.po", "second.po", "more.po"]
    with pytest.raises(NotAllowed):
        keep(room, "large.po", 90)
    assert kept(room) == ["waits.po", "second.po", "more.po"], "nothing gives way for what has no room all the same"


def test_a_file_that_is_sent_again_takes_the_room_of_the_one_before(room: Room) -> None:
    keep(room, "mine.po", 90)
    keep(room, "mine.po", 90)
    assert kept(room) == ["mine.po"]


def test_there_are_only_so_many(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 2)
    keep(room, "first.po", 1, taken=True)
    keep(room, "second.po", 1)
    keep(room, "third.po", 1)
    assert kept(room) == ["second.po", "third.po"]
    with pytest.raises(NotAllowed):
        keep(room, "fourth.po", 1)
