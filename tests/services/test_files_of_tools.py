"""What tools for translators make of a file of ours: copies of the source, units in parts, targets taken out."""

import re

import pytest

from app.domain.segments import Tag
from app.formats.files import Form
from app.services import sheets
from app.services.outlook import Fate
from app.services.sheets import Bases
from tests.services.rooms import Room
from tests.services.test_arrivals import EN, KY, arrived, out, replaced, take
from tests.trees import ITEM

COPIED = "these are the words of the source, or nearly: the translation stays"
DIVIDED = "a tool divided it, and not all of its parts are translated: the translation stays"
LABELLED = pytest.mark.parametrize("form", [Form.PO, Form.XLIFF12, Form.XLIFF20])


def begun(room: Room, en: str = "All are invited.", ky: str = "Баары чакырылган.") -> None:
    """A text whose last paragraph reads so; without `ky`, there is no translation yet."""
    texts = {"en": EN.replace("All are invited.", en)} | ({"ky": KY.replace("Баары чакырылган.", ky)} if ky else {})
    room.place.item(**texts)
    room.place.sync()
    assert room.place.problems() == []


def reasons(room: Room, raw: bytes) -> list[str]:
    found, fates = arrived(room, raw)
    assert fates in ({}, {Fate.REFUSED: len(found.refused)})
    return [str(one.reason) for one in found.refused]


@LABELLED
@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize("copy", ["All are invited.", " all ARE  invited. ", "All are invited!"])
def test_the_words_of_the_source_take_no_translations_place_in_a_file_that_says_what_it_was_made_from(
    room: Room, form: Form, copy: str, sure: bool
) -> None:
    begun(room)
    raw = replaced(out(room, form), form, {"Баары чакырылган.": copy})
    raw = raw if sure else raw.replace(b"revision", b"edition")
    assert reasons(room, raw) == [COPIED]
    take(room, raw)
    assert "Баары чакырылган." in (room.place.stand("ky")[1] or "")


@LABELLED
def test_a_copy_of_the_source_is_one_with_the_codes_that_the_translation_had(room: Room, form: Form) -> None:
    link = "(/{}/a-very-long-address-of-a-page-of-somebody/2026)"
    begun(room, f"[Come]{link.format('en')}", f"[Кел]{link.format('ky')}")
    assert reasons(room, replaced(out(room, form), form, {"Кел": "Come"})) == [COPIED]


@LABELLED
def test_what_is_the_same_in_both_languages_may_be_written_over_and_copied_again(room: Room, form: Form) -> None:
    begun(room, "UNESCO 2026", "UNESCO 2026")
    raw = out(room, form)
    at = raw.rindex(b"UNESCO 2026")
    assert arrived(room, raw[:at] + raw[at:].replace(b"UNESCO 2026", b"UNESCO  2026", 1))[1] == {Fate.TAKEN: 1}


def unwritten(room: Room, form: Form, target: str) -> bytes:
    """A file of a text that there is none of yet, with this beside its last segment."""
    raw = out(room, form).decode()
    said = "<source>All are invited.</source>"
    assert said in raw
    if form is Form.XLIFF12:
        return re.sub(rf"({said})\s*<target [^>]*/>", rf"\1{target}", raw).encode()
    return re.sub(rf'<segment state="initial">\s*{said}\s*</segment>', target, raw).encode()


def segment20(state: str, words: str, source: str = "All are invited.") -> str:
    return f"<segment {state}><source>{source}</source>{words}</segment>"


@pytest.mark.parametrize(
    ("form", "target", "taken"),
    [(Form.XLIFF12, '<target state="new">All are invited.</target>', False),
     (Form.XLIFF12, '<target state="needs-translation">All are invited.</target>', False),
     (Form.XLIFF12, "<target>All are invited.</target>", False),
     (Form.XLIFF12, '<target state="final">All are invited.</target>', True),
     (Form.XLIFF20, segment20("", "<target>All are invited.</target>"), False),
     (Form.XLIFF20, segment20('state="initial"', "<target>All are invited.</target>"), False),
     (Form.XLIFF20, segment20('state="translated"', "<target>All are invited.</target>"), True)],
)  # fmt: skip
def test_the_sources_words_are_a_translation_of_what_had_none_if_the_file_calls_them_one(
    room: Room, form: Form, target: str, taken: bool
) -> None:
    begun(room, ky="")
    raw = unwritten(room, form, target)
    assert b"target" in raw
    assert arrived(room, raw)[1] == ({Fate.TAKEN: 1} if taken else {})


