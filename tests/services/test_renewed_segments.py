"""Who translates a segment anew, or says that it is right as it stands, says so of that segment, and it is kept."""

from dataclasses import replace

import pytest

from app.domain.segments import BasedOn, Origin, SegmentMap, State, Tag
from app.domain.side_by_side import Row, Typed
from app.domain.translations import Action
from app.services import sheets
from app.services.lags import lags_of
from app.services.revisions import Saved
from app.services.sheets import Bases, Sheet
from app.storage.texts import DbRevision
from tests.services.rooms import Room
from tests.trees import EDITOR, FOLDER, ITEM, article

EN = article("Opening", "The centre opens.", "It opens at nine.", "All are invited.", slug="opening")
NEWER = EN.replace("opens.", "opens on Monday.").replace("at nine", "at ten")
KY = article(
    "Ачылыш", "Борбор ачылды.", "Ал тогузда ачылат.", "Баары чакырылат.", slug="achylysh", status="draft",
    based_on="en@{digest}",
)  # fmt: skip
FILE = f"content/{FOLDER}/ky.md"


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    room.place.write(FILE, KY.format(digest=room.place.digest("en")[:8]))
    room.place.sync()
    assert room.place.problems() == []


def shown(room: Room, locale: str = "ky", bases: Bases | None = None) -> Sheet:
    with room.place.database.read() as session:
        return sheets.sheet(session, ITEM, Tag(locale), bases or Bases())


def row(sheet: Sheet, begins: str) -> Row:
    return next(one for one in sheet.rows if one.text.startswith(begins))


def say(
    room: Room, sheet: Sheet, typed: dict[str, Typed], *, by: str = "kanat", locale: str = "ky", checked: bool = False
) -> Saved:
    """Save what is said of rows whose words begin so; empty forms leave their words as they are."""
    rows = {begins: row(sheet, begins) for begins in typed}
    words = {rows[begins].key: replace(one, forms=one.forms or (rows[begins].text,)) for begins, one in typed.items()}
    with room.place.database.write() as session:
        actor = room.actor(session, by, locale)
        return sheets.save(
            session, ITEM, Tag(locale), actor, bases=sheet.bases, typed=words, checked=checked
        )  # fmt: skip


def map_of(room: Room, locale: str = "ky") -> SegmentMap:
    with room.place.database.read() as session:
        return session.get_one(DbRevision, room.text(session, locale).head_id).segment_map


def head_of(room: Room, locale: str = "en") -> BasedOn:
    with room.place.database.read() as session:
        head = session.get_one(DbRevision, room.text(session, locale).head_id)
        return BasedOn(locale=Tag(locale), digest=head.digest)


def numbers(room: Room, locale: str = "ky") -> tuple[int, str]:
    with room.place.database.read() as session:
        text = room.text(session, locale)
        return session.get_one(DbRevision, text.head_id).number, str(text.status)


def stale(room: Room) -> list[str]:
    return [one.text for one in shown(room).rows if one.stale]


def behind(room: Room) -> bool:
    with room.place.database.read() as session:
        return lags_of(session, room.document(session))[Tag("ky")] is not None


def newer(room: Room, text: str = NEWER) -> None:
    room.save("aigul", "en", text)
    room.do("aigul", "en", Action.SUBMIT)


RIGHT = Typed(forms=(), current=True)
FIRST, SECOND = "Борбор ачылды.", "Ал тогузда ачылат."


def test_one_press_says_of_one_segment_that_it_is_still_right_and_of_no_other(room: Room) -> None:
    old = map_of(room).based_on
    newer(room)
    assert stale(room) == [FIRST, SECOND]
    say(room, shown(room), {FIRST: RIGHT})
    assert stale(room) == [SECOND]
    assert map_of(room).based_on == old, "a text is not called newer than all of it is"
    say(room, shown(room), {SECOND: Typed(forms=("Ал онда ачылат.",))})
    assert (stale(room), behind(room)) == ([], False)
    assert map_of(room).based_on == head_of(room)
    assert f"based-on: {head_of(room)}" in (room.place.stand("ky")[1] or "")


def test_a_text_is_based_on_the_newest_revision_of_which_every_segment_is_current(room: Room) -> None:
    newer(room, EN.replace("opens.", "opens on Monday."))
    between = head_of(room)
    newer(room)
    say(room, shown(room), {FIRST: RIGHT})
    assert (map_of(room).based_on, stale(room)) == (between, [SECOND])


def test_what_two_say_of_different_segments_at_once_is_all_kept_and_the_whole_follows(room: Room) -> None:
    newer(room)
    both = shown(room)
    say(room, both, {FIRST: RIGHT})
    say(room, both, {SECOND: RIGHT}, by="rustam")
    assert (stale(room), behind(room)) == ([], False)
    assert map_of(room).based_on == head_of(room)


def test_what_is_said_outlives_anothers_words_elsewhere_in_the_text(room: Room) -> None:
    newer(room)
    both = shown(room)
    say(room, both, {"Баары": Typed(forms=("Бардыгы чакырылат.",))}, by="rustam")
    say(room, both, {FIRST: RIGHT, SECOND: Typed(forms=("Ал онда ачылат.",), unsure=True)})
    assert stale(room) == []
    sheet = shown(room)
    assert [row(sheet, begins).unsure for begins in ("Борбор", "Ал онда", "Бардыгы")] == [False, True, False]


