"""What is typed and kept beside a text becomes part of it, and no word that was kept is ever lost."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from app.domain.errors import BadText
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.services import folds, sheets, working_copies
from app.services.revisions import Saved
from app.services.sheets import Bases
from app.services.working_copies import Words
from app.worker.folding import Folding
from tests.services.rooms import Room
from tests.trees import ITEM, article

KY = Tag("ky")


def begin(room: Room) -> Bases:
    room.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    room.place.sync()
    with room.place.database.read() as session:
        return sheets.sheet(session, ITEM, KY).bases


def keep(
    room: Room,
    by: str,
    bases: Bases,
    text: str,
    serial: int,
    *,
    tab: str = "one",
    seen: Mapping[str, int] | None = None,
) -> None:
    word = Words(key=Key("title"), typed=Typed(forms=(text,)), bases=bases, serial=serial, seen=seen or {})
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


def test_words_that_a_closed_window_left_in_the_browser_stand_for_those_that_the_server_had_of_it(room: Room) -> None:
    """And for what arrives of it later still, since what it sent last was under way when it was closed."""
    bases = begin(room)
    keep(room, "kanat", bases, "Ачылыш жана башкалар", 1, tab="closed")
    keep(room, "kanat", bases, "Ачылыш", 4, tab="next", seen={"closed": 3})
    keep(room, "kanat", bases, "Ачылыш жана", 2, tab="closed")
    assert waiting(room, "kanat") == ["Ачылыш"]
    fold(room, "kanat")
    assert "title: Ачылыш\n" in (room.place.stand("ky")[1] or "")
    assert room.place.suggestions() == []


def test_who_types_on_in_what_a_closed_window_left_meets_nobody_in_what_was_folded_of_it(room: Room) -> None:
    """The window that goes on never saw what was folded: it knows from the browser alone."""
    bases = begin(room)
    keep(room, "kanat", bases, "Ачылыш жана", 1, tab="closed")
    fold(room, "kanat")
    keep(room, "kanat", bases, "Ачы", 2, tab="next")
    keep(room, "kanat", bases, "Ачылыш", 3, tab="next", seen={"closed": 2})
    saved = fold(room, "kanat")
    assert saved is not None
    assert saved.suggestions == 0
    assert "title: Ачылыш\n" in (room.place.stand("ky")[1] or "")


def test_words_that_come_too_late_to_be_kept_take_no_others_away(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Биринчи", 5, tab="one")
    keep(room, "kanat", bases, "Экинчи", 9, tab="two")
    keep(room, "kanat", bases, "Эски", 8, tab="two", seen={"one": 5})
    fold(room, "kanat")
    assert "title: Экинчи" in (room.place.stand("ky")[1] or "")
    assert room.place.suggestions() == ["Биринчи"]


def test_a_window_that_lives_on_and_types_what_another_took_over_keeps_its_words_too(room: Room) -> None:
    bases = begin(room)
    keep(room, "kanat", bases, "Бир", 5, tab="one")
    keep(room, "kanat", bases, "Бир, эки", 9, tab="two", seen={"one": 5})
    keep(room, "kanat", bases, "Бир, үч", 10, tab="one")
    fold(room, "kanat")
    assert "title: Бир, үч" in (room.place.stand("ky")[1] or "")
    assert room.place.suggestions() == ["Бир, эки"]


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


def test_words_that_a_text_cannot_have_stay_beside_it_and_keep_no_others_out(room: Room) -> None:
    """A control character came with what was pasted."""
    bases = begin(room)
    typed = {"title": "Ачылыш", "p1": "Борбор \x01ачылат.", "slug": "achylysh"}
    with room.place.database.read() as session:
        keys = {row.kind: row.key for row in sheets.sheet(session, ITEM, KY).rows}
    words = [
        Words(key=keys.get(name, keys["paragraph"]), typed=Typed(forms=(text,)), bases=bases, serial=serial)
        for serial, (name, text) in enumerate(typed.items(), 1)
    ]
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        working_copies.keep(session, ITEM, KY, actor, words=words, tab="one")
        folded = folds.fold_each(session, ITEM, KY, actor)
    assert folded.saved is not None
    assert len(folded.refused) == 1
    assert "Борбор" in folded.refused[0].reasons[0]
    assert "title: Ачылыш" in (room.place.stand("ky")[1] or "")
    assert "slug: achylysh" in (room.place.stand("ky")[1] or "")
    assert waiting(room, "kanat") == ["Борбор \x01ачылат."]
    with pytest.raises(BadText):
        fold(room, "kanat")  # whoever hands the text in has all of it in the text first


def test_what_nobody_has_typed_on_for_ten_minutes_becomes_part_of_the_text_by_who_typed_it(room: Room) -> None:
    worker, now = Folding(room.place.database), datetime.now(UTC)
    keep(room, "kanat", begin(room), "Ачылыш", 1)
    assert worker.look(now + folds.IDLE - timedelta(minutes=2)) == 0
    assert waiting(room, "kanat") == ["Ачылыш"]
    assert worker.look(now + folds.IDLE + timedelta(minutes=1)) == 1
    assert waiting(room, "kanat") == []
    with room.place.database.read() as session:
        head = room.text(session, "ky").head
        assert head is not None
        assert (head.author, "title: Ачылыш" in head.text) == ("kanat", True)


def test_idle_words_that_the_text_cannot_have_stay_with_who_typed_them_and_are_told_once(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    worker, later = Folding(room.place.database), datetime.now(UTC) + folds.IDLE
    keep(room, "kanat", begin(room), "Ачы\x01лыш", 1)
    assert [worker.look(later + timedelta(minutes=minutes)) for minutes in (1, 3)] == [0, 0]
    assert waiting(room, "kanat") == ["Ачы\x01лыш"]
    assert len([one for one in caplog.messages if "stays beside the text" in one]) == 1


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
