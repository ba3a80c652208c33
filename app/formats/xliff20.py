"""XLIFF 2.0 (OASIS standard of 5 August 2014; ISO 21720): a text beside its source as `unit`s, and back.

A pair of codes is a `pc`, one that stands alone a `ph`, each with what is written there in `originalData`; `sc` and
`ec` are read too. A message with plural forms is a `group` of a unit for each.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.domain.inline_codes import Code, Piece, Role, Sort
from app.domain.segments import State
from app.formats.bitext import Bitext, Came, Origins, Ref, Returned, Unit, Words
from app.formats.xliff import (
    Maker,
    append,
    forms_of,
    number_of,
    outermost,
    plain,
    plain_words,
    said_in,
    says,
    tag_said,
    words_of,
)
from app.formats.xliff_parts import Part, copied, is_partial
from app.formats.xml import SPACE, written_xml

_MAKE: Final = Maker("urn:oasis:names:tc:xliff:document:2.0")
MIXED: Final = frozenset({"source", "target", "note", "data"})
PLURALS: Final = "gettext:plurals"
UNSURE: Final = "gettext:fuzzy"
_CONTEXT: Final = "gettext:msgctxt"
_LOCATION: Final = "location"
_BEFORE: Final = "previous-source"
_OURS: Final = frozenset({_CONTEXT, _LOCATION, _BEFORE})
"""Categories of notes in which a file says something of a unit that is nobody's remark."""
_TYPES: Final = {
    Sort.STRONG: ("fmt", "xlf:b"), Sort.EMPHASIS: ("fmt", "xlf:i"), Sort.BREAK: ("fmt", "xlf:lb"),
    Sort.PLACEHOLDER: ("ui", "xlf:var"), Sort.LINK: ("link", ""), Sort.IMAGE: ("image", ""),
}  # fmt: skip


def write(bitext: Bitext) -> bytes:
    """Return the file."""
    origins = bitext.origins
    languages = {"srcLang": origins.source, "trgLang": origins.locale}
    root = _MAKE.root("xliff", version="2.0", **languages)
    file = _MAKE.element("file", id="f1", original=str(origins))
    file.append(_notes([("", bitext.title)]))
    file.extend(_written(unit) for unit in bitext.units)
    root.append(file)
    return written_xml(root, mixed=MIXED)


def _written(unit: Unit) -> etree._Element:
    if len(unit.source) == 1:
        return _form(unit, 0, unit.name)
    group = _MAKE.element("group", id=unit.name, name=plain(unit.place), type=PLURALS)
    group.extend(_form(unit, form, f"{unit.name}.{form}") for form in range(len(unit.source)))
    return group


def _form(unit: Unit, form: int, name: str) -> etree._Element:
    made = _MAKE.element("unit", id=name, name=plain(unit.place))
    made.set(SPACE, "preserve")
    notes = [(_CONTEXT, unit.context)] if unit.context is not None else []
    notes += [(_LOCATION, one) for one in unit.references] + [("", one) for one in unit.notes]
    if unit.before:
        notes.append((_BEFORE, unit.before))
    if notes:
        made.append(_notes(notes))
    source, target = unit.pieces(form)
    data: dict[str, str] = {}
    segment = _MAKE.element("segment", state="translated" if unit.state is State.DONE else "initial")
    if unit.state is State.NEEDS_WORK:
        segment.set("subState", UNSURE)
    segment.append(_words("source", source, data))
    if any(unit.target):
        segment.append(_words("target", target, data))
    if data:
        original = _MAKE.element("originalData")
        original.extend(_MAKE.said("data", written, id=number) for written, number in data.items())
        made.append(original)
    made.append(segment)
    return made


def _words(name: str, pieces: tuple[Piece, ...], data: dict[str, str]) -> etree._Element:
    ends = {one.number: one.written for one in pieces if isinstance(one, Code) and one.role is Role.CLOSE}

    def code(one: Code) -> etree._Element:
        kind, sub = _TYPES.get(one.sort, ("other", ""))
        said = {"id": str(one.number), "type": kind} | ({"subType": sub} if sub else {})
        if one.role is Role.ALONE:
            return _MAKE.element("ph", dataRef=_data(one.written, data), disp=plain(one.written), **said)
        refs = {"dataRefStart": _data(one.written, data), "dataRefEnd": _data(ends[one.number], data)}
        return _MAKE.element("pc", **said, **refs)

    made = _MAKE.element(name)
    append(made, pieces, code)
    return made


def _data(written: str, data: dict[str, str]) -> str:
    return data.setdefault(plain(written), f"d{len(data) + 1}")


def _notes(notes: list[tuple[str, str]]) -> etree._Element:
    made = _MAKE.element("notes")
    made.extend(_MAKE.said("note", words, **({"category": sort} if sort else {})) for sort, words in notes)
    return made


