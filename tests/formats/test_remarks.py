"""What translators say of units in a file, in the place that each format and its tools have for it."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from app.formats import article_po, docx, xliff12, xliff20
from app.formats.bitext import Bitext
from app.formats.xml import read_xml
from tests.formats.bitexts import BITEXT, ORIGINS

LINES = st.lists(st.text(st.sampled_from("аб #.:,|~\"'\\\t<>&\x01\u2028"), max_size=12), max_size=4)


@given(said=st.tuples(LINES, LINES), notes=LINES)
def test_every_line_of_a_translators_comment_in_po_comes_back_and_none_of_ours(
    said: tuple[list[str], list[str]], notes: list[str]
) -> None:
    bitext = replace(BITEXT, units=tuple(replace(unit, notes=tuple(notes)) for unit in BITEXT.units[:2]))
    head, *entries = article_po.write(bitext).decode().split("\n\n")
    commented = [
        "".join(f"# {line}\n" for line in lines) + entry for lines, entry in zip(said, entries, strict=True)
    ]  # fmt: skip
    back = article_po.read("\n\n".join((head, *commented)).encode(), path="a.po")
    words = ["\n".join(line.strip() for line in lines).strip() for lines in said]
    assert [one.remarks for one in back.units] == [(one,) if one else () for one in words]
    assert [replace(one, line=0, remarks=()) for one in back.units] == [
        replace(one, line=0) for one in article_po.read(article_po.write(bitext), path="a.po").units
    ]


def test_notes_of_xliff_are_read_at_units_and_groups_and_on_words_and_what_says_where_a_message_stands_is_none() -> (
    None
):
    (one,), (two,) = (
        version.read(read_xml(version.write(BITEXT), path="a.xlf")) for version in (xliff12, xliff20)
    )  # fmt: skip
    for back in (one, two):
        assert [came.remarks for came in back.units] == [(), ("look & <see>",), ()]
        assert back.remarks == ("Opening & <more>",)
    raw = (
        '<xliff version="1.2"><file source-language="ru" target-language="tg" original="x"><body><group id="g" '
        'restype="x-gettext-plurals"><note>for all</note><trans-unit id="1"><source>a</source><target>b <mrk '
        'mtype="x-note" comment="on words">c</mrk></target><note> one </note><note/></trans-unit><trans-unit id="2">'
        "<source>d</source><note>for all</note></trans-unit></group></body></file></xliff>"
    )
    ((came,),) = [back.units for back in xliff12.read(read_xml(raw.encode(), path="a.xlf"))]
    assert came.remarks == ("for all", "on words", "one")
    raw = (
        '<xliff version="2.0" srcLang="ru" trgLang="tg"><file id="f"><unit id="u"><notes><note category="mine">one'
        '</note></notes><segment><source>a</source><target><mrk id="m" type="comment" value="on words">b</mrk>'
        '<mrk id="n" type="term" value="a definition">c</mrk></target></segment></unit></file></xliff>'
    )
    ((came,),) = [back.units for back in xliff20.read(read_xml(raw.encode(), path="a.xlf"))]
    assert came.remarks == ("one", "on words")


def test_comments_of_word_are_read_at_their_rows_with_their_lines_and_the_others_at_the_text() -> None:
    two = Bitext(origins=ORIGINS, title="T", units=BITEXT.units[:2])
    document = Document(BytesIO(docx.write(two)))
    rows, title = document.tables[0].rows, document.paragraphs[0]
    answered = document.add_comment(rows[2].cells[1].paragraphs[0].runs, text="One\n\tline", author="A")
    answered.add_paragraph("Two")
    document.add_comment(rows[2].cells[0].paragraphs[0].runs, text="On the source", author="B")
    document.add_comment(title.runs, text="On all of it")
    document.add_comment(rows[0].cells[0].paragraphs[0].runs, text="On the heading")
    document.add_comment(title.runs, text=" ")
    out = BytesIO()
    document.save(out)
    back = docx.read(out.getvalue(), path="a.docx")
    assert [one.remarks for one in back.units] == [(), ("On the source", "One\n\tline\nTwo")]
    assert back.remarks == ("On all of it", "On the heading")
    assert [one.forms for one in back.units] == [one.forms for one in docx.read(docx.write(two), path="a.docx").units]


def test_comments_of_a_word_file_without_a_table_are_read_at_their_paragraphs() -> None:
    document, out = Document(), BytesIO()
    document.add_paragraph("Якум")
    document.add_comment(document.add_paragraph("Дуюм").runs, text="Second")
    document.save(out)
    back = docx.read(out.getvalue(), path="a.docx")
    assert ([one.remarks for one in back.units], back.remarks) == ([(), ("Second",)], ())