def test_a_file_that_comes_back_takes_nothing_away_of_what_was_said_of_its_segments(room: Room) -> None:
    newer(room)
    say(room, shown(room), {FIRST: RIGHT, "Баары": Typed(forms=(), unsure=True)})
    room.place.sync()
    kept = map_of(room)
    written = room.place.read(FILE)
    room.place.write(FILE, written + "\n")
    room.place.sync()
    assert map_of(room) == kept
    room.place.write(FILE, written.replace("Ачылыш", "Ачылышы"))
    room.place.sync()
    assert (map_of(room).rows[2:], map_of(room).based_on) == (kept.rows[2:], kept.based_on)
    assert stale(room) == [SECOND]


def test_a_sheet_that_is_saved_with_nothing_changed_changes_nothing(room: Room) -> None:
    before = numbers(room), map_of(room)
    sheet = shown(room)
    say(room, sheet, {one.text: Typed(forms=()) for one in sheet.rows})
    assert (numbers(room), map_of(room)) == before


def test_what_is_said_of_segments_alone_leaves_a_text_approved_and_a_doubt_does_not(room: Room) -> None:
    room.do("rustam", "ky", Action.SUBMIT, Action.APPROVE)
    newer(room)
    say(room, shown(room), {FIRST: RIGHT})
    assert numbers(room)[1] == "approved"
    say(room, shown(room), {FIRST: Typed(forms=(), unsure=True)})
    assert numbers(room)[1] == "draft"


def test_a_paragraph_that_the_source_has_no_more_may_stay_as_it_stands(room: Room) -> None:
    newer(room, EN.replace("\n\nAll are invited.", ""))
    assert row(shown(room), "Баары").gone
    say(room, shown(room), {"Баары": RIGHT})
    assert not row(shown(room), "Баары").gone
    assert not behind(room)


def test_two_paragraphs_that_are_typed_into_one_place_both_render_what_stands_beside_it(room: Room) -> None:
    key = row(shown(room), FIRST).key
    say(room, shown(room), {FIRST: Typed(forms=("Борбор ачылды.\n\nБул биринчи борбор.",))})
    rows = {one.text: one for one in shown(room).rows}
    assert rows["Борбор ачылды."].key == key
    assert rows["Борбор ачылды."].sources == rows["Бул биринчи борбор."].sources != ()
    assert not rows["Бул биринчи борбор."].unsure


MACHINE = Typed(forms=("Ал онда ачылат.",), origin=Origin.MACHINE)


def test_words_of_a_machine_are_told_for_such_until_a_person_confirms_them_whatever_comes_from_files(
    room: Room,
) -> None:
    newer(room)
    say(room, shown(room), {SECOND: MACHINE, FIRST: Typed(forms=("Борбор дүйшөмбүдө ачылды.",))})
    room.place.sync()
    assert "origin: machine" in room.place.read(FILE)
    assert [one.origin for one in map_of(room).rows].count(Origin.MACHINE) == 1
    room.place.write(FILE, room.place.read(FILE).replace("Баары", "Бардыгы"))
    room.place.sync()
    assert row(shown(room), "Борбор").origin is Origin.HUMAN, "the file says of itself what it said"
    held = room.place.read(FILE)
    say(room, shown(room), {"Ал онда": RIGHT, "Бардыгы": RIGHT})
    assert map_of(room).origin is Origin.HUMAN
    room.place.write(FILE, held.replace("Ачылыш", "Ачылышы"))
    room.place.sync()
    assert row(shown(room), "Ал онда").origin is Origin.HUMAN, "an editor that had the file open did not know of it"


def test_words_of_a_person_are_not_called_a_machines_by_leaving_them_as_they_are(room: Room) -> None:
    say(room, shown(room), {FIRST: replace(MACHINE, forms=())})
    assert map_of(room).origin is Origin.HUMAN


def test_that_somebody_has_read_all_of_it_is_said_of_each_segment(room: Room) -> None:
    say(room, shown(room), {FIRST: replace(MACHINE, forms=("Борбор иштейт.",)), SECOND: MACHINE})
    assert shown(room).origin is Origin.MACHINE
    say(room, shown(room), {}, checked=True)
    assert {one.origin for one in map_of(room).rows} == {Origin.HUMAN}
    assert "origin: machine" not in (room.place.stand("ky")[1] or "")


def test_a_slip_that_is_mended_for_readers_leaves_the_text_as_old_as_it_was(room: Room) -> None:
    room.do("rustam", "ky", Action.SUBMIT, Action.APPROVE)
    room.do("carim", "ky", Action.PUBLISH)
    newer(room)
    with room.place.database.write() as session:
        live = sheets.sheet(session, ITEM, Tag("ky"), live=True)
        typed = {row(live, FIRST).key: Typed(forms=("Борбор ачылат.",))}
        sheets.correct(session, ITEM, Tag("ky"), EDITOR, bases=live.bases, typed=typed, minor=True, comment="")
    assert stale(room) == ["Борбор ачылат.", SECOND]


def test_a_doubt_about_a_paragraph_is_kept_and_taken_back(room: Room) -> None:
    say(room, shown(room), {FIRST: Typed(forms=(), unsure=True)})
    assert row(shown(room), FIRST).unsure
    assert {one.state for one in map_of(room).rows} == {State.DONE, State.NEEDS_WORK}
    say(room, shown(room), {FIRST: Typed(forms=())})
    assert not row(shown(room), FIRST).unsure
