"""An article as a Word file: a table of two columns, source and translation, and back (ECMA-376, WordprocessingML).

Each row's source cell holds a bookmark with the unit's name, which nobody sees and word processors keep; the document's
keywords say of which revisions the file was made. Bold and italics are those of Word, every other code of Markdown is
written out. What comes back is read from the XML itself (`docx_words`), and what is no row of a table is told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.inline_codes import Code, Piece, Role, Sort
from app.domain.likeness import plainly
from app.domain.locales import language
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats import word_styles
from app.formats.bitext import Bitext, Came, Origins, Returned, is_name
from app.formats.columns import MOST_COLUMNS, MOST_TOLD, not_read
from app.formats.docx_asides import COMMENTS, ENDNOTES, FOOTNOTES, Asides
from app.formats.docx_words import line_of, with_one_choice, words_of
from app.formats.packages import unpacked
from app.formats.xliff import outermost, plain
from app.formats.xml import read_xml

PARTS: Final = frozenset(
    {"word/document.xml", "word/styles.xml", "docProps/core.xml", COMMENTS, FOOTNOTES, ENDNOTES}
)  # fmt: skip
"""What is read of such a file, and no more of it is unpacked."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES: Final = {Sort.STRONG: "bold", Sort.EMPHASIS: "italic"}

MOST_ROWS: Final = 20_000
"""Of all tables of a document: an article has a few hundred."""

_LONGEST: Final = 250
"""Letters of a property of a document."""


def write(bitext: Bitext) -> bytes:
    """Return the file; above each column stands what its language calls itself."""
    document: Document = docx.Document()
    properties = document.core_properties
    properties.title, properties.keywords, properties.author = plain(bitext.title)[:_LONGEST], str(bitext.origins), ""
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(plain(bitext.title), level=1)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, tag in zip(table.rows[0].cells, (bitext.origins.source, bitext.origins.locale), strict=True):
        cell.paragraphs[0].add_run(language(tag).endonym).bold = True
    heading = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no name for it
    etree.SubElement(heading, qn("w:tblHeader"))
    for number, unit in enumerate(bitext.units, 1):
        source, target = table.add_row().cells
        theirs, ours = unit.pieces(0)
        bookmarked = source.paragraphs[0]._p  # noqa: SLF001  # nor for bookmarks
        etree.SubElement(bookmarked, qn("w:bookmarkStart"), {qn("w:id"): str(number), qn("w:name"): unit.name})
        _fill(source.paragraphs[0], theirs, bitext.origins.source)
        etree.SubElement(bookmarked, qn("w:bookmarkEnd"), {qn("w:id"): str(number)})
        _fill(target.paragraphs[0], ours, bitext.origins.locale)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(paragraph: Paragraph, pieces: Iterable[Piece], tag: Tag) -> None:
    """Put words and codes into a paragraph, in the language that they are in: Word checks their spelling by it."""
    styles: list[str] = []
    for piece in pieces:
        style = _STYLES.get(piece.sort) if isinstance(piece, Code) else None
        if style is not None and isinstance(piece, Code):
            styles = [*styles, style] if piece.role is Role.OPEN else styles[:-1]
            continue
        run = paragraph.add_run(plain(str(piece)))
        for one in styles:
            setattr(run, one, True)
        etree.SubElement(run._r.get_or_add_rPr(), qn("w:lang"), {qn("w:val"): tag})  # noqa: SLF001  # nor for this


