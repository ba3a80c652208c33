"""TMX 1.4b (LISA OSCAR, 2005): a translation memory as a file that every tool reads, written and read as a stream.

A unit goes out in `tuv`s of two languages; what comes in may have more. Codes among the words (of Markdown, of HTML)
go out as the elements that the specification has for them (`bpt`, `ept`, `ph`), with what they say inside; what comes
in so counts for what it says, as a segment of ours has it. However large a file is, one unit of it is in memory at a
time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Final

from lxml import etree

from app.domain.errors import Problem
from app.domain.inline_codes import Code, Piece, Role, Sort, numbered_as, pieces_of
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats.xliff import plain, tag_said
from app.formats.xml import LANG
from app.formats.xml_parts import Part, parts

LONGEST_UNIT: Final = 200_000
"""Letters of one unit, in all its languages together; what is longer is left out and told."""

_MOST_TAG: Final = 40
_ALL: Final = Tag("*all*")
_UNSAID: Final = Tag("")
_TOOL: Final = "Tilmash"
_TIME: Final = "%Y%m%dT%H%M%SZ"
_DOCUMENT, _ORIGIN, _KIND = "x-document", "x-origin", "x-kind"
_MACHINE, _MESSAGE = "machine", "message"
_TYPES: Final[Mapping[Sort, str]] = {
    Sort.STRONG: "bold", Sort.EMPHASIS: "italic", Sort.LINK: "link", Sort.IMAGE: "image", Sort.BREAK: "lb",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One unit of a memory: words by language, who made them, when (UTC; None if unsaid), and of which text they are.

    `source` is the language that the others were made from, empty where nobody says it. `machine` tells that nobody
    looked at a machine's words; `message` that they are of an interface and not of a text in Markdown. `line` is where
    the unit stands in a file that came in.
    """

    words: Mapping[Tag, str]
    source: Tag = _UNSAID
    at: datetime | None = None
    by: str = ""
    document: str = ""
    machine: bool = False
    message: bool = False
    line: int = field(default=0, compare=False)


