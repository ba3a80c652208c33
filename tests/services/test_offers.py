"""A button stands there exactly if a press would be taken."""

from itertools import product

import pytest
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.translations import Action, Guard, Status
from app.services import transitions
from app.services.offers import Offer, offers
from tests.desk import STAFF
from tests.services.rooms import Room
from tests.services.test_transitions import DUE
from tests.trees import article

EN = article("Opening", "The centre opens.", slug="opening")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="draft")
HOLE = RU.replace("Центр открывается.", "<!-- untranslated -->")
BY_SAVING = {Action.START, Action.EDIT, Action.CORRECT}


def offered(room: Room, name: str, locale: str = "ru") -> dict[Action, Offer]:
    with room.place.database.read() as session:
        found = offers(session, room.text(session, locale), room.actor(session, name, locale))
    return {offer.action: offer for offer in found}


@pytest.mark.parametrize("steps", [(), (Action.SUBMIT,), (Action.SUBMIT, Action.APPROVE)])
def test_what_is_offered_is_taken_and_what_is_not_is_refused(room: Room, steps: tuple[Action, ...]) -> None:
    room.place.item(en=EN, ru=RU)
    room.place.sync()
    room.save("rustam", "ru", RU.replace("Центр", "Наш центр"))
    room.do("carim", "ru", *steps)
    for name, action in product(STAFF, Action):
        offer = offered(room, name).get(action)
        if action in BY_SAVING:
            continue
        with Session(room.place.database.engine) as session:  # rolled back, whatever was taken
            text = room.text(session, "ru")
            try:
                transitions.take(
                    session, text, action, room.actor(session, name, "ru"), revision=text.head,
                    comment="a note" if offer and offer.note else "", due=DUE if offer and offer.time else None,
                )  # fmt: skip
                taken = True
            except Refusal:
                taken = False
        assert taken == (offer is not None and not offer.against), (name, action, offer)


def test_what_stands_against_a_press_is_said_by_its_guards(room: Room) -> None:
    room.place.item(en=EN.replace("published", "draft"), ru=HOLE)
    room.place.sync()
    submit = offered(room, "rustam")[Action.SUBMIT]
    assert (submit.against, submit.reasons[0].startswith("not translated yet")) == ((Guard.COMPLETE,), True)
    assert offered(room, "carim")[Action.WITHDRAW].against == (Guard.SHOWN,)
    assert Action.APPROVE not in offered(room, "carim"), "the table has no such row"
    assert offered(room, "adil") == offered(room, "aigul") == {}


def test_who_wrote_it_is_offered_no_approval_but_a_coordinator_with_a_note(room: Room) -> None:
    room.place.item(en=EN, ru=RU)
    room.place.sync()
    room.save("rustam", "ru", RU.replace("Центр", "Наш центр"))
    room.do("rustam", "ru", Action.SUBMIT)
    assert offered(room, "rustam")[Action.APPROVE].against == (Guard.FOUR_EYES,)
    assert not offered(room, "carim")[Action.APPROVE].note
    room.save("carim", "ru", RU.replace("Центр", "Тот центр"))
    room.do("carim", "ru", Action.SUBMIT)
    approve = offered(room, "carim")[Action.APPROVE]
    assert (approve.against, approve.note) == ((), True)
    with room.place.database.read() as session:
        assert room.text(session, "ru").status is Status.IN_REVIEW