TWO, BOTH = "All are invited. Come early.", "Баары чакырылган. Эрте келгиле."
SOURCES = '<mrk mtype="seg" mid="1">All are invited. </mrk><mrk mtype="seg" mid="2">Come early.</mrk>'


def divided(form: Form, second: str, first: str = "Баарыңар келгиле. ") -> str:
    """A unit as a tool divided it by its sentences; `second` is the target of the other one."""
    if form is Form.XLIFF12:
        marks = f'<mrk mtype="seg" mid="1">{first}</mrk><mrk mtype="seg" mid="2">{second}</mrk>'
        return f'<seg-source>{SOURCES}</seg-source><target state="translated">{marks}</target>'
    one = segment20('state="translated"', f"<target>{first}</target>", "All are invited. ")
    return one + segment20('state="translated"', f"<target>{second}</target>", "Come early.")


def in_parts(raw: bytes, form: Form, parts: str) -> bytes:
    said = "<source>All are invited. Come early.</source>"
    if form is Form.XLIFF12:
        text, count = re.subn(rf"({said})\s*<target [^>]*(/>|>[^<]*</target>)", rf"\1{parts}", raw.decode())
    else:
        text, count = re.subn(
            rf"<segment [^>]*>\s*{said}\s*(<target>[^<]*</target>)?\s*</segment>", parts, raw.decode()
        )
    assert count == 1
    return text.encode()


XLIFF = pytest.mark.parametrize("form", [Form.XLIFF12, Form.XLIFF20])


@XLIFF
@pytest.mark.parametrize("second", ["", "Come early."])
def test_a_part_without_a_translation_deletes_nothing_and_brings_nothing_of_the_source(
    room: Room, form: Form, second: str
) -> None:
    begun(room, TWO, BOTH)
    raw = in_parts(out(room, form), form, divided(form, second))
    assert reasons(room, raw) == [COPIED if second else DIVIDED]
    take(room, raw)
    assert BOTH in (room.place.stand("ky")[1] or "")
    if not second:
        assert room.place.suggestions() == ["Баарыңар келгиле."]


@XLIFF
def test_the_parts_that_are_translated_of_what_had_no_words_are_taken_and_need_work(room: Room, form: Form) -> None:
    begun(room, TWO, "")
    raw = in_parts(out(room, form), form, divided(form, ""))
    assert arrived(room, raw)[1] == {Fate.TAKEN: 1}
    take(room, raw)
    with room.place.database.read() as session:
        rows = sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows
    assert [row.text for row in rows if row.unsure] == ["Баарыңар келгиле."]


@XLIFF
def test_parts_that_say_together_what_the_text_says_say_nothing_new(room: Room, form: Form) -> None:
    begun(room, TWO, BOTH)
    assert arrived(room, in_parts(out(room, form), form, divided(form, "", BOTH)))[1] == {}
    apart = divided(form, "Эрте келгиле.", "Баары чакырылган. ")
    assert arrived(room, in_parts(out(room, form), form, apart))[1] == {}


@XLIFF
def test_all_parts_with_words_of_their_own_are_taken_whole(room: Room, form: Form) -> None:
    begun(room, TWO, BOTH)
    take(room, in_parts(out(room, form), form, divided(form, "Эрте жеткиле.")))
    assert "Баарыңар келгиле. Эрте жеткиле." in (room.place.stand("ky")[1] or "")


@XLIFF
def test_a_target_that_is_not_there_takes_no_words_away_and_one_that_is_there_and_empty_does(
    room: Room, form: Form
) -> None:
    begun(room)
    raw = out(room, form).decode()
    found = re.search(r"<target[^>]*>Баары чакырылган\.</target>", raw)
    assert found is not None
    assert arrived(room, raw.replace(found[0], "").encode())[1] == {}
    emptied = found[0].replace("Баары чакырылган.", "")
    assert arrived(room, raw.replace(found[0], emptied).encode())[1] == {Fate.TAKEN: 1}
    assert arrived(room, raw.replace(found[0], emptied.replace("><", "> <")).encode())[1] == {Fate.TAKEN: 1}


def test_an_empty_msgstr_is_an_untranslated_message_and_takes_no_words_away(room: Room) -> None:
    begun(room)
    raw = replaced(out(room, Form.PO), Form.PO, {"Баары чакырылган.": ""})
    assert arrived(room, raw)[1] == {}
    assert arrived(room, raw.replace(b'msgctxt "title"', b'#, fuzzy\nmsgctxt "title"'))[1] == {Fate.TAKEN: 1}
