"""What is divided, joined or moved at the desk keeps what it was made from, and who comes later loses nothing by it."""

import pytest
from sqlalchemy import select

from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed
from app.domain.rearranging import Deed
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.services import rearranging, sheets, working_copies
from app.services.rearranging import Asked
from app.services.sheets import Bases
from app.services.working_copies import Words
from app.storage.memory import DbMemoryUnit
from tests.services.rearranged import KY, begin, change, do, fill, row, sheet, stale, take_back, text, told
from tests.services.rooms import Room
from tests.trees import ITEM


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    begin(room)


def test_both_parts_of_what_was_divided_follow_the_source_and_can_be_one_again(room: Room) -> None:
    before = told(room)
    number = do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    assert text(room).startswith("Борбор ачылды.\n\nБаары чакырылат.\n\n- бир")
    assert stale(room) == []
    assert not any(one.unsure for one in sheet(room).rows)
    assert take_back(room, number) == row(room, "Борбор").key
    assert told(room) == before
    do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    do(room, Deed.JOIN, "Борбор")
    assert told(room) == before
    do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    change(room, "opens.", "opens on Monday.")
    assert stale(room) == ["Борбор ачылды.", "Баары чакырылат."]


def test_what_was_joined_stands_beside_both_sources_and_follows_each_of_them(room: Room) -> None:
    before = told(room)
    number = do(room, Deed.JOIN, "Жаан")
    assert [one.text for one in row(room, "Жаан").sources] == ["It rains.", "It shines."]
    assert (row(room, "Жаан").text, stale(room)) == ("Жаан жаап турат. Күн ачык.", [])
    assert take_back(room, number) == row(room, "Жаан").key
    assert told(room) == before
    do(room, Deed.JOIN, "Жаан")
    change(room, "It shines.", "It shines again.")
    assert stale(room) == ["Жаан жаап турат. Күн ачык."]


def test_the_parts_of_what_was_divided_are_remembered_as_no_translation_of_the_whole(room: Room) -> None:
    do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    do(room, Deed.JOIN, "Жаан")
    room.do("rustam", "ky", Action.SUBMIT, Action.APPROVE)
    with room.place.database.read() as session:
        known = set(session.scalars(select(DbMemoryUnit.target_text)))
    assert "Жаан жаап турат. Күн ачык." in known
    assert not known & {"Борбор ачылды.", "Баары чакырылат."}


def test_what_was_moved_is_beside_its_source_and_what_cannot_be_moved_is_told(room: Room) -> None:
    do(room, Deed.DOWN, "Жаан")
    assert text(room).endswith("Күн ачык.\n\nЖаан жаап турат.")
    assert [one.text for one in row(room, "Жаан").sources] == ["It rains."]
    do(room, Deed.UP, "- эки")
    assert "- эки\n- бир\n" in text(room)
    change(room, "It rains.", "It pours.")
    assert stale(room) == ["Жаан жаап турат."]
    with pytest.raises(NotAllowed, match="list"):
        do(room, Deed.DOWN, "Борбор")
    with pytest.raises(NotAllowed, match="direction"):
        do(room, Deed.UP, "Борбор")


def test_a_file_that_is_edited_afterwards_keeps_what_was_done(room: Room) -> None:
    do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    do(room, Deed.JOIN, "Жаан")
    do(room, Deed.UP, "- эки")
    was = [(one.key, one.sources) for one in sheet(room).rows]
    room.save("kanat", "ky", (room.place.stand("ky")[1] or "").replace("Баары", "Бардыгы").replace("Күн", "Асман"))
    assert [(one.key, one.sources) for one in sheet(room).rows] == was
    assert not any(one.unsure for one in sheet(room).rows)


def test_who_typed_in_it_meanwhile_keeps_every_word(room: Room) -> None:
    shown = sheet(room)
    do(room, Deed.JOIN, "Жаан")
    do(room, Deed.DIVIDE, "Борбор", "Борбор ачылды. ")
    do(room, Deed.DOWN, "- бир")
    typed = {one.key: Typed(forms=(f"{one.text} Мындан тышкары.",)) for one in shown.rows if one.kind != "slug"}
    with room.place.database.write() as session:
        actor = room.actor(session, "rustam", "ky")
        saved = sheets.save(session, ITEM, KY, actor, bases=shown.bases, typed=typed)
    kept = [*(one.text for one in sheet(room).rows), *room.place.suggestions()]
    assert saved.suggestions == 3
    for words in typed.values():
        assert words.forms[0] in kept


def test_what_somebody_typed_before_goes_into_the_text_with_it(room: Room) -> None:
    one, bases = row(room, "Күн"), sheet(room).bases
    words = Words(key=one.key, typed=Typed(forms=("Күн ачык бүгүн.",)), bases=bases, serial=1)
    with room.place.database.write() as session:
        working_copies.keep(session, ITEM, KY, room.actor(session, "kanat", "ky"), words=[words], tab="one")
    do(room, Deed.JOIN, "Жаан", bases=bases)
    assert text(room).endswith("\n\nЖаан жаап турат. Күн ачык бүгүн.")


def test_what_means_something_else_by_now_is_refused_and_what_was_typed_still_waits(room: Room) -> None:
    bases = sheet(room).bases
    do(room, Deed.DOWN, "Жаан", by="rustam")
    words = Words(key=Key("title"), typed=Typed(forms=("Ачылыш!",)), bases=bases, serial=1)
    with room.place.database.write() as session:
        working_copies.keep(session, ITEM, KY, room.actor(session, "kanat", "ky"), words=[words], tab="one")
    with pytest.raises(NotAllowed, match="meanwhile"):
        do(room, Deed.UP, "Жаан", bases=bases)
    with room.place.database.read() as session:
        assert working_copies.copies(session, ITEM, KY, "kanat")
        assert sheets.sheet(session, ITEM, KY).rows[0].text == "Ачылыш"


def test_what_was_changed_since_is_not_taken_back_and_the_rest_stays(room: Room) -> None:
    number = do(room, Deed.JOIN, "Жаан")
    fill(room, "Ачылыш", "Ачылыш!")
    take_back(room, number)
    assert text(room).endswith("Жаан жаап турат.\n\nКүн ачык.")
    assert sheet(room).rows[0].text == "Ачылыш!"
    number = do(room, Deed.JOIN, "Жаан")
    fill(room, "Жаан", "Жамгыр.")
    with pytest.raises(NotAllowed, match="since"):
        take_back(room, number)


def test_an_empty_line_that_is_typed_divides_a_paragraph_as_the_key_does(room: Room) -> None:
    change(room, "opens.", "opens on Monday.")
    fill(room, "Борбор", "Борбор ачылды.\n\nБаары чакырылат.")
    assert stale(room) == ["Борбор ачылды.", "Баары чакырылат."]
    assert not any(one.unsure for one in sheet(room).rows)


def test_messages_and_source_texts_are_not_rearranged(room: Room) -> None:
    room.place.write("translations/site.pot", 'msgid ""\nmsgstr ""\n\nmsgid "News"\nmsgstr ""\n')
    room.place.sync()
    asked = Asked(deed=Deed.UP, key=Key("title"), bases=Bases())
    with room.place.database.write() as session:
        for name, locale in ((ITEM, "en"), (DocumentName.parse("catalogue/site"), "ky")):
            with pytest.raises(NotAllowed, match="only blocks"):
                rearranging.rearrange(session, name, Tag(locale), room.actor(session, "aigul", locale), asked)
