"""What is typed and kept beside a text becomes part of it, and no word that was kept is ever lost."""

from sqlalchemy import event

from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.services import folds, sheets, working_copies
from app.services.revisions import Saved
from app.services.sheets import Bases
from app.services.working_copies import Words
from tests.services.rooms import Room
from tests.trees import ITEM, article

KY = Tag("ky")


def begin(room: Room) -> Bases:
    room.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    room.place.sync()
    with room.place.database.read() as session:
        return sheets.sheet(session, ITEM, KY).bases


def keep(room: Room, by: str, bases: Bases, text: str, serial: int, *, tab: str = "one", seen: tuple[int, ...] = ()) -> None:
    word = Words(key=Key("title"), typed=Typed(forms=(text,)), bases=bases, serial=serial, seen=seen)
    with room.place.database.write() as session:
        assert working_copies.keep(session, ITEM, KY, room.actor(session, by, "ky"), words=[word], tab=tab) == (serial,)


def fold(room: Room, by: str) -> Saved | None:
    with room.place.database.write() as session:
        return folds.fold(session, ITEM, KY, room.actor(session, by, "ky"))


def waiting(room: Room, by: str) -> list[str]:
    with room.place.database.read() as session:
        return [one.typed.forms[0] for one in working_copies.copies(session, ITEM, KY, by).values()]


def test_words_wait_beside_the_text_until_they_are_folded_into_it(room: Room) -> None:
    keep(room, "kanat", begin(room), "Ачылыш", 1)
    assert waiting(room, "kanat") == ["Ачылыш"]
    assert fold(room, "kanat") is not None
    assert waiting(room, "kanat") == []
    assert "title: Ачылыш" in (room.place.stand("ky")[1] or "")
    assert fold(room, "kanat") is None


def test_words_that_come_late_never_replace_later_ones_not_even_once_those_are_folded(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Ачылыш", 2)
    keep(room, "kanat", bases, "Ач", 1)
    assert waiting(room, "kanat") == ["Ачылыш"]
    fold(room, "kanat")
    keep(room, "kanat", bases, "Ач", 1)
    assert waiting(room, "kanat") == []


def test_who_types_on_after_a_fold_meets_nobody_in_their_own_words(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Ачылыш", 1)
    fold(room, "kanat")
    keep(room, "kanat", bases, "Ачылыш бүгүн", 2)
    saved = fold(room, "kanat")
    assert saved is not None
    assert saved.suggestions == 0
    assert "title: Ачылыш бүгүн" in (room.place.stand("ky")[1] or "")


def test_two_windows_of_one_person_lose_nothing_of_each_other(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Биринчи", 1, tab="one")
    keep(room, "kanat", bases, "Экинчи", 2, tab="two")
    fold(room, "kanat")
    assert "title: Экинчи" in (room.place.stand("ky")[1] or "")
    assert room.place.suggestions() == ["Биринчи"]


def test_words_that_another_window_found_in_the_browser_and_sent_with_its_own_do_not_stand_against_them(
    room: Room,
) -> None:
    """The server had them, and its answer came too late for the window that was closed."""
    bases = begin(room)
    keep(room, "kanat", bases, "Биринчи", 1, tab="one")
    keep(room, "kanat", bases, "Экинчи", 2, tab="two")
    keep(room, "kanat", bases, "Экинчи\n\nБиринчи", 3, tab="three")
    saved = fold(room, "kanat")
    assert saved is not None
    assert saved.suggestions == 0
    assert "Экинчи Биринчи" in (room.place.stand("ky")[1] or "").replace("\\n\\n", " ").replace("\n  ", " ")
    assert waiting(room, "kanat") == []


def test_who_types_on_in_words_that_a_closed_window_left_meets_nobody_in_their_own_words(room: Room) -> None:
    """They were folded before the next window sent them; it says which ones its own go on from."""
    bases = begin(room)
    keep(room, "kanat", bases, "Биринчи", 1, tab="one")
    fold(room, "kanat")
    keep(room, "kanat", bases, "Бир", 3, tab="two", seen=(1, 2))
    saved = fold(room, "kanat")
    assert saved is not None
    assert saved.suggestions == 0
    assert "title: Бир\n" in (room.place.stand("ky")[1] or "")


def test_two_people_in_one_segment_both_keep_their_words(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Ачылыш", 1)
    keep(room, "rustam", bases, "Ачылды", 1)
    fold(room, "kanat")
    saved = fold(room, "rustam")
    assert saved is not None
    assert (saved.suggestions, saved.met) == (1, "kanat")
    assert room.place.suggestions() == ["Ачылды"]


def test_words_of_a_segment_that_is_gone_keep_nobody_from_going_on(room: Room) -> None:
    bases = begin(room)
    word = Words(key=Key("p00000000"), typed=Typed(forms=("Эч жерде",)), bases=bases, serial=1)
    with room.place.database.write() as session:
        working_copies.keep(session, ITEM, KY, room.actor(session, "kanat", "ky"), words=[word], tab="one")
    assert fold(room, "kanat") is None
    assert waiting(room, "kanat") == ["Эч жерде"]
    keep(room, "kanat", bases, "Ачылыш", 2)
    assert fold(room, "kanat") is not None
    assert waiting(room, "kanat") == ["Эч жерде"]


def test_rows_are_held_in_one_order_whoever_writes_them_so_that_two_windows_form_no_ring(room: Room) -> None:
    bases = begin(room)
    for serial, key in enumerate(("title", "slug", "p1"), 1):
        word = Words(key=Key(key), typed=Typed(forms=("Сөз",)), bases=bases, serial=serial)
        with room.place.database.write() as session:
            working_copies.keep(session, ITEM, KY, room.actor(session, "kanat", "ky"), words=[word], tab=key[::-1])
    statements: list[str] = []
    with room.place.database.write() as session:

        def asked(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(" ".join(statement.split()))

        event.listen(session.connection(), "before_cursor_execute", asked)
        folds.fold(session, ITEM, KY, room.actor(session, "kanat", "ky"))
    ours = [one for one in statements if "working_copy" in one]
    first = next(place for place, one in enumerate(ours) if one.startswith("UPDATE"))
    held = [one for one in ours[:first] if "ORDER BY working_copy.digest, working_copy.tab" in one]
    assert len(held) == 1
    assert held[0].endswith("FOR UPDATE OF working_copy") == room.place.url.startswith("postgresql")
