"""What is divided, joined or moved at the desk keeps what it was made from, and who comes later loses nothing by it."""

import random

import pytest
from sqlalchemy import select

from app.domain.checks.pair import Check
from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed, NotFound
from app.domain.rearranging import Deed
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Row, Typed
from app.domain.translations import Action
from app.queries.talk import remarks
from app.services import checks, comments, rearranging, sheets, working_copies
from app.services.rearranging import Asked
from app.services.sheets import Bases, Sheet
from app.services.working_copies import Words
from app.storage.memory import DbMemoryUnit
from tests.services.rooms import Room
from tests.trees import ITEM, article

KY = Tag("ky")
EN = article("Opening", "The centre opens. All are invited.", "- one\n- two", "It rains.", "It shines.", slug="opening")
KY_TEXT = article("Ачылыш", "Борбор ачылды. Баары чакырылат.", "- бир\n- эки", "Жаан жаап турат.", "Күн ачык.")


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ky=KY_TEXT)
    room.place.sync()
    assert room.place.problems() == []


def sheet(room: Room) -> Sheet:
    with room.place.database.read() as session:
        return sheets.sheet(session, ITEM, KY)


def row(room: Room, start: str) -> Row:
    return next(one for one in sheet(room).rows if one.text.startswith(start))


def do(room: Room, deed: Deed, start: str, before: str = "", *, bases: Bases | None = None, by: str = "kanat") -> int:
    one = row(room, start)
    asked = Asked(deed=deed, key=one.key, bases=bases or sheet(room).bases, words=one.text, before=before)
    with room.place.database.write() as session:
        return rearranging.rearrange(session, ITEM, KY, room.actor(session, by, "ky"), asked)[1]


def take_back(room: Room, number: int) -> Key:
    with room.place.database.write() as session:
        return rearranging.take_back(session, ITEM, KY, room.actor(session, "kanat", "ky"), number)


def text(room: Room) -> str:
    return (room.place.stand("ky")[1] or "").partition("\n---\n")[2].strip()


def told(room: Room) -> list[tuple[Key, tuple[str, ...], str, bool, bool]]:
    return [
        (one.key, tuple(each.text for each in one.sources), one.text, one.stale, one.unsure) for one in sheet(room).rows
    ]


def change(room: Room, old: str, new: str) -> None:
    room.save("aigul", "en", EN.replace(old, new))
    room.do("aigul", "en", Action.SUBMIT)


def stale(room: Room) -> list[str]:
    return [one.text for one in sheet(room).rows if one.stale]


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


def fill(room: Room, start: str, words: str) -> None:
    one, bases = row(room, start), sheet(room).bases
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        sheets.save(session, ITEM, KY, actor, bases=bases, typed={one.key: Typed(forms=(words,))})


def test_talk_of_both_goes_on_at_what_was_joined(room: Room) -> None:
    for start in ("Жаан", "Күн"):
        with room.place.database.write() as session:
            actor, one = room.actor(session, "kanat", "ky"), row(room, start)
            comments.add(session, room.text(session, "ky"), f"About {start}", actor, key=one.key)
    do(room, Deed.JOIN, "Жаан")
    with room.place.database.read() as session:
        said = remarks(session, [room.text(session, "ky")], {row(room, "Жаан").key})
    assert [one.text for one in said] == ["About Жаан", "About Күн"]


def say(room: Room, key: Key, words: str) -> None:
    with room.place.database.write() as session:
        comments.add(session, room.text(session, "ky"), words, room.actor(session, "kanat", "ky"), key=key)


def talk(room: Room) -> dict[str, str]:
    """What was said, and the words of the segment that it stands at now; NO_ROW where it stands at none."""
    words = {one.key: one.text for one in sheet(room).rows}
    with room.place.database.read() as session:
        said = remarks(session, [room.text(session, "ky")])
    return {one.text: words.get(one.key, NO_ROW) for one in said}


NO_ROW = "(no segment)"