def write(units: Iterable[Memory], file: IO[bytes], *, source: Tag = _ALL) -> int:
    """Write a file, a unit a line; return how many. `source` is that of units which do not say their own."""
    count = 0
    with etree.xmlfile(file, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element("tmx", version="1.4"):
            out.write("\n", _header(source), "\n")
            with out.element("body"):
                out.write("\n")
                for unit in units:
                    out.write(_element(unit), "\n")
                    count += 1
            out.write("\n")
    file.write(b"\n")
    return count


def _header(source: Tag) -> etree._Element:
    return etree.Element("header", {
        "creationtool": _TOOL, "creationtoolversion": "1", "segtype": "block", "o-tmf": _TOOL, "adminlang": "en",
        "srclang": source, "datatype": "plaintext",
    })  # fmt: skip


def _element(unit: Memory) -> etree._Element:
    made = etree.Element("tu", {"creationid": plain(unit.by)} if unit.by else {})
    if unit.at is not None:
        made.set("creationdate", unit.at.astimezone(UTC).strftime(_TIME))
    if unit.source:
        made.set("srclang", unit.source)
    for name, value in (
        (_DOCUMENT, plain(unit.document)), (_ORIGIN, _MACHINE * unit.machine), (_KIND, _MESSAGE * unit.message),
    ):  # fmt: skip
        if value:
            etree.SubElement(made, "prop", {"type": name}).text = value
    first = pieces_of(unit.words.get(unit.source, ""), _MESSAGE if unit.message else "")
    for tag, words in unit.words.items():
        pieces = pieces_of(words, _MESSAGE if unit.message else "")
        variant = etree.SubElement(made, "tuv", {LANG: tag})
        _say(etree.SubElement(variant, "seg"), numbered_as(pieces, first) if first and tag != unit.source else pieces)
    return made


def _say(segment: etree._Element, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, Code):
            etree.SubElement(segment, _NAMES[piece.role], _attributes(piece)).text = plain(piece.written)
        elif len(segment):
            segment[-1].tail = plain(piece)
        else:
            segment.text = plain(piece)


_NAMES: Final[Mapping[Role, str]] = {Role.OPEN: "bpt", Role.CLOSE: "ept", Role.ALONE: "ph"}


def _attributes(code: Code) -> dict[str, str]:
    """Return what the specification has of a code: `i` pairs within a segment, `x` between the languages of a unit."""
    number = str(code.number)
    if code.role is Role.CLOSE:
        return {"i": number}
    said = {"i": number, "x": number} if code.role is Role.OPEN else {"x": number}
    return {**said, "type": _TYPES[code.sort]} if code.sort in _TYPES else said


def read(file: IO[bytes], *, path: str) -> Iterator[Memory | Problem]:
    """Yield the units of a file as they come, and a problem for each that cannot be used, or not with all its words.

    BadText, as `xml_parts.parts`; what came before has been yielded by then. White space around a segment counts in a
    file of ours alone: other tools lay their files out.
    """
    ours, source = False, ""
    for part in parts(file, path=path, roots={"tmx"}, wanted={"header", "tu"}, most=LONGEST_UNIT):
        if part.name == "header":
            ours, source = part.attributes.get("o-tmf") == _TOOL, part.attributes.get("srclang", "")
        else:
            yield from _unit(part, path, source=source, ours=ours)


def _unit(unit: Part, path: str, *, source: str, ours: bool) -> Iterator[Memory | Problem]:
    if not unit.whole:
        reason = saying("a unit has %(most)s letters at most", most=LONGEST_UNIT)
        yield Problem(path=path, line=unit.line, reason=reason)
        return
    words, unnamed, others = dict[Tag, str](), list[str](), list[Tag]()
    variants = list(unit.parts("tuv"))
    for variant in variants:
        written = variant.attributes.get("xml:lang") or variant.attributes.get("lang") or ""
        tag = _tag(written)
        if tag is None:
            unnamed.append(written)
            continue
        said = next((one.words for one in variant.parts("seg")), "")
        if said.strip():
            said = said if ours else said.strip()
            others += [tag] if words.setdefault(tag, said) != said else []
    if len(words) < 2:
        yield Problem(path=path, line=unit.line, reason=_too_few(unnamed))
        return
    yield from (Problem(path=path, line=unit.line, reason=twice(tag)) for tag in others)
    props = {one.attributes.get("type", "").lower(): one.words.strip() for one in unit.parts("prop")}
    who = [one.attributes for one in (unit, *reversed(variants))]
    yield Memory(
        words=words, source=_tag(unit.attributes.get("srclang", source)) or _UNSAID, line=unit.line,
        at=next((at for one in who for name in ("changedate", "creationdate") if (at := _time(one.get(name)))), None),
        by=next((by for one in who for name in ("changeid", "creationid") if (by := one.get(name, "").strip())), ""),
        document=props.get(_DOCUMENT) or props.get("document") or "", machine=props.get(_ORIGIN) == _MACHINE,
        message=props.get(_KIND) == _MESSAGE,
    )  # fmt: skip


def twice(language: Tag) -> str:
    """Return why words are left out that are not the first ones of their unit in a language."""
    return saying("it has other words in %(language)s as well: the first ones are taken", language=language)


def _too_few(unnamed: list[str]) -> str:
    if unnamed:
        return saying("“%(word)s” is no language", word=unnamed[0][:_MOST_TAG])
    return saying("it has words in fewer than two languages")


def _tag(written: str) -> Tag | None:
    return tag_said(written.strip().replace("_", "-"))


def _time(written: str | None) -> datetime | None:
    try:
        return datetime.strptime((written or "").removesuffix("Z") + "+0000", "%Y%m%dT%H%M%S%z")
    except ValueError:
        return None
