"""Comments and dismissals stay with the paragraphs that they were made on, and no talk is lost from sight."""

import random

import pytest

from app.domain.checks.pair import Check
from app.domain.errors import NotAllowed, NotFound
from app.domain.rearranging import Deed
from app.domain.segments import Key
from app.domain.translations import Action
from app.queries.talk import remarks
from app.services import checks, comments, rearranging
from app.services.rearranging import Asked
from tests.services.rearranged import EN, KY, NO_ROW, begin, do, row, sheet, take_back
from tests.services.rooms import Room
from tests.trees import ITEM


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    begin(room)


def say(room: Room, key: Key, words: str) -> None:
    with room.place.database.write() as session:
        comments.add(session, room.text(session, "ky"), words, room.actor(session, "kanat", "ky"), key=key)


def talk(room: Room) -> dict[str, str]:
    """What was said, and the words of the segment that it stands at now; NO_ROW where it stands at none."""
    words = {one.key: one.text for one in sheet(room).rows}
    with room.place.database.read() as session:
        said = remarks(session, [room.text(session, "ky")])
    return {one.text: words.get(one.key, NO_ROW) for one in said}


def test_talk_of_both_goes_on_at_what_was_joined(room: Room) -> None:
    for start in ("Жаан", "Күн"):
        with room.place.database.write() as session:
            actor, one = room.actor(session, "kanat", "ky"), row(room, start)
            comments.add(session, room.text(session, "ky"), f"About {start}", actor, key=one.key)
    do(room, Deed.JOIN, "Жаан")
    with room.place.database.read() as session:
        said = remarks(session, [room.text(session, "ky")], {row(room, "Жаан").key})
    assert [one.text for one in said] == ["About Жаан", "About Күн"]


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
