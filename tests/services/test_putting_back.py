"""What readers had before the newest publication comes back to them: the words, the facts, the file."""

import json

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed
from app.domain.notices import NoticeKind
from app.domain.releases import Order, Policy
from app.domain.segments import Tag
from app.domain.translations import Action, Status
from app.services import facts, releases, transitions
from app.services.lags import lags_of
from app.services.texts import find_revision
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.published import DbPage
from tests.services.rooms import Room
from tests.trees import FACTS, FOLDER, article

EN = article("Opening", "The centre opens.", slug="opening")
RU = article("Открытие", "Центр открывается.", slug="otkrytie")
READY = (Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
SECOND = EN.replace("opens", "has opened")


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ru=RU)
    room.place.sync()
    assert room.place.problems() == []


def published(room: Room, text: str = SECOND, locale: str = "en", *, by: str = "aigul", minor: bool = False) -> None:
    room.save(by, locale, text)
    room.do("carim", locale, *READY, minor=minor)


def put_back(room: Room, locale: str = "en", *, number: int = 1, by: str = "carim") -> None:
    with room.place.database.write() as session:
        text = room.text(session, locale)
        revision = find_revision(session, text, number)
        transitions.take(session, text, Action.PUT_BACK, room.actor(session, by, locale), revision=revision)


def shown(room: Room, locale: str = "en") -> str:
    with room.place.database.read() as session:
        return session.scalars(select(DbPage.page).where(DbPage.locale == locale)).one().decode()


def test_readers_get_back_what_they_had_and_the_newest_text_stays_as_it_is(room: Room) -> None:
    before = shown(room)
    published(room)
    assert "has opened" in shown(room)
    put_back(room)
    assert shown(room).partition('"updated"')[0] == before.partition('"updated"')[0]
    status, head, live = room.place.stand("en")
    assert (status, "has opened" in (head or ""), "has opened" in (live or "")) == ("approved", True, False)
    room.do("carim", "en", Action.PUBLISH)
    assert "has opened" in shown(room), "what was put back can go live again"


def test_it_is_an_event_with_its_revision_and_who_wrote_what_is_live_no_more_is_told(room: Room) -> None:
    published(room)
    put_back(room)
    with room.place.database.read() as session:
        event = session.scalars(select(DbEvent).where(DbEvent.action == "put-back")).one()
        assert (event.subject, json.loads(event.details)["revision"]) == (f"{FOLDER}@en", 1)
        told = select(DbAccount.name).join(DbNotice).where(DbNotice.kind == NoticeKind.PUT_BACK)
        assert session.scalars(told).all() == ["aigul"]


@pytest.mark.parametrize("who", ["aigul", "elena", "adil"])
def test_nobody_puts_back_but_who_coordinates(room: Room, who: str) -> None:
    published(room)
    with pytest.raises(NotAllowed, match="coordinator"):
        put_back(room, by=who)


def test_only_what_readers_had_just_before_is_put_back(room: Room) -> None:
    published(room)
    published(room, SECOND.replace("has opened", "is open"))
    with pytest.raises(NotAllowed, match="revision 1 is not what readers had before the live one"):
        put_back(room)
    put_back(room, number=2)
    put_back(room, number=3)
    assert "is open" in shown(room), "and who did it by mistake puts that back"
    room.do("carim", "en", Action.WITHDRAW)
    with pytest.raises(NotAllowed, match="nothing is live"):
        put_back(room, number=2)


def test_facts_that_went_live_with_a_source_text_come_back_with_it_and_later_ones_stay(room: Room) -> None:
    tagged = 'tags = ["cooperation"]\n'
    room.save("aigul", "zxx", FACTS + tagged)
    published(room)
    assert "cooperation" in shown(room)
    put_back(room)
    assert "cooperation" not in shown(room)
    with room.place.database.read() as session:
        assert "cooperation" not in str(facts.live(session, room.document(session)))
    room.do("carim", "en", Action.PUBLISH)
    assert "cooperation" in shown(room), "they were approved with it, and go live with it again"
    room.place.sync()
    room.place.write(f"content/{FOLDER}/item.toml", FACTS + 'tags = ["cooperation", "borders"]\n')
    room.place.sync()
    assert "borders" in shown(room)
    put_back(room)
    assert "borders" in shown(room), "a correction of the facts is newer than either text"
    assert "has opened" not in shown(room)


def is_late(room: Room, locale: str = "ru") -> tuple[bool, bool]:
    """Whether a translation is behind for the desk, and out of date for readers."""
    with room.place.database.read() as session:
        behind = lags_of(session, room.document(session))[Tag(locale)] is not None
    return behind, '"outdated":null' not in shown(room, locale)


def test_what_was_put_back_counts_as_if_it_had_never_been_live(room: Room) -> None:
    """What was current by a minor edit is so again; what was made of the text that is gone is ahead, as of a draft."""
    published(room, EN.replace("opens", "opens today"), minor=True)
    assert is_late(room) == (False, False)
    published(room)
    assert is_late(room) == (True, True)
    put_back(room, number=2)
    assert is_late(room) == (True, False), "the desk holds it against the newest text that was approved"
    room.do("carim", "en", Action.REOPEN)
    assert is_late(room) == (False, False)
    room.do("carim", "en", *READY)
    base = f"en@{room.place.digest('en')[:8]}"
    room.place.item(ky=article("Ачылыш", "Борбор ачылды.", slug="achylysh", based_on=base))
    room.place.sync()
    assert is_late(room, "ky") == (False, False)
    put_back(room, number=2)
    assert is_late(room, "ky") == (False, False)
    published(room, SECOND.replace("has opened", "is open"))
    assert is_late(room, "ky") == (True, True)


def test_readers_are_told_when_the_words_changed_last_and_that_is_when_they_came_back(room: Room) -> None:
    published(room)
    with room.place.database.read() as session:
        before = session.scalars(select(DbPage.changed).where(DbPage.locale == "en")).one()
    put_back(room)
    with room.place.database.read() as session:
        after = session.scalars(select(DbPage.changed).where(DbPage.locale == "en")).one()
    assert before is not None
    assert after is not None
    assert after > before


def test_a_standing_order_ends_so_that_it_does_not_come_back_by_the_next_approval(room: Room) -> None:
    published(room)
    with room.place.database.write() as session:
        releases.give(session, room.document(session), room.actor(session, "carim", "en"), Order(policy=Policy.EACH))
    put_back(room)
    with room.place.database.read() as session:
        assert releases.in_force(session, room.document(session)) is None
    room.save("rustam", "ru", RU.replace("открывается", "открылся"))
    room.do("rustam", "ru", Action.SUBMIT, Action.APPROVE)
    assert "has opened" not in shown(room)


def test_the_file_has_what_readers_see_and_the_approved_text_stands_beside_it(room: Room) -> None:
    published(room)
    room.place.sync()
    put_back(room)
    room.place.sync()
    assert room.place.problems() == []
    assert "The centre opens." in room.place.read(f"content/{FOLDER}/en.md")
    beside = room.place.read(f"content/{FOLDER}/en.draft.md")
    assert "has opened" in beside
    assert "status: approved" in beside
    assert room.place.sync() == [], "and nothing more is to be done"
    with room.place.database.read() as session:
        assert room.text(session, "en").status is Status.APPROVED
