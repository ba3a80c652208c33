"""A translator's file comes home whole, whatever happened here in the meantime: summary first, then its words."""

import re
from copy import deepcopy
from dataclasses import replace
from io import BytesIO

import docx
import docx.document
import pytest
from docx.oxml.ns import qn

from app.domain.documents import DocumentName
from app.domain.people import Channel
from app.domain.segments import Tag
from app.formats.files import Form, written
from app.queries.suggestions import still_open
from app.services import arrivals, bitexts, comments, exchange, sheets, taking_in
from app.services.arrivals import Arrival, Told
from app.services.bitexts import bitext_of
from app.services.exchange import Taken, Wish
from app.services.outlook import Fate, outlook
from app.services.sheets import Bases
from tests.services.rooms import Room
from tests.trees import ITEM, article

EN = article("Opening", "The **centre** opens.", "- one\n- two", "All are invited.", slug="opening")
KY = article("Ачылыш", "**Борбор** ачылат.", "- бир\n- эки", "Баары чакырылган.", slug="achylysh").replace(
    "published", "draft"
)
FORMS = [Form.PO, Form.XLIFF12, Form.XLIFF20, Form.DOCX]


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ky=KY)
    room.place.sync()
    assert room.place.problems() == []


def out(room: Room, form: Form, document: DocumentName = ITEM) -> bytes:
    with room.place.database.read() as session:
        sheet = sheets.sheet(session, document, Tag("ky"), Bases())
        return written(bitext_of(sheet), form)


def arrived(room: Room, raw: bytes) -> tuple[Arrival, dict[Fate, int]]:
    with room.place.database.read() as session:
        (found,) = arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
        fates = [one.fate for one in outlook(session, found, "kanat")]
        return found, {fate: fates.count(fate) for fate in set(fates)}


def take(room: Room, raw: bytes, wish: Wish = Wish.DRAFT) -> Taken:
    with room.place.database.write() as session:
        (found,) = arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
        actor = replace(room.actor(session, "kanat", "ky"), channel=Channel.UPLOAD)
        return taking_in.take(session, found, actor, wish)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_comes_back_as_it_went_out_says_nothing_new(room: Room, form: Form) -> None:
    before = room.place.revisions()
    found, fates = arrived(room, out(room, form))
    assert (found.changed, fates) == ((), {})
    assert take(room, out(room, form)).suggestions == 0
    assert room.place.revisions() == before


def replaced(raw: bytes, form: Form, words: dict[str, str]) -> bytes:
    """Write words of a file over, as somebody would in a text editor."""
    if form is not Form.DOCX:
        text = raw.decode()
        for old, new in words.items():
            assert old in text, old
            text = text.replace(old, new)
        return text.encode()
    return raw


@pytest.mark.parametrize("form", [Form.PO, Form.XLIFF12, Form.XLIFF20])
def test_what_changed_in_the_file_alone_is_taken_and_what_changed_here_too_is_a_suggestion(
    room: Room, form: Form
) -> None:
    raw = out(room, form)
    room.save("kanat", "ky", KY.replace("Баары чакырылган", "Баарыңар келгиле").replace("Ачылыш", "Ачылыш аземи"))
    back = replaced(raw, form, {"ачылат": "бүгүн ачылат", "Баары чакырылган": "Баарынызды күтөбүз"})
    _, fates = arrived(room, back)
    assert fates == {Fate.TAKEN: 1, Fate.CONFLICTING: 1}
    assert take(room, back).suggestions == 1
    head = room.place.stand("ky")[1] or ""
    assert "**Борбор** бүгүн ачылат." in head
    assert "title: Ачылыш аземи" in head
    assert "Баарыңар келгиле." in head
    with room.place.database.read() as session:
        assert [one.text for one in still_open(session, ITEM, Tag("ky"))] == ["Баарынызды күтөбүз."]