def read(raw: bytes, *, path: str) -> Returned:
    """Return what came back in the rows of its tables, or if it has none in its paragraphs.

    Of a row the first two cells count as source and translation until `columns.told_apart` has looked at them.

    BadText for what is no Word file.
    """
    parts = {one.name: read_xml(one.raw, path=path) for one in unpacked(raw, path=path, only=PARTS)}
    if "word/document.xml" not in parts:
        raise BadText(Problem(path=path, line=0, reason=saying("this is no Word file (.docx)")))
    document, core = with_one_choice(parts["word/document.xml"]), parts.get("docProps/core.xml")
    origins = Origins.parse(_property(core, "keywords"))
    said, *notes = (Asides(kind, parts.get(kind)) for kind in (COMMENTS, FOOTNOTES, ENDNOTES))
    units, unread = list[Came](), list[Problem]()
    if document.find(f".//{_W}tbl") is None:
        kinds = word_styles.kinds_of(parts.get("word/styles.xml"))
        found = [(one, words) for one in document.iter(f"{_W}p") if (words := line_of(one).strip())]
        _require_few(found, saying("a text has %(most)s paragraphs at most", most=MOST_ROWS), path)
        units += (_paragraph(number, *one, kinds, said) for number, one in enumerate(found, 1))
        places = [one for one, _ in found]
    else:
        places = [row for row in outermost(document, _is_row) if row.find(f"{_W}trPr/{_W}tblHeader") is None]
        _require_few(places, saying("a table has %(most)s rows at most", most=MOST_ROWS), path)
        units += _rows(places, said)
        unread += (not_read(path, 0, words) for words in _beside(document, _property(core, "title"), units))
    for number, place in enumerate(places, 1):
        unread += (_no_place(path, number, words) for some in notes for words in some.within(place))
    unread += (_no_place(path, 0, words) for some in notes for words in some.left())
    return Returned(
        origins=origins, source=origins.source if origins else None, locale=origins.locale if origins else None,
        units=tuple(units), problems=tuple(unread), remarks=said.left(),
    )  # fmt: skip


def _property(core: etree._Element | None, name: str) -> str:
    return (core.findtext(f"{{*}}{name}") if core is not None else None) or ""


def _require_few(some: Sequence[object], reason: str, path: str) -> None:
    if len(some) > MOST_ROWS:
        raise BadText(Problem(path=path, line=0, reason=reason))


def _no_place(path: str, line: int, words: str) -> Problem:
    reason = saying("a note at the foot or the end is not read: %(words)s", words=words[:MOST_TOLD])
    return Problem(path=path, line=line, reason=reason)


def _beside(document: etree._Element, title: str, units: Iterable[Came]) -> Iterator[str]:
    """Yield what stands beside the tables, but for the title that we wrote, and what a cell says as well."""
    known = {plainly(title), *(plainly(cell) for one in units for cell in one.cells)}
    walk = etree.iterwalk(document, events=("start",), tag=(f"{_W}tr", f"{_W}p"))
    for _, one in walk:
        if _is_row(one):
            walk.skip_subtree()
        elif (words := line_of(one).strip()) and plainly(words[:_LONGEST]) not in known:
            yield words


def _is_row(element: etree._Element) -> bool:
    """Tell whether an element is a row: one in a cell of another is words of that cell, as `outermost` has it."""
    return bool(element.tag == f"{_W}tr")


def _is_cell(element: etree._Element) -> bool:
    return bool(element.tag == f"{_W}tc")


def _rows(rows: Iterable[etree._Element], said: Asides) -> Iterator[Came]:
    """Yield the rows that have cells, those too of which a content control or custom XML holds some (17.5)."""
    for number, row in enumerate(rows, 1):
        if cells := list(outermost(row, _is_cell)):
            yield _unit(number, cells, said.within(row))


def _unit(number: int, cells: list[etree._Element], remarks: tuple[str, ...]) -> Came:
    """Return a row; its line is its number in its document. Which cell is which `columns.told_apart` says.

    Where it has our mark, that is beside the source, wherever somebody moved it.
    """
    names = {one.get(f"{_W}name", ""): place for place, cell in enumerate(cells) for one in _bookmarks(cell)}
    name = next(filter(is_name, names), "")
    if len(cells) > MOST_COLUMNS:
        wrong = saying("a row has %(most)s cells at most", most=MOST_COLUMNS)
        source = words_of(cells[names.get(name, 0)])
        return Came(name=name, source=source, line=number, wrong=wrong, forms=((),), kind="", remarks=remarks)
    said = tuple(map(words_of, cells))
    words = said[:2][-1]
    merged = saying("its cells are one: nobody can tell the translation from the source") if len(cells) == 1 else ""
    return Came(
        name=name, source=said[names.get(name, 0)], line=number, wrong=merged, forms=((words,) if words else (),),
        kind="", cells=said, remarks=remarks,
    )  # fmt: skip


def _bookmarks(cell: etree._Element) -> Iterator[etree._Element]:
    return cell.iter(f"{_W}bookmarkStart")


def _paragraph(
    number: int, paragraph: etree._Element, words: str, kinds: Mapping[str, str], said: Asides
) -> Came:  # fmt: skip
    """Return a paragraph of a text without a table: somebody sent the translation alone."""
    return Came(
        name="", source="", forms=((words,),), line=number, kind=word_styles.kind_of(paragraph, kinds),
        remarks=said.within(paragraph),
    )  # fmt: skip
