"""A link shows a draft until it expires or is revoked, and its token stands nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Forbidden, NotAllowed, NotFound
from app.domain.translations import Role
from app.services import previews
from app.storage.accounts import DbAccount, DbGrant
from app.storage.journal import DbEvent
from app.storage.previews import DbPreview
from tests.services.rooms import Room
from tests.trees import article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()


def give_out(room: Room, name: str = "aigul", lasts: timedelta = WEEK) -> tuple[int, str]:
    with room.place.database.write() as session:
        actor = room.actor(session, name, "en")
        preview, token = previews.give_out(session, room.text(session, "en"), actor, lasts=lasts, now=NOW)
        return preview.id, token


def test_a_link_shows_its_text_until_it_expires(room: Room) -> None:
    _, token = give_out(room)
    with room.place.database.read() as session:
        assert previews.open_with(session, token, now=NOW + timedelta(days=6)).locale == "en"
        for wrong, now in ((token, NOW + WEEK), (token[:-1], NOW), ("", NOW)):
            with pytest.raises(NotFound):
                previews.open_with(session, wrong, now=now)
        kept = [str(value) for row in session.scalars(select(DbPreview)) for value in vars(row).values()]
        kept += [event.details for event in session.scalars(select(DbEvent))]
    assert not any(token in value for value in kept)


def test_a_link_that_was_revoked_shows_nothing_and_the_others_go_on(room: Room) -> None:
    number, token = give_out(room)
    _, other = give_out(room)
    with room.place.database.write() as session:
        for _ in range(2):
            previews.revoke(session, room.text(session, "en"), number, room.actor(session, "carim", "en"))
    with room.place.database.read() as session:
        with pytest.raises(NotFound):
            previews.open_with(session, token, now=NOW)
        assert previews.open_with(session, other, now=NOW).locale == "en"
        assert session.scalars(select(DbEvent.action).where(DbEvent.action == "revoke-preview")).all() == [
            "revoke-preview"
        ]


@pytest.mark.parametrize("lost", ["account", "roles"])
def test_a_link_shows_nothing_once_who_gave_it_could_give_none(room: Room, lost: str) -> None:
    _, token = give_out(room)
    _, other = give_out(room, "carim")
    with room.place.database.write() as session:
        giver = session.scalars(select(DbAccount).where(DbAccount.name == "aigul")).one()
        giver.active = lost != "account"
        if lost == "roles":
            giver.grants = [DbGrant(role=Role.TRANSLATOR, locale="ky")]
    with room.place.database.read() as session:
        with pytest.raises(NotFound):
            previews.open_with(session, token, now=NOW)
        assert previews.open_with(session, other, now=NOW).locale == "en"


def test_a_link_is_for_a_text_that_there_is_for_weeks_at_most_and_by_who_may(room: Room) -> None:
    with pytest.raises(Forbidden):
        give_out(room, "adil")
    for lasts in (timedelta(), timedelta(days=61)):
        with pytest.raises(NotAllowed):
            give_out(room, lasts=lasts)
    with room.place.database.write() as session, pytest.raises(NotFound):
        previews.revoke(session, room.text(session, "en"), 7, room.actor(session, "carim", "en"))