def test_a_file_tells_what_was_said_of_a_segment_until_it_is_settled(room: Room) -> None:
    with room.place.database.write() as session:
        translation = room.text(session, "ky")
        keys = [row.key for row in sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows]
        kanat = room.actor(session, "kanat", "ky")
        for text in ("Still open", "Settled", "Open again"):
            comments.add(session, translation, text, kanat, revision=translation.head, key=keys[-1])
        for number, settled in ((2, True), (3, True), (3, False)):
            comments.settle(session, room.document(session), number, kanat, settled=settled)
    with room.place.database.read() as session:
        (said,) = bitexts.remarks(session, sheets.sheet(session, ITEM, Tag("ky"), Bases())).values()
        assert said == ["kanat: Still open", "kanat: Open again"]
        assert "#. kanat: Still open" in exchange.give_out(session, ITEM, Tag("ky"), Form.PO).raw.decode()


def anonymous(raw: bytes, words: dict[str, str], *, table: bool = True) -> bytes:
    """A Word file without bookmarks and keywords, or what was pasted from its table into a new one."""
    document = docx.Document(BytesIO(raw))
    if not table:
        pasted = docx.Document()
        for row in document.tables[0].rows[1:]:
            pasted.add_paragraph(words.get(row.cells[1].text, row.cells[1].text))
        document = pasted
    else:
        document.core_properties.keywords = ""
        for mark in list(document.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        for row in document.tables[0].rows[1:]:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    run.text = words.get(run.text, run.text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_file_without_identifiers_is_found_by_its_source_and_says_that_it_is_less_sure(room: Room) -> None:
    back = anonymous(out(room, Form.DOCX), {"Баары чакырылган.": "Баарыңыз келиңиз."})
    found, fates = arrived(room, back)
    assert (found.is_sure, found.by_place, fates) == (False, 0, {Fate.TAKEN: 1})
    take(room, back)
    assert "Баарыңыз келиңиз." in (room.place.stand("ky")[1] or "")


def test_a_row_whose_source_was_touched_is_found_by_its_place_and_that_is_said(room: Room) -> None:
    touched = {"All are invited.": "All of you are invited!", "Баары чакырылган.": "Баарыңыз келиңиз."}
    found, fates = arrived(room, anonymous(out(room, Form.DOCX), touched))
    assert (found.by_place, fates) == (1, {Fate.TAKEN: 1})


def test_a_translation_that_was_pasted_without_the_table_is_laid_paragraph_by_paragraph(room: Room) -> None:
    back = anonymous(out(room, Form.DOCX), {"Баары чакырылган.": "Баарыңыз келиңиз."}, table=False)
    found, fates = arrived(room, back)
    assert fates[Fate.TAKEN] == found.by_place
    take(room, back)
    assert "Баарыңыз келиңиз." in (room.place.stand("ky")[1] or "")


def test_words_of_a_word_file_that_stand_nowhere_are_told_and_merged_cells_are_a_suggestion(room: Room) -> None:
    document = docx.Document(BytesIO(out(room, Form.DOCX)))
    rows = document.tables[0].rows
    last = rows[len(rows) - 1]
    last.cells[0].merge(last.cells[1])
    document.add_paragraph("Please call me.")
    file = BytesIO()
    document.save(file)
    found, fates = arrived(room, file.getvalue())
    assert [str(one.reason) for one in found.problems] == [
        "what stands beside the two columns is not read: Please call me."
    ]
    assert fates == {Fate.REFUSED: 1}
    assert take(room, file.getvalue()).unfit == 1
    assert "Баары чакырылган." in room.place.suggestions()[0]


def swapped(raw: bytes, *, number: bool = False) -> bytes:
    """A Word file whose columns somebody swapped, or that has a column of numbers first."""
    document = docx.Document(BytesIO(raw))
    for at, row in enumerate(document.tables[0].rows):
        row._tr.append(row._tr.tc_lst[0])
        if number:
            cell = deepcopy(row._tr.tc_lst[0])
            row._tr.insert_element_before(cell, "w:tc")
            row.cells[0].paragraphs[0].text = str(at)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("number", [False, True])
@pytest.mark.parametrize("marked", [False, True])
def test_whose_columns_were_swapped_no_word_of_the_source_takes_the_place_of_a_translation(
    room: Room, number: bool, marked: bool
) -> None:
    raw = out(room, Form.DOCX)
    if not marked:
        raw = anonymous(raw, {"Баары чакырылган.": "Баарыңыз келиңиз."})
    found, fates = arrived(room, swapped(raw, number=number))
    assert (found.is_sure, found.by_place, fates) == (marked, 0, {} if marked else {Fate.TAKEN: 1})
    take(room, swapped(raw, number=number))
    text = room.place.stand("ky")[1] or ""
    assert ("Баарыңыз келиңиз." in text) is not marked
    assert "All are invited" not in text


@pytest.mark.parametrize("table", [False, True])
def test_the_words_of_the_source_are_no_translation_and_that_is_said(room: Room, table: bool) -> None:
    back = anonymous(out(room, Form.DOCX), {"Баары чакырылган.": "All are invited!"}, table=table)
    found, fates = arrived(room, back)
    assert fates[Fate.REFUSED] == 1
    assert [one.reason for one in found.refused] == [
        "these are the words of the source, or nearly: the translation stays"
    ]
    take(room, back)
    assert "Баары чакырылган." in (room.place.stand("ky")[1] or "")


def pasted(*paragraphs: tuple[str, str]) -> bytes:
    document = docx.Document()
    for words, style in paragraphs:
        document.add_paragraph(words, style=style)
    return saved(document)


def test_a_translation_alone_with_a_paragraph_too_few_and_one_too_many_is_laid_by_structure_and_says_so(
    room: Room,
) -> None:
    back = pasted(
        ("Ачылыш аземи", "Title"), ("Бир", "List Bullet"), ("эки", "List Bullet"),
        ("Баарыңыз чакырылгансыз.", "Normal"), ("Бул сөз эч жерде жок: 0555 123456, 2030-жыл.", "Normal"),
    )  # fmt: skip
    found, fates = arrived(room, back)
    assert fates == {Fate.TAKEN: 3, Fate.REFUSED: 1}
    assert found.by_place == 3
    assert [(one.text, one.reason) for one in found.refused] == [
        ("Бул сөз эч жерде жок: 0555 123456, 2030-жыл.", "the text has no such segment")
    ]
    take(room, back)
    text = room.place.stand("ky")[1] or ""
    assert "title: Ачылыш аземи" in text
    assert "**Борбор** ачылат.\n\n- Бир\n- эки\n\nБаарыңыз чакырылгансыз." in text


def test_a_title_is_one_line_whatever_somebody_typed_in_its_cell(room: Room) -> None:
    document = docx.Document(BytesIO(out(room, Form.DOCX)))
    document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].text = "Ачылыш\n аземи"
    document.tables[0].rows[1].cells[1].add_paragraph("бүгүн")
    take(room, saved(document))
    assert "title: Ачылыш аземи бүгүн\n" in (room.place.stand("ky")[1] or "")
    take(room, out(room, Form.PO).replace("аземи бүгүн".encode(), b"\xd0\xb0\xd0\xb7\\nb"))
    assert "title: Ачылыш аз b\n" in (room.place.stand("ky")[1] or "")


def test_what_changed_in_a_source_is_in_a_po_file_as_msgmerge_has_it_without_the_mark_of_a_list(room: Room) -> None:
    room.place.item(en=EN.replace("- two", "- two more"))
    room.place.sync()
    raw = out(room, Form.PO).decode()
    assert re.search(
        r'#, fuzzy\n#\| msgctxt "(block u\w+)"\n#\| msgid "two"\nmsgctxt "\1"\nmsgid "two more"\nmsgstr "эки"\n', raw
    )


def test_blank_lines_above_the_front_matter_of_an_upload_are_as_if_they_were_not_there(room: Room) -> None:
    with room.place.database.read() as session:
        raw = exchange.give_out(session, ITEM, Tag("ky"), Form.MD).raw
    before = room.place.revisions()
    for mark in (b"\n", b"\xef\xbb\xbf\r\n \n"):
        with room.place.database.read() as session:
            (found,) = arrivals.arrivals(session, mark + raw, Told(), path="mine")
            assert (found.document, found.locale, found.is_sure, found.changed) == (ITEM, "ky", True, ())
    take(room, b"\n" + raw.replace("Баары чакырылган".encode(), "Баары келсин".encode()))
    assert room.place.revisions() > before
    assert "Баары келсин." in (room.place.stand("ky")[1] or "")
