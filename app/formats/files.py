"""Which format a file has that somebody sends, told by its bytes and not by its name, and what it says of itself."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.formats import article_po, docx, xliff12, xliff20
from app.formats.allowance import Allowance
from app.formats.bitext import Bitext, Origins, Returned
from app.formats.packages import MOST_FILES, Packed, holds, is_package, unpacked
from app.formats.po_limits import MOST_ENTRIES
from app.formats.xliff import number_of, tag_said
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


_LINE: Final = "{urn:x-tilmash}line"
"""The line of a file on which a text of it began that is a file of its own now."""

_LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

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
    return holds(raw, "word/document.xml")


def opened(raw: bytes, *, path: str, allowance: Allowance | None = None) -> Iterator[Packed]:
    """Yield the files of a package, without what an operating system adds to each; of another file itself.

    A Word file for which nothing is left of the `allowance`, that of whatever is sent with it, is `refused`, and not
    looked into. BadText as `packages.unpacked`.
    """
    allowance = allowance or Allowance()
    allowance.add(raw)
    alone = not is_package(raw) or is_word_file(raw)
    for one in [Packed(name=path, raw=raw)] if alone else unpacked(raw, path=path):
        name = PurePosixPath(one.name)
        if alone or (name.parts[:1] != ("__MACOSX",) and name.name not in _LEFT_BY_SYSTEMS):
            yield replace(one, refused=allowance.refusal(one.raw, docx.PARTS)) if is_package(one.raw) else one


def apart(raw: bytes, *, path: str) -> Iterator[bytes]:
    """Yield each text of a file as a file of its own, that is read without the others; of another file itself.

    Only an XLIFF file can have several, of which at least one has to say which text it is. What is wrong is told by its
    line in the whole file all the same. BadText as `returned`.
    """
    root = None if is_package(raw) or not _begins_as_xml(raw) else read_xml(raw, path=path)
    several = [] if root is None else list(root.iterchildren("{*}file"))
    if root is None or len(several) < 2 or not any(Origins.parse(one.get("original", "")) for one in several):
        yield raw
        return
    _require_few(root, path)
    version = root.get("version", "")[:3]
    languages = [(name, tag) for name in ("srcLang", "trgLang") if (tag := tag_said(root.get(name)))]
    for file in several:
        alone = etree.Element(root.tag, dict([("version", version), (_LINE, str(file.sourceline or 0)), *languages]))
        copy = deepcopy(file)
        copy.tail = None
        alone.append(copy)
        yield etree.tostring(alone, encoding="UTF-8", xml_declaration=True)


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
    if name == "xliff" and version.startswith(("1.", "2.")):
        _require_few(root, path)
        found = xliff12.read(root) if version.startswith("1.") else xliff20.read(root)
        return _moved_down(found, number_of(root.get(_LINE)))
    if name == "xliff":
        reason = saying("XLIFF %(version)s is not read here: 1.2 and 2.0 are", version=version[:20])
    elif name == "tmx":
        reason = saying("this is a translation memory: bring it in where the memory is")
    else:
        reason = saying("this is no XLIFF: its first element is %(name)s", name=name[:40])
    raise BadText(Problem(path=path, line=1, reason=reason))


def _require_few(root: etree._Element, path: str) -> None:
    """Refuse more texts or units than anybody sends."""
    if sum(1 for _ in root.iterchildren("{*}file")) > MOST_FILES:
        raise BadText(Problem(path=path, line=0, reason=saying("more than %(most)s files in one", most=MOST_FILES)))
    if sum(1 for _ in root.iter("{*}unit", "{*}trans-unit")) > MOST_ENTRIES:
        raise BadText(Problem(path=path, line=0, reason=saying("more than %(most)s units", most=MOST_ENTRIES)))


def _moved_down(found: tuple[Returned, ...], line: int) -> tuple[Returned, ...]:
    """Return a text with the lines that it had in the file in which it stood among others from this line on, if any."""
    if not line:
        return found
    moved = line - 2  # in a file of its own it stands below the declaration
    return tuple(
        replace(one, units=tuple(replace(unit, line=unit.line + moved) for unit in one.units)) for one in found
    )
