"""What may be submitted, scheduled, taken back and called off, and what a standing order makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Forbidden, NotAllowed
from app.domain.releases import Order, Policy
from app.domain.translations import Action
from app.queries.embargoes import scheduled
from app.services import releases, transitions
from tests.services.rooms import Room
from tests.trees import FOLDER, ITEM, article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="draft")
READY = (Action.SUBMIT, Action.APPROVE)
SOON, LATER = (datetime.now(UTC) + timedelta(days=days) for days in (2, 9))


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ru=RU)
    room.place.sync()
    assert room.place.problems() == []


def schedule(room: Room, locale: str, due: datetime) -> None:
    with room.place.database.write() as session:
        text = room.text(session, locale)
        carim = room.actor(session, "carim", locale)
        transitions.take(session, text, Action.SCHEDULE, carim, revision=text.head, due=due)


def told(room: Room) -> list[tuple[str, datetime]]:
    with room.place.database.read() as session:
        return [(one.locale, one.due) for one in scheduled(session, ITEM)]


def status(room: Room, locale: str) -> str:
    return room.place.stand(locale)[0]


@pytest.mark.parametrize("action", list(Action))
def test_facts_go_nowhere_by_themselves(room: Room, action: Action) -> None:
    with pytest.raises(NotAllowed, match="go live with their source text"):
        room.do("carim", "zxx", action)


def test_a_translation_does_not_go_live_before_its_source(room: Room) -> None:
    room.do("rustam", "ru", *READY)
    with pytest.raises(NotAllowed, match=r"\(en\) has never been published"):
        room.do("carim", "ru", Action.PUBLISH)


def test_a_translation_of_a_withdrawn_text_is_not_scheduled(room: Room) -> None:
    room.do("carim", "en", *READY, Action.PUBLISH, Action.WITHDRAW)
    room.do("rustam", "ru", *READY)
    with pytest.raises(NotAllowed, match=r"\(en\) was withdrawn"):
        schedule(room, "ru", SOON)
    assert told(room) == []


def test_a_translation_is_scheduled_for_no_time_before_that_of_its_source(room: Room) -> None:
    room.do("elena", "en", *READY)
    room.do("rustam", "ru", *READY)
    schedule(room, "en", LATER)
    with pytest.raises(NotAllowed, match="goes live only later"):
        schedule(room, "ru", SOON)
    schedule(room, "ru", LATER)
    assert told(room) == [("en", LATER), ("ru", LATER)]


@pytest.mark.parametrize("body", ["", "   \n"])
def test_a_news_item_that_is_a_title_and_nothing_else_is_not_submitted(room: Room, body: str) -> None:
    room.save("elena", "en", article("Opening", body, slug="opening", status="draft"))
    with pytest.raises(NotAllowed, match="a text besides its title"):
        room.do("elena", "en", Action.SUBMIT)
    assert status(room, "en") == "draft"


def test_a_file_that_is_a_title_and_nothing_else_stays_a_draft_and_the_report_says_why(room: Room) -> None:
    room.place.write(f"content/{FOLDER}/en.md", article("Opening", slug="opening"))
    room.place.sync()
    assert status(room, "en") == "draft"
    (problem,) = room.place.problems()
    assert problem.startswith(f"content/{FOLDER}/en.md:0: asks to be published and stays draft: a news item has a text")


def test_who_writes_takes_back_what_was_submitted_and_needs_no_reviewer_for_it(room: Room) -> None:
    room.do("aigul", "en", Action.SUBMIT)
    with pytest.raises(Forbidden):
        room.do("kanat", "en", Action.TAKE_BACK)
    room.do("aigul", "en", Action.TAKE_BACK)
    assert status(room, "en") == "draft"
    with pytest.raises(NotAllowed):
        room.do("aigul", "en", Action.TAKE_BACK)


def test_taking_back_a_later_text_leaves_an_embargo_as_it_is(room: Room) -> None:
    room.do("elena", "en", *READY)
    schedule(room, "en", SOON)
    room.save("aigul", "en", EN.replace("opens", "opens in May"))
    room.do("aigul", "en", Action.SUBMIT, Action.TAKE_BACK)
    assert told(room) == [("en", SOON)]


def test_a_time_is_cancelled_by_who_may_schedule_and_what_is_live_stays(room: Room) -> None:
    room.do("carim", "en", *READY, Action.PUBLISH)
    room.save("aigul", "en", EN.replace("opens", "opens in May"))
    room.do("elena", "en", *READY)
    schedule(room, "en", SOON)
    for name in ("aigul", "elena"):
        with pytest.raises(Forbidden):
            room.do(name, "en", Action.UNSCHEDULE)
    room.do("carim", "en", Action.UNSCHEDULE)
    assert (told(room), room.live(), status(room, "en")) == ([], {"en"}, "approved")
    with pytest.raises(NotAllowed, match="nothing is scheduled"):
        room.do("carim", "en", Action.UNSCHEDULE)


def test_a_time_that_was_cancelled_does_not_come_back_by_a_standing_order(room: Room) -> None:
    room.do("elena", "en", *READY)
    schedule(room, "en", SOON)
    with room.place.database.write() as session:
        each = Order(policy=Policy.EACH)
        releases.give(session, room.document(session), room.actor(session, "carim", "en"), each)
    room.do("carim", "en", Action.UNSCHEDULE)
    room.do("rustam", "ru", *READY)
    assert (told(room), room.live()) == ([], set())
