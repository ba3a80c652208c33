"""Which format a file has that somebody sends, told by its bytes and not by its name, and what it says of itself."""

from enum import StrEnum
from typing import Final

from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.formats import article_po, docx, xliff12, xliff20
from app.formats.bitext import Bitext, Returned
from app.formats.packages import is_package
from app.formats.xml import read_xml


class Form(StrEnum):
    """How a text goes out: as it is kept (`po`, `md`), or beside its source."""

    PO = "po"
    MD = "md"
    XLIFF12 = "xliff12"
    XLIFF20 = "xliff20"
    DOCX = "docx"

    @property
    def ending(self) -> str:
        """Return how the name of such a file ends."""
        return ".xlf" if self in {Form.XLIFF12, Form.XLIFF20} else f".{self}"


_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def written(bitext: Bitext, form: Form) -> bytes:
    """Return a text beside its source as a file."""
    match form:
        case Form.XLIFF12:
            return xliff12.write(bitext)
        case Form.XLIFF20:
            return xliff20.write(bitext)
        case Form.DOCX:
            return docx.write(bitext)
        case _:
            return article_po.write(bitext)


def is_word_file(raw: bytes) -> bool:
    """Tell whether a package is a Word file: what makes it one stands among the names of its files."""
    return is_package(raw) and b"word/document.xml" in raw


def returned(raw: bytes, *, path: str, article: bool = False) -> tuple[Returned, ...]:
    """Return what came back beside its source, each text of it; nothing of a file that is one text as it is kept.

    `article` tells that it is meant for an article, of which a PO file says its words, whatever its header says.
    BadText, with its line, for what is broken, or is nothing that can be read here.
    """
    if is_package(raw):
        return (docx.read(raw, path=path),)
    if _begins_as_xml(raw):
        return _of_xml(read_xml(raw, path=path), path)
    if article_po.is_article(raw) or (article and article_po.is_po(raw)):
        return (article_po.read(raw, path=path),)
    return ()


def _begins_as_xml(raw: bytes) -> bool:
    plain = raw[:200].replace(b"\0", b"")
    for mark in _BOMS:
        plain = plain.removeprefix(mark)
    return plain.lstrip().startswith(b"<")


def _of_xml(root: etree._Element, path: str) -> tuple[Returned, ...]:
    name, version = etree.QName(root).localname, root.get("version", "")
    if name == "xliff" and version.startswith("1."):
        return xliff12.read(root)
    if name == "xliff" and version.startswith("2."):
        return xliff20.read(root)
    if name == "xliff":
        reason = saying("XLIFF %(version)s is not read here: 1.2 and 2.0 are", version=version[:20])
    elif name == "tmx":
        reason = saying("this is a translation memory: bring it in where the memory is")
    else:
        reason = saying("this is no XLIFF: its first element is %(name)s", name=name[:40])
    raise BadText(Problem(path=path, line=1, reason=reason))
