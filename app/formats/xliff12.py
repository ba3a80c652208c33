"""XLIFF 1.2 (OASIS standard of 1 February 2008): a text beside its source as `trans-unit`s, and back.

A pair of codes is a `g`, one that stands alone an `x`; `bx` and `ex`, and native code (`bpt`, `ept`, `it`, `ph`), are
read by their numbers too. A message with plural forms is a `group` as gettext's tools make it (`x-gettext-plurals`).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from app.domain.inline_codes import Code, Role, Sort
from app.domain.likeness import plainly
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
    tag_said,
    words_of,
)
from app.formats.xliff_parts import Part, copied, is_partial
from app.formats.xml import SPACE, written_xml

_MAKE: Final = Maker("urn:oasis:names:tc:xliff:document:1.2")
MIXED: Final = frozenset({"source", "target", "note", "context"})
PLURALS: Final = "x-gettext-plurals"
_STATES: Final = {
    State.MISSING: "needs-translation", State.NEEDS_WORK: "needs-review-translation", State.DONE: "translated",
}  # fmt: skip
_SAID: Final = {
    "translated": State.DONE, "signed-off": State.DONE, "final": State.DONE, "needs-adaptation": State.NEEDS_WORK,
    "needs-l10n": State.NEEDS_WORK, "needs-review-adaptation": State.NEEDS_WORK,
    "needs-review-l10n": State.NEEDS_WORK, "needs-review-translation": State.NEEDS_WORK,
}  # fmt: skip
"""What a state says of words; beside words `new` and `needs-translation` only say that a tool left them there."""
_TYPES: Final = {Sort.STRONG: "bold", Sort.EMPHASIS: "italic", Sort.LINK: "link", Sort.IMAGE: "image", Sort.BREAK: "lb"}
_PAIRS: Final = frozenset({"g"})
_ENDS: Final = {"bx": Role.OPEN, "bpt": Role.OPEN, "ex": Role.CLOSE, "ept": Role.CLOSE}
_ALONE: Final = frozenset({"x", "ph", "it"})
_DIVIDED: Final = 2
"""Parts that a form has at least, if a tool divided it."""


def write(bitext: Bitext) -> bytes:
    """Return the file."""
    origins = bitext.origins
    root = _MAKE.root("xliff", version="1.2")
    languages = {"source-language": origins.source, "target-language": origins.locale}
    file = _MAKE.element("file", original=str(origins), datatype="plaintext", **languages, **{"tool-id": "tilmash"})
    header, body = _MAKE.element("header"), _MAKE.element("body")
    header.append(_MAKE.element("tool", **{"tool-id": "tilmash", "tool-name": "Tilmash"}))
    header.append(_MAKE.said("note", bitext.title))
    body.extend(_written(unit) for unit in bitext.units)
    file.extend((header, body))
    root.append(file)
    return written_xml(root, mixed=MIXED)


def _written(unit: Unit) -> etree._Element:
    if len(unit.source) == 1:
        return _form(unit, 0, unit.name)
    group = _MAKE.element("group", id=unit.name, restype=PLURALS, resname=plain(unit.place))
    group.extend(_form(unit, form, f"{unit.name}[{form}]") for form in range(len(unit.source)))
    return group


def _form(unit: Unit, form: int, name: str) -> etree._Element:
    made = _MAKE.element("trans-unit", id=name, resname=plain(unit.place))
    made.set(SPACE, "preserve")
    pieces = unit.pieces(form)
    source, target = _MAKE.element("source"), _MAKE.element("target", state=_STATES[unit.state])
    append(source, pieces[0], _code)
    append(target, pieces[1], _code)
    made.extend((source, target))
    if unit.context is not None:
        group = _MAKE.element("context-group", name="gettext", purpose="information")
        group.append(_MAKE.said("context", unit.context, **{"context-type": "x-gettext-msgctxt"}))
        made.append(group)
    for number, reference in enumerate(unit.references):
        group = _MAKE.element("context-group", name=f"reference-{number}", purpose="location")
        group.append(_MAKE.said("context", reference, **{"context-type": "sourcefile"}))
        made.append(group)
    made.extend(_MAKE.said("note", note) for note in unit.notes)
    if unit.before:
        before = _MAKE.element("alt-trans", alttranstype="previous-version")
        before.extend((_MAKE.said("source", unit.before), _MAKE.said("target", unit.target[form])))
        made.append(before)
    return made


def _code(code: Code) -> etree._Element:
    kind = _TYPES.get(code.sort) or f"x-{code.sort}"
    name = "g" if code.role is Role.OPEN else "x"
    return _MAKE.element(name, id=str(code.number), ctype=kind, **{"equiv-text": plain(code.written)})


def read(root: etree._Element) -> tuple[Returned, ...]:
    """Return each `file` of a document whose root was read."""
    return tuple(_file(file) for file in root.iterchildren("{*}file"))


def _file(file: etree._Element) -> Returned:
    return Returned(
        origins=Origins.parse(file.get("original", "")),
        source=tag_said(file.get("source-language")),
        locale=tag_said(file.get("target-language")),
        units=tuple(_units(file)),
        remarks=said_in(file.iterfind("{*}header/{*}note")),
    )


def _units(file: etree._Element) -> Iterator[Came]:
    for one in outermost(file, _is_unit):
        forms = [one] if etree.QName(one).localname == "trans-unit" else list(outermost(one, _is_form))
        yield _came(one.get("id", ""), forms, one)


def _is_unit(one: etree._Element) -> bool:
    return _is_form(one) or (etree.QName(one).localname == "group" and one.get("restype") == PLURALS)


def _is_form(one: etree._Element) -> bool:
    return _is_named(one, "trans-unit")


def _is_named(one: etree._Element, name: str) -> bool:
    return etree.QName(one).localname == name


def _came(name: str, forms: list[etree._Element], stands: etree._Element) -> Came:
    contexts = (one.text or "" for one in stands.iter("{*}context") if one.get("context-type") == "x-gettext-msgctxt")
    states = {_state(form) for form in forms if form.find("{*}target") is not None}
    source = forms[0].find("{*}source") if forms else None
    parts = [_parts(form) for form in forms]
    partial = any(is_partial(tuple(some.values())) for some in parts)
    return Came(
        name=name,
        source=_plainly(source) if source is not None else "",
        forms=forms_of(map(_form_said, forms, parts)),
        line=stands.sourceline or 0,
        context=next(contexts, None),
        state=State.NEEDS_WORK if partial or State.NEEDS_WORK in states else
        State.DONE if states == {State.DONE} else None,
        partial=partial,
        copied=tuple(words for some in parts for words in copied(tuple(some.values()))),
        remarks=said_in(stands.iter("{*}note", "{*}mrk"), "comment"),
    )  # fmt: skip


def _form_said(form: etree._Element, parts: Mapping[etree._Element, Part]) -> Words | None:
    """Return what a form says, nothing of the parts that are not translated; None if it has no target or none is."""
    target = form.find("{*}target")
    if target is None or (parts and not any(one.is_said for one in parts.values())):
        return None
    return words_of(target, _refs, [one for one, part in parts.items() if part.is_left])


def _parts(form: etree._Element) -> Mapping[etree._Element, Part]:
    """Return the parts of a form that a tool divided, by their elements; none of one that is whole.

    One that only its source has is not translated, and there by the element of that.
    """
    said, sources = (list(_segments(form.find(f"{{*}}{name}"))) for name in ("target", "seg-source"))
    there = {one.get("mid") for one in said}
    elements = [*said, *(one for one in sources if one.get("mid") not in there)] if said or _is_empty(form) else []
    if len(elements) < _DIVIDED:
        return {}
    known = {one.get("mid"): _plainly(one) for one in sources}
    source = form.find("{*}source")
    whole = _plainly(source) if source is not None else ""
    parts, is_new = {}, _state(form) is None
    for number, one in enumerate(elements):
        words = _plainly(one) if number < len(said) else ""
        own = words if words.strip() and plainly(words) in plainly(whole) else whole  # where no `seg-source` tells
        parts[one] = Part(source=known.get(one.get("mid"), own), target=words, is_new=is_new)
    return parts


def _is_empty(form: etree._Element) -> bool:
    target = form.find("{*}target")
    return target is None or not words_of(target, _refs)


def _segments(element: etree._Element | None) -> Iterator[etree._Element]:
    if element is not None:
        yield from outermost(element, lambda one: _is_named(one, "mrk") and one.get("mtype") == "seg")


def _state(form: etree._Element) -> State | None:
    target = form.find("{*}target")
    if form.get("approved") == "yes":
        return State.DONE
    return _SAID.get(target.get("state", "")) if target is not None else None


def _plainly(element: etree._Element) -> str:
    return plain_words(words_of(element, _refs))


def _refs(element: etree._Element) -> tuple[Ref, ...]:
    name, number = etree.QName(element).localname, number_of(element.get("rid") or element.get("id"))
    if name in _PAIRS:
        return Ref(number, Role.OPEN), Ref(number, Role.CLOSE)
    if name in _ENDS:
        return (Ref(number, _ENDS[name]),)
    return (Ref(number, Role.ALONE),) if name in _ALONE else ()
