"""Word files: a table goes out and comes back, also from a word processor that somebody wrote in."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from lxml import etree

from app.formats import docx
from app.formats.bitext import Bitext, Returned
from app.formats.columns import MOST_COLUMNS
from tests.formats.bitexts import BITEXT, ORIGINS, bitexts


def test_words_come_back_under_their_names_with_bold_and_italics_as_marks() -> None:
    two = Bitext(origins=ORIGINS, title="T", units=BITEXT.units[:2])
    back = docx.read(docx.write(two), path="a.docx")
    assert back.origins == ORIGINS
    assert [(one.name, one.forms) for one in back.units] == [
        (two.units[0].name, ((),)), (two.units[1].name, (("**Марказ** дар [ин ҷо](/tg/x) `x` **~**.",),)),
    ]  # fmt: skip


@settings(max_examples=30)
@given(bitexts(plural=False))
def test_no_words_break_the_file(bitext: Bitext) -> None:
    raw = docx.write(bitext)
    assert [one.name for one in docx.read(raw, path="a.docx").units] == [one.name for one in bitext.units]


def test_text_that_tracked_changes_inserted_is_text_and_what_they_deleted_is_none() -> None:
    document = Document(BytesIO(docx.write(BITEXT)))
    cell = document.tables[0].rows[2].cells[1]
    paragraph = cell.paragraphs[0]
    for run in paragraph.runs:
        run._r.getparent().remove(run._r)
    xml = (
        '<w:r xmlns:w="{0}"><w:t xml:space="preserve">Мо </w:t></w:r>',
        '<w:ins xmlns:w="{0}" w:id="1" w:author="a"><w:r><w:t>шодем</w:t></w:r></w:ins>',
        '<w:del xmlns:w="{0}" w:id="2" w:author="a"><w:r><w:delText>нестем</w:delText></w:r></w:del>',
        '<w:hyperlink xmlns:w="{0}"><w:r><w:t>.</w:t></w:r></w:hyperlink>',
    )
    for one in xml:
        paragraph._p.append(parse_xml(one.format("http://schemas.openxmlformats.org/wordprocessingml/2006/main")))
    out = BytesIO()
    document.save(out)
    assert docx.read(out.getvalue(), path="a.docx").units[1].forms == (("Мо шодем.",),)


def outgoing() -> Opened:
    """A text as it goes out, of a title and a paragraph."""
    return Document(BytesIO(docx.write(Bitext(origins=ORIGINS, title="Opening", units=BITEXT.units[:2]))))


def back(document: Opened, **parts: str) -> Returned:
    """What is read of it, with parts that python-docx does not know."""
    out = BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return docx.read(out.getvalue(), path="a.docx")


def reasons(returned: Returned) -> list[tuple[int, str]]:
    return [(one.line, str(one.reason)) for one in returned.problems]


def put(where: etree._Element, xml: str) -> None:
    where.append(etree.fromstring(xml))


UNREAD = "what stands beside the two columns is not read: {}"
NOTE = "a note at the foot or the end is not read: {}"


def test_what_stands_in_place_of_our_title_is_told_and_our_title_and_words_of_the_table_are_not() -> None:
    document = outgoing()
    document.add_paragraph(document.tables[0].rows[1].cells[0].text)
    assert reasons(back(document)) == []
    document.paragraphs[0].text = "Ring me about row 3"
    assert reasons(back(document)) == [(0, UNREAD.format("Ring me about row 3"))]


def test_words_beside_the_table_are_told_also_of_a_content_control() -> None:
    document = outgoing()
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Call me.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    put(document.element.body, control)
    assert reasons(back(document)) == [(0, UNREAD.format("Call me."))]


def notes(kind: str) -> str:
    said = ("", "Below row 2", "Nowhere")
    inside = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}>'
        for number, words in enumerate(said)
    )
    return f"<w:{kind}s {nsdecls('w')}>{inside}</w:{kind}s>"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("table", [True, False])
def test_a_note_at_the_foot_or_the_end_is_told_with_its_row_or_paragraph(kind: str, table: bool) -> None:
    document = outgoing() if table else Document()
    for words in ("One", "Two") if not table else ():
        document.add_paragraph(words)
    marked = document.tables[0].rows[2].cells[1].paragraphs[0] if table else document.paragraphs[1]
    put(marked.add_run()._r, f'<w:{kind}Reference {nsdecls("w")} w:id="1"/>')
    told = [(2, NOTE.format("Below row 2")), (0, NOTE.format("Nowhere"))]
    assert reasons(back(document, **{f"{kind}s": notes(kind)})) == told


def box(words: str) -> str:
    """A run with a text box as Word writes it, anew and for older programs."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<w:r {nsdecls("w")} xmlns:mc="{compatible}"><mc:AlternateContent><mc:Choice Requires="wps">{inside}'
        f"</mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_that_a_program_wrote_twice_is_read_once() -> None:
    document = outgoing()
    put(document.tables[0].rows[1].cells[1].paragraphs[0]._p, box("In a cell"))
    put(document.add_paragraph()._p, box("Below"))
    read = back(document)
    assert read.units[0].forms == (("In a cell",),)
    assert reasons(read) == [(0, UNREAD.format("Below"))]


@pytest.mark.parametrize("around", ["w:tr", "w:tc", "w:p", "w:r"])
@pytest.mark.parametrize(
    "by",
    ["<w:sdt {0}><w:sdtPr/><w:sdtContent/></w:sdt>", '<w:customXml {0} w:element="e"><w:customXmlPr/></w:customXml>'],
)
def test_what_a_content_control_or_custom_xml_holds_of_a_table_is_read(around: str, by: str) -> None:
    document, plain = outgoing(), back(outgoing())
    table: etree._Element = document.tables[0]._tbl
    for one in list(table.iter(qn(around))):
        holder = etree.fromstring(by.format(nsdecls("w")))
        one.addprevious(holder)
        content = holder.find(qn("w:sdtContent"))
        (content if content is not None else holder).append(one)
    read = back(document)
    assert [(one.name, one.cells, one.forms) for one in read.units] == [
        (one.name, one.cells, one.forms) for one in plain.units
    ]  # fmt: skip
    assert [one.wrong for one in read.units] == ["", ""]


def test_a_row_of_more_cells_than_anybody_lays_out_is_told_and_the_others_are_read() -> None:
    document = outgoing()
    wide = document.tables[0].rows[1]
    for _ in range(MOST_COLUMNS - 1):
        wide._tr.add_tc()
    read = back(document)
    assert [str(one.wrong) for one in read.units] == [f"a row has {MOST_COLUMNS} cells at most", ""]
    assert (read.units[0].name, read.units[0].forms) == (BITEXT.units[0].name, ((),))
