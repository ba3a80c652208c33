"""A file that is sent again, or beside another one of the same text: whose words give way, and whose collide."""

from dataclasses import replace

import pytest

from app.domain.people import Channel
from app.domain.segments import Tag
from app.formats.files import Form, written
from app.services import arrivals, sheets, taking_in
from app.services.arrivals import Told
from app.services.bitexts import bitext_of
from app.services.exchange import Wish
from app.services.outlook import Fate, outlook
from app.services.sheets import Bases
from tests.services.rooms import Room
from tests.services.test_arrivals import arrived, item, out, replaced, take  # noqa: F401  # the same item
from tests.trees import ITEM


@pytest.mark.parametrize("form", [Form.PO, Form.XLIFF20])
def test_who_works_on_in_a_file_that_they_sent_before_does_not_collide_with_themselves(room: Room, form: Form) -> None:
    first = replaced(out(room, form), form, {"бир": "бирөө", "эки": "экөө", "ачылат": "бүгүн ачылат"})
    assert take(room, first).suggestions == 0
    room.save("kanat", "ky", (room.place.stand("ky")[1] or "").replace("Баары чакырылган", "Баарыңар келгиле"))
    second = replaced(first, form, {"бүгүн ачылат": "эртең ачылат"})
    assert arrived(room, second)[1] == {Fate.TAKEN: 1, Fate.UNCHANGED: 2}
    assert take(room, second).suggestions == 0
    head = room.place.stand("ky")[1] or ""
    assert "эртең ачылат" in head
    assert "бирөө" in head
    assert "Баарыңар келгиле" in head


def test_who_begins_a_text_with_a_file_and_sends_it_again_does_not_collide_either(room: Room) -> None:
    with room.place.database.read() as session:
        raw = written(bitext_of(sheets.sheet(session, ITEM, Tag("kk"), Bases())), Form.PO).decode()
    words = {"Opening": "Ашылу", "one": "бір", "two": "екі", "All are invited.": "Бәрі шақырылған."}
    for source, said in words.items():
        raw = raw.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{said}"')
    again = raw.replace("екі", "екеу")
    fates = []
    for file in (raw, again):
        with room.place.database.write() as session:
            (found,) = arrivals.arrivals(session, file.encode(), Told(), path="mine")
            fates.append([one.fate for one in outlook(session, found, "carim")])
            actor = replace(room.actor(session, "carim", "kk"), channel=Channel.UPLOAD)
            assert taking_in.take(session, found, actor, Wish.DRAFT).suggestions == 0
    assert fates[1].count(Fate.TAKEN) == 1
    assert Fate.CONFLICTING not in fates[1]


def test_files_of_two_that_one_person_sends_collide_and_neither_takes_the_others_words_back(room: Room) -> None:
    raw = out(room, Form.PO)
    take(room, replaced(raw, Form.PO, {"ачылат": "бүгүн ачылат", "эки": "экөө"}))
    assert take(room, replaced(raw, Form.PO, {"ачылат": "эртең ачылат", "бир": "бирөө"})).suggestions == 1
    head = room.place.stand("ky")[1] or ""
    assert [word in head for word in ("бүгүн ачылат", "экөө", "бирөө", "эртең")] == [True, True, True, False]
