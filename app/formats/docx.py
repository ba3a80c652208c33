"""An article as a Word file: a table of two columns, source and translation, and back (ECMA-376, WordprocessingML).

Each row's source cell holds a bookmark with the unit's name, which nobody sees and word processors keep; the document's
keywords say of which revisions the file was made. Bold and italics are those of Word, every other code of Markdown is
written out. What comes back is read from the XML itself, since text that somebody's tracked changes inserted is text
too, and what they deleted is none.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby, islice
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.inline_codes import Code, Piece, Role, Sort
from app.domain.locales import language
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats import docx_comments, word_styles
from app.formats.bitext import Bitext, Came, Origins, Returned, is_name
from app.formats.columns import not_read
from app.formats.packages import unpacked
from app.formats.xliff import outermost, plain
from app.formats.xml import read_xml

_PARTS: Final = frozenset({"word/document.xml", "word/styles.xml", "docProps/core.xml", docx_comments.PART})
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE: Final = frozenset({f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPrChange")})
_STYLES: Final = {Sort.STRONG: "bold", Sort.EMPHASIS: "italic"}
_MARKS: Final = {(True, False): "**", (False, True): "*", (True, True): "***"}

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
    parts = {one.name: read_xml(one.raw, path=path) for one in unpacked(raw, path=path, only=_PARTS)}
    if "word/document.xml" not in parts:
        raise BadText(Problem(path=path, line=0, reason=saying("this is no Word file (.docx)")))
    core = parts.get("docProps/core.xml")
    keywords = core.findtext("{*}keywords") if core is not None else None
    origins = Origins.parse(keywords or "")
    found = [
        row for row in outermost(parts["word/document.xml"], _is_row) if row.find(f"{_W}trPr/{_W}tblHeader") is None
    ]  # fmt: skip
    if len(found) > MOST_ROWS:
        raise BadText(Problem(path=path, line=0, reason=saying("a table has %(most)s rows at most", most=MOST_ROWS)))
    rows = [(number, list(row.iterchildren(f"{_W}tc"))) for number, row in enumerate(found, 1)]
    said = docx_comments.Comments(parts.get(docx_comments.PART))
    units = tuple(_unit(number, row, said.within(found[number - 1])) for number, row in rows if row)
    unread = list[str]()
    if parts["word/document.xml"].find(f".//{_W}tbl") is None:
        paragraphs = _paragraphs(parts["word/document.xml"], parts.get("word/styles.xml"), said)
        units = tuple(islice(paragraphs, MOST_ROWS + 1))
    else:
        outside = parts["word/document.xml"].iterfind(f"{_W}body/{_W}p")
        unread += [_line(one).strip() for one in islice(outside, 1, None)]  # the first is the title
    if len(units) > MOST_ROWS:
        reason = saying("a text has %(most)s paragraphs at most", most=MOST_ROWS)
        raise BadText(Problem(path=path, line=0, reason=reason))
    return Returned(
        origins=origins, source=origins.source if origins else None, locale=origins.locale if origins else None,
        units=units, problems=tuple(not_read(path, 0, words) for words in unread if words), remarks=said.left(),
    )  # fmt: skip


def _is_row(element: etree._Element) -> bool:
    """Tell whether an element is a row: one in a cell of another is words of that cell, as `outermost` has it."""
    return bool(element.tag == f"{_W}tr")


def _unit(number: int, cells: list[etree._Element], remarks: tuple[str, ...]) -> Came:
    """Return a row; its line is its number in its document. Which cell is which `columns.told_apart` says.

    Where it has our mark, that is beside the source, wherever somebody moved it.
    """
    names = {one.get(f"{_W}name", ""): place for place, cell in enumerate(cells) for one in _bookmarks(cell)}
    name = next(filter(is_name, names), "")
    said = tuple(map(_words, cells))
    words = said[:2][-1]
    merged = saying("its cells are one: nobody can tell the translation from the source") if len(cells) == 1 else ""
    return Came(
        name=name, source=said[names.get(name, 0)], line=number, wrong=merged, forms=((words,) if words else (),),
        kind="", cells=said, remarks=remarks,
    )  # fmt: skip


def _bookmarks(cell: etree._Element) -> Iterator[etree._Element]:
    return cell.iter(f"{_W}bookmarkStart")


def _paragraphs(
    document: etree._Element, styles: etree._Element | None, said: docx_comments.Comments
) -> Iterator[Came]:
    """Yield the paragraphs of a text without a table: somebody sent the translation alone."""
    kinds = word_styles.kinds_of(styles)
    filled = ((words, one) for one in document.iter(f"{_W}p") if (words := _line(one).strip()))
    for number, (words, paragraph) in enumerate(filled, 1):
        yield Came(
            name="", source="", forms=((words,),), line=number, kind=word_styles.kind_of(paragraph, kinds),
            remarks=said.within(paragraph),
        )  # fmt: skip


def _words(cell: etree._Element) -> str:
    """Return what a cell says, with Markdown's marks for bold and italics; a paragraph begins a line."""
    lines = (_line(paragraph) for paragraph in cell.iter(f"{_W}p"))
    return "\n".join(lines).strip()


def _line(paragraph: etree._Element) -> str:
    said = [(_style(run), "".join(_texts(run))) for run in _runs(paragraph)]
    return "".join(
        _marked("".join(text for _, text in some), _MARKS.get(style, ""))
        for style, some in groupby(said, key=lambda one: one[0])
    )


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, those of links, fields and insertions too; no paragraph in it, nothing deleted."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{_W}p":
            yield from _runs(child)


def _texts(run: etree._Element) -> Iterator[str]:
    for one in run:
        match one.tag:
            case _ if one.tag == f"{_W}t":
                yield one.text or ""
            case _ if one.tag == f"{_W}tab":
                yield "\t"
            case _ if one.tag in {f"{_W}br", f"{_W}cr"}:
                yield "\n"
            case _ if one.tag == f"{_W}noBreakHyphen":
                yield "\N{NON-BREAKING HYPHEN}"
            case _:
                pass


def _style(run: etree._Element) -> tuple[bool, bool]:
    properties = run.find(f"{_W}rPr")
    return (_is_on(properties, "b"), _is_on(properties, "i")) if properties is not None else (False, False)


def _is_on(properties: etree._Element, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _marked(words: str, mark: str) -> str:
    """Return words between marks, which stand next to letters and not to white space, or they mean nothing."""
    bare = words.strip()
    if not mark or not bare:
        return words
    before, _, after = words.partition(bare)
    return f"{before}{mark}{bare}{mark}{after}"