def test_talk_and_dismissals_go_back_to_the_paragraph_that_they_were_made_on_when_it_is_apart_again(room: Room) -> None:
    for start in ("Борбор", "Жаан", "Күн"):
        say(room, row(room, start).key, start)
    apart, later = talk(room), row(room, "Күн").key
    with room.place.database.write() as session:
        text, actor = room.text(session, "ky"), room.actor(session, "kanat", "ky")
        checks.dismiss(session, text, actor, key=later, check=Check.STOP, subject="a digest", reason="it is right")
    number = do(room, Deed.JOIN, "Жаан")
    say(room, row(room, "Жаан").key, "both")
    whole = "Жаан жаап турат. Күн ачык."
    assert talk(room) == apart | dict.fromkeys(("Жаан", "Күн", "both"), whole)
    take_back(room, number)
    assert talk(room) == apart | {"both": "Жаан жаап турат."}
    with room.place.database.read() as session:
        assert [key for key, _ in checks.dismissals(session, room.text(session, "ky"))] == [later]


def test_of_three_that_were_joined_one_after_the_other_each_has_its_talk_back_in_turn(room: Room) -> None:
    do(room, Deed.DIVIDE, "Жаан", "Жаан ")
    for start in ("Жаан", "жаап", "Күн"):
        say(room, row(room, start).key, start)
    apart = talk(room)
    last_two = do(room, Deed.JOIN, "жаап")
    all_three = do(room, Deed.JOIN, "Жаан")
    assert talk(room) == dict.fromkeys(apart, "Жаан жаап турат. Күн ачык.")
    take_back(room, all_three)
    assert talk(room) == {"Жаан": "Жаан", "жаап": "жаап турат. Күн ачык.", "Күн": "жаап турат. Күн ачык."}
    take_back(room, last_two)
    assert talk(room) == apart


def test_talk_of_a_paragraph_that_nobody_had_translated_goes_on_at_what_it_was_joined_to(room: Room) -> None:
    room.save("aigul", "en", EN.replace("It rains.", "Before.\n\nIt rains.\n\nBehind."))
    room.do("aigul", "en", Action.SUBMIT)
    open_rows = [one.key for one in sheet(room).rows if one.target is None and one.kind == "paragraph"]
    for key, words in zip(open_rows, ("Before", "Behind"), strict=True):
        say(room, key, words)
    numbers = [do(room, Deed.JOIN, "Жаан")]
    with room.place.database.write() as session:
        asked = Asked(deed=Deed.JOIN, key=open_rows[0], bases=sheet(room).bases)
        numbers += [rearranging.rearrange(session, ITEM, KY, room.actor(session, "kanat", "ky"), asked)[1]]
    assert talk(room) == dict.fromkeys(("Before", "Behind"), "Жаан жаап турат.")
    for number in reversed(numbers):
        take_back(room, number)
    assert talk(room) == dict.fromkeys(("Before", "Behind"), "")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_split_joined_moved_and_taken_back_no_word_of_talk_is_lost_from_sight(
    room: Room, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    undo, said = list[int](), dict[str, Key]()
    for step in range(25):
        rows = sheet(room).rows
        one = chance.choice(rows)
        if chance.random() < 0.4:
            said[f"Comment {step}"] = one.key
            say(room, one.key, f"Comment {step}")
        deed, words = chance.choice([*Deed, None]), one.text.split(" ")
        try:
            if deed is None:
                take_back(room, undo.pop() if undo else 0)
            else:
                cut = " ".join(words[: chance.randrange(len(words) + 1)])
                asked = Asked(deed=deed, key=one.key, bases=sheet(room).bases, words=one.text, before=cut)
                with room.place.database.write() as session:
                    actor = room.actor(session, "kanat", "ky")
                    undo += [rearranging.rearrange(session, ITEM, KY, actor, asked)[1]]
        except (NotAllowed, NotFound):
            continue
        found = talk(room)
        assert found.keys() == said.keys()
        assert NO_ROW not in found.values()
        with room.place.database.read() as session:
            now = {one.text: one.key for one in remarks(session, [room.text(session, "ky")])}
        there = {one.key for one in sheet(room).rows}
        assert all(now[words] == key for words, key in said.items() if key in there)
    assert said


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