def read(root: etree._Element) -> tuple[Returned, ...]:
    """Return each `file` of a document whose root was read."""
    source, locale = tag_said(root.get("srcLang")), tag_said(root.get("trgLang"))
    return tuple(
        Returned(
            origins=Origins.parse(file.get("original", "")), source=source, locale=locale, units=tuple(_units(file)),
            remarks=said_in(file.iterfind("{*}notes/{*}note")),
        )
        for file in root.iterchildren("{*}file")
    )  # fmt: skip


def _units(file: etree._Element) -> Iterator[Came]:
    for one in outermost(file, _is_unit):
        yield _came(one, [one] if _is_form(one) else list(outermost(one, _is_form)))


def _is_unit(one: etree._Element) -> bool:
    return _is_form(one) or (etree.QName(one).localname == "group" and one.get("type") == PLURALS)


def _is_form(one: etree._Element) -> bool:
    return etree.QName(one).localname == "unit"


def _came(stands: etree._Element, forms: list[etree._Element]) -> Came:
    pieces = [list(form.iterchildren("{*}segment", "{*}ignorable")) for form in forms]
    segments = [list(filter(_is_segment, some)) for some in pieces]
    parts = [[_part(one) for one in some] if len(some) > 1 else [] for some in segments]
    partial, said = any(map(is_partial, parts)), forms_of(map(_form_said, pieces))
    states = {_state(one) for some in segments for one in some if one.find("{*}target") is not None}
    contexts = (one.text or "" for one in stands.iter("{*}note") if one.get("category") == _CONTEXT)
    return Came(
        name=stands.get("id", ""),
        source="".join(plain_words(_side(one, "source")) for one in (pieces[0] if pieces else ())),
        forms=said,
        line=stands.sourceline or 0,
        context=next(contexts, None),
        state=State.NEEDS_WORK if partial or (State.NEEDS_WORK in states and any(map(says, said))) else
        State.DONE if states == {State.DONE} else None,
        partial=partial,
        copied=tuple(words for some in parts for words in copied(some)),
        remarks=said_in(filter(_is_remark, stands.iter("{*}note", "{*}mrk", "{*}sm")), "value"),
    )  # fmt: skip


def _is_remark(one: etree._Element) -> bool:
    """Tell whether a note, or what marks words in a segment, is there to say something."""
    if etree.QName(one).localname == "note":
        return one.get("category") not in _OURS
    return one.get("type") == "comment"


def _form_said(pieces: list[etree._Element]) -> Words | None:
    """Return what the pieces of a unit say together, nothing of the segments that are not translated.

    None if no segment has a target, or none of several is translated.
    """
    segments = list(filter(_is_segment, pieces))
    is_one = len(segments) == 1
    left = [one for one in segments if not is_one and _part(one).is_left]
    if not any(one.find("{*}target") is not None and (is_one or _part(one).is_said) for one in segments):
        return None
    ordered = sorted(enumerate(pieces), key=lambda pair: _order(pair[1], pair[0] + 1))
    return tuple(piece for _, one in ordered if one not in left for piece in _target(one))


def _part(segment: etree._Element) -> Part:
    source, target = (plain_words(_side(segment, name)) for name in ("source", "target"))
    return Part(source=source, target=target, is_new=_state(segment) is None)


def _order(segment: etree._Element, place: int) -> int:
    """Return where a segment's words stand in the translation: at its own place, unless `order` says otherwise."""
    target = segment.find("{*}target")
    return number_of(target.get("order")) or place if target is not None else place


def _is_segment(one: etree._Element) -> bool:
    return etree.QName(one).localname == "segment"


def _target(one: etree._Element) -> Words:
    """Return what a piece says; what has no words says the same in both languages if it says nothing."""
    return _side(one, "source" if one.find("{*}target") is None else "target")


def _side(one: etree._Element, name: str) -> Words:
    found = one.find(f"{{*}}{name}")
    return words_of(found, _refs) if found is not None else ()


def _state(segment: etree._Element) -> State | None:
    if segment.get("state") in {"translated", "reviewed", "final"}:
        return State.DONE
    return State.NEEDS_WORK if segment.get("subState") == UNSURE else None


def _refs(element: etree._Element) -> tuple[Ref, ...]:
    number = number_of(element.get("startRef") or element.get("id"))
    match etree.QName(element).localname:
        case "pc":
            return Ref(number, Role.OPEN), Ref(number, Role.CLOSE)
        case "ph":
            return (Ref(number, Role.ALONE),)
        case "sc":
            return (Ref(number, Role.OPEN),)
        case "ec":
            return (Ref(number, Role.CLOSE),)
        case _:
            return ()
