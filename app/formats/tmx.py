"""TMX 1.4b (LISA OSCAR, 2005): a translation memory as a file that every tool reads, written and read as a stream.

A unit goes out in `tuv`s of two languages; what comes in may have more. Inline codes (`bpt`, `ept`, `ph`, `it`, `hi`)
count for what they say, since a memory is about words. However large a file is, one unit of it is in memory at a time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Final

from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats.xliff import plain, tag_said
from app.formats.xml import LANG, unsound, without_entities

LONGEST_UNIT: Final = 200_000
"""Characters of one unit, in all its languages together; what is longer is left out and told."""

_TIME: Final = "%Y%m%dT%H%M%SZ"
_HEADER: Final[Mapping[str, str]] = {
    "creationtool": "Tilmash", "creationtoolversion": "1", "segtype": "block", "o-tmf": "Tilmash", "adminlang": "en",
    "srclang": "*all*", "datatype": "plaintext",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One unit of a memory: words by language, who made them, when (UTC; None if unsaid), and of which text they are.

    `line` is where it stands in a file that came in.
    """

    words: Mapping[Tag, str]
    at: datetime | None = None
    by: str = ""
    document: str = ""
    line: int = field(default=0, compare=False)


def write(units: Iterable[Memory], file: IO[bytes]) -> None:
    """Write a file, a unit a line."""
    with etree.xmlfile(file, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element("tmx", version="1.4"):
            out.write("\n")
            out.write(etree.Element("header", dict(_HEADER)))
            out.write("\n")
            with out.element("body"):
                out.write("\n")
                for unit in units:
                    out.write(_element(unit))
                    out.write("\n")
    file.write(b"\n")


def _element(unit: Memory) -> etree._Element:
    made = etree.Element("tu", {"creationid": plain(unit.by)} if unit.by else {})
    if unit.at is not None:
        made.set("creationdate", unit.at.strftime(_TIME))
    if unit.document:
        said = etree.SubElement(made, "prop", {"type": "document"})
        said.text = plain(unit.document)
    for tag, words in unit.words.items():
        variant = etree.SubElement(made, "tuv", {LANG: tag})
        etree.SubElement(variant, "seg").text = plain(words)
    return made


def read(file: IO[bytes], *, path: str) -> Iterator[Memory | Problem]:
    """Yield the units of a file as they come, and a problem for each that cannot be used.

    BadText, with its line, where the file is no sound XML, is no TMX, or declares entities; what came before has been
    yielded by then. A document type that only names `tmx14.dtd`, as most tools write it, is passed over.
    """
    try:
        for event, one in etree.iterparse(
            without_entities(file, path=path), events=("start", "end"), resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        ):  # fmt: skip
            name = etree.QName(one).localname
            if event == "start" and one.getparent() is None and name != "tmx":
                reason = saying("this is no TMX file: its first element is %(name)s", name=name[:40])
                raise BadText(Problem(path=path, line=1, reason=reason))
            if event == "end" and name == "tu":
                yield _unit(one, path)
                _forget(one)
    except etree.XMLSyntaxError as error:
        raise unsound(error, path=path) from None


def _forget(element: etree._Element) -> None:
    """Free what was read: the element, and what stands before it in its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _unit(unit: etree._Element, path: str) -> Memory | Problem:
    words: dict[Tag, str] = {}
    line = unit.sourceline or 0
    for variant in unit.iterchildren("{*}tuv"):
        written = variant.get(LANG) or variant.get("lang") or ""
        tag, segment = tag_said(written.replace("_", "-")), variant.find("{*}seg")
        if tag is None:
            reason = saying("“%(language)s” is no language", language=written[:40])
            return Problem(path=path, line=variant.sourceline or line, reason=reason)
        said = "".join(segment.itertext()).strip() if segment is not None else ""
        if said:
            words[tag] = said
    if sum(map(len, words.values())) > LONGEST_UNIT:
        return Problem(path=path, line=line, reason=saying("a unit has %(most)s letters at most", most=LONGEST_UNIT))
    documents = (one.text or "" for one in unit.iterchildren("{*}prop") if one.get("type") == "document")
    return Memory(
        words=words, at=_time(unit.get("changedate") or unit.get("creationdate") or ""),
        by=unit.get("changeid") or unit.get("creationid") or "", document=next(documents, ""), line=line,
    )  # fmt: skip


def _time(written: str) -> datetime | None:
    try:
        return datetime.strptime(written.removesuffix("Z") + "+0000", "%Y%m%dT%H%M%S%z")
    except ValueError:
        return None
