"""One press mends what readers see; the draft follows and does not go out with it."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import BadText, Forbidden, NotAllowed
from app.services.corrections import correct
from app.storage.texts import DbRevision
from tests.services.rooms import Room
from tests.trees import article

EN = article("Opening", "The centre openz.", "All are invited.", slug="opening")
MENDED = EN.replace("openz", "opens")


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()


def press(room: Room, text: str, name: str = "carim", *, number: int = 1) -> int:
    with room.place.database.write() as session:
        translation = room.text(session, "en")
        wanted = select(DbRevision).where(DbRevision.translation_id == translation.id, DbRevision.number == number)
        live = session.scalars(wanted).one()
        saved = correct(session, translation, text, room.actor(session, name, "en"), live=live, minor=True)
        return saved.suggestions


def count(room: Room) -> int:
    with room.place.database.read() as session:
        return session.scalar(select(func.count()).select_from(DbRevision)) or 0


def test_where_no_draft_stands_by_the_mended_text_is_live_and_approved(room: Room) -> None:
    assert press(room, MENDED) == 0
    assert room.place.stand("en") == ("approved", MENDED, MENDED)


def test_a_draft_gets_the_mended_words_and_stays_a_draft_that_nobody_sees(room: Room) -> None:
    room.save("aigul", "en", EN.replace("All are invited.", "You are invited."))
    press(room, MENDED)
    assert room.place.stand("en") == ("draft", MENDED.replace("All are", "You are"), MENDED)


def test_a_segment_that_the_draft_words_otherwise_is_a_suggestion_beside_it(room: Room) -> None:
    draft = EN.replace("openz.", "openz in May.")
    room.save("aigul", "en", draft)
    assert press(room, MENDED) == 1
    assert room.place.stand("en") == ("draft", draft, MENDED)


def test_what_is_refused_leaves_nothing_behind(room: Room) -> None:
    before = count(room)
    with pytest.raises(NotAllowed, match="nothing was changed"):
        press(room, EN)
    with pytest.raises(BadText):
        press(room, MENDED.replace("slug: opening", "slug: Not A Slug"))
    with pytest.raises(NotAllowed, match="not translated yet"):
        press(room, EN.replace("All are invited.", "<!-- untranslated -->"))
    for name in ("aigul", "elena", "adil"):
        with pytest.raises(Forbidden):
            press(room, MENDED, name)
    assert (count(room), room.place.stand("en")) == (before, ("approved", EN, EN))


def test_who_mends_a_text_that_is_live_no_more_is_told(room: Room) -> None:
    press(room, MENDED)
    with pytest.raises(NotAllowed, match="revision 1 is not what readers see any more"):
        press(room, EN.replace("openz", "opened"))
