"""Word files: a table goes out and comes back, also from a word processor that somebody wrote in."""

from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings

from app.formats import docx
from app.formats.bitext import Bitext
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
