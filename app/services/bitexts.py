"""A sheet as a file for translators, and what came back as words that were typed into that very sheet."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from app.domain.checks.table import errors
from app.domain.inline_codes import Code, Role, pieces_of
from app.domain.likeness import alike, plainly
from app.domain.said import saying
from app.domain.segments import FIXED_KINDS, Key, State
from app.domain.side_by_side import FORMS, MARK, Row, Typed
from app.formats.bitext import Bitext, Came, Origins, Ref, Returned, Unit, Words
from app.formats.po_entries import previous
from app.services.checks import originals, pair_of
from app.services.file_rows import forms_of, found, written_rows
from app.services.sheets import NO_TEXT, Sheet
from app.services.texts import require_document
from app.storage.talk import WHOLE, DbComment, DbResolution

_LINE_BREAK: Final = re.compile(r"[ \t]*[\r\n]\s*")

_SAME: Final = 0.75
"""From here on words are those of their source, copied and perhaps mended."""

COPIED: Final = saying("these are the words of the source, or nearly: the translation stays")

NOTHING_SAID: Final[Mapping[Key, Sequence[str]]] = MappingProxyType({})


def bitext_of(sheet: Sheet, remarks: Mapping[Key, Sequence[str]] = NOTHING_SAID) -> Bitext:
    """Return a sheet as a file has it; `remarks` are what people said of its segments, by the keys of rows."""
    bases = sheet.bases
    origins = Origins(
        document=sheet.document, locale=sheet.locale, revision=bases.revision or NO_TEXT,
        source=sheet.source_language, source_revision=bases.source_revision,
    )  # fmt: skip
    titles = (row.text or row.sources[0].text for row in sheet.rows if row.kind == "title" and row.sources)
    return Bitext(
        origins=origins, title=next(titles, "") or sheet.document.name, units=tuple(_units(sheet, remarks))
    )  # fmt: skip


def remarks(session: Session, sheet: Sheet) -> Mapping[Key, Sequence[str]]:
    """Return what people said of the segments of a sheet and its source and is not settled, by the keys of its rows."""
    document = require_document(session, sheet.document)
    rows = {row.key: row.key for row in sheet.rows} | {
        source.key: row.key for row in sheet.rows for source in row.sources if row.target is None
    }
    texts = [text.id for text in (document.text_in(sheet.locale), document.text_in(sheet.source)) if text is not None]
    settled = (
        select(DbResolution.settled)
        .where(DbResolution.comment_id == DbComment.id)
        .order_by(DbResolution.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    said = (
        select(DbComment)
        .where(
            DbComment.translation_id.in_(texts), DbComment.key != WHOLE, func.coalesce(settled, false()).is_(false())
        )
        .order_by(DbComment.id)
    )
    found: dict[Key, list[str]] = {}
    for one in session.scalars(said):
        if one.key in rows:
            found.setdefault(rows[one.key], []).append(f"{one.author}: {one.text}")
    return found


def _units(sheet: Sheet, remarks: Mapping[Key, Sequence[str]]) -> Iterator[Unit]:
    counted = Counter[str]()
    for row in written_rows(sheet):
        counted[row.kind] += 1
        source, target = forms_of(sheet, row)
        entry = sheet.messages.get(row.key) if row.kind == "message" else None
        yield Unit(
            key=row.key, kind=row.kind, place=row.key if row.kind in FIXED_KINDS - {"message"} else
            f"{row.kind} {counted[row.kind]}", source=source, target=target, state=_state(row),
            before=_before(sheet, row, source[0]), context=entry.context if entry else None,
            notes=(*(entry.comments("#.") + entry.comments("#") if entry else ()), *remarks.get(row.key, ())),
            references=entry.comments("#:") if entry else (), flags=entry.flags if entry else (),
        )  # fmt: skip


def _state(row: Row) -> State:
    if not row.text.replace(FORMS, "").strip():
        return State.MISSING
    return State.NEEDS_WORK if row.unsure or row.stale else State.DONE


def _before(sheet: Sheet, row: Row, source: str) -> str:
    """Return what the words were made of, without the mark if that is what its source is written without."""
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    if entry is not None:
        return "".join(previous(entry)[:1])
    before = "\n\n".join(one.text for one in row.before)
    return before if source == originals(sheet, row)[0] else MARK.sub("", before, count=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A unit of a file that cannot be part of the text: its words, its line, and why; `key` is None if nobody knows."""

    line: int
    text: str
    reason: str
    key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What a file says otherwise than the sheet that it is laid beside, and what of it cannot be used.

    `by_place` are the segments that were found by nothing but their place among the others, `keys` those of the units
    in their order.
    """

    typed: Mapping[Key, Typed]
    keys: Sequence[Key | None] = ()
    refused: tuple[Refused, ...] = ()
    by_place: frozenset[Key] = frozenset()


def laid_beside(sheet: Sheet, returned: Returned) -> Laid:
    """Return what somebody changed in a file, by the keys of the sheet that it was made from.

    Units are found as `file_rows.found` says. A unit with an error
    (a check that forbids handing in), with a code that the sheet does not know, or of nothing on the sheet is refused;
    one that is as it was says nothing.
    """
    rows, by_place = found(sheet, returned.units)
    typed, refused, seen = dict[Key, Typed](), list[Refused](), set[Key]()
    for came, row in zip(returned.units, rows, strict=True):
        try:
            said = _said(sheet, row, came, seen, is_sure=returned.origins is not None)
        except _UnusableError as fault:
            words = _spoken(sheet, row, came)
            refused.append(Refused(line=came.line, text=words, reason=fault.said, key=row.key if row else None))
            said = None
        if row is not None:
            seen.add(row.key)
            if said is not None:
                typed[row.key] = said
    keys = [row.key if row is not None else None for row in rows]
    return Laid(typed=typed, keys=keys, refused=tuple(refused), by_place=by_place & typed.keys())


class _UnusableError(Exception):
    """A unit that cannot be part of the text, and why (in English, or a `Said`)."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def _said(sheet: Sheet, row: Row | None, came: Came, seen: Container[Key], *, is_sure: bool) -> Typed | None:
    """Return what a unit says of its row, None where that is what stood there; _UnusableError where that cannot be."""
    if row is None:
        raise _UnusableError(saying("the text has no such segment"))
    if row.key in seen:
        raise _UnusableError(saying("the segment stands in the file more than once"))
    if came.wrong:
        raise _UnusableError(came.wrong)
    came = replace(came, forms=tuple(() if _is_blank(words) else words for words in came.forms))
    if not any(came.forms) and not (is_sure and came.state is not None):
        return None  # a tool that knows no words for it has left it empty: nobody took words away
    said = _typed(sheet, row, came)
    unit = _unit_of(sheet, row)
    if said is None or (said.forms == unit.target and came.partial):
        return None
    if came.partial and any(unit.target):
        reason = saying("a tool divided it, and not all of its parts are translated: the translation stays")
        raise _UnusableError(reason)
    if not any(unit.target) and came.kind is None and came.state is None and _is_copy(unit, *said.forms):
        return None  # which a tool has filled in and nobody called a translation
    if said.forms != unit.target and _is_source(unit, said.forms, came.copied):
        raise _UnusableError(COPIED)
    return said


def _is_blank(words: Words) -> bool:
    return all(isinstance(one, str) and not one.strip() for one in words)


def _is_copy(unit: Unit, *forms: str) -> bool:
    """Tell whether forms are their source's words, of whichever number and with whatever codes: a tool may know one."""
    known = {_bare(unit, source) for source in unit.source}
    return all(_bare(unit, form) in known for form in forms)


def _bare(unit: Unit, form: str) -> str:
    """Return the words of a form without its codes, which a copy has as the translation had them; codes alone whole."""
    pieces = pieces_of(form, unit.kind, unit.flags)
    return plainly("".join(one for one in pieces if isinstance(one, str))) or plainly(form)


def _is_source(unit: Unit, forms: Sequence[str], copied: Iterable[str]) -> bool:
    """Tell whether a form that would take the place of another is its source's words, or more like them than that one.

    `copied` are parts of it that say what their source says: names and numbers, if they stood there before.
    """
    before = plainly("".join(unit.target))
    return any(
        old not in {"", form} and not _is_copy(unit, old)
        and (_is_copy(unit, form) or alike(old, form) < alike(source, form) >= _SAME)
        for form, source, old in zip(forms, unit.source, unit.target, strict=True)
    ) or any(before and plainly(one) not in before for one in copied)  # fmt: skip


def _spoken(sheet: Sheet, row: Row | None, came: Came) -> str:
    """Return the words of a unit that cannot be part of the text, with those of its codes that are known."""
    unit = _unit_of(sheet, row) if row is not None else None
    forms = []
    for at, words in enumerate(came.forms):
        codes = _codes(unit, at) if unit is not None and at < len(unit.source) else {}
        forms.append("".join(one if isinstance(one, str) else codes.get((one.number, one.role), "") for one in words))
    return FORMS.join(form.strip() if came.partial else form for form in forms)


def _unit_of(sheet: Sheet, row: Row) -> Unit:
    sources, stood = forms_of(sheet, row)
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    return Unit(
        key=row.key, kind=row.kind, place="", source=sources, target=stood, state=State.DONE,
        flags=entry.flags if entry is not None else (),
    )  # fmt: skip


def _typed(sheet: Sheet, row: Row, came: Came) -> Typed | None:
    """Return what a unit says of a row; None where that is what the sheet had."""
    unit = _unit_of(sheet, row)
    stood = unit.target
    if not came.forms:
        return None
    if len(came.forms) != len(stood):
        reason = saying(
            "it has %(given)s plural forms, and the language has %(asked)s", given=len(came.forms), asked=len(stood)
        )
        raise _UnusableError(reason)
    forms = tuple(_written(words, unit, at) for at, words in enumerate(came.forms))
    if came.partial:  # what stood between two parts
        forms = tuple(form.strip() for form in forms)
    if row.kind == "title" and forms != stood:  # which is one line: somebody's Return in a cell divides nothing
        forms = tuple(_LINE_BREAK.sub(" ", form.strip()) for form in forms)
    partly = any(forms) and not all(forms)
    forms = tuple(form or stood[at] for at, form in enumerate(forms)) if partly else forms
    same = forms == stood
    unsure = row.unsure if came.state is None and same else came.state is State.NEEDS_WORK and any(forms)
    unsure = unsure or (partly and not same)
    right = same and row.stale and came.state is State.DONE
    if same and not right and unsure is (row.unsure or row.stale):
        return None
    if not unsure and any(form.strip() for form in forms):
        for found in errors(pair_of(sheet, row, forms, {})):
            raise _UnusableError(found.said)
    return Typed(forms=forms, unsure=unsure, current=right)


def _written(words: Words, unit: Unit, form: int) -> str:
    """Return words and codes as they are written in the text; what stands before them in any case is left out."""
    codes = _codes(unit, form)
    return "".join(one if isinstance(one, str) else _code(one, codes) for one in words)


def _codes(unit: Unit, form: int) -> Mapping[tuple[int, Role], str]:
    return {
        (one.number, one.role): one.written for side in unit.pieces(form) for one in side if isinstance(one, Code)
    }  # fmt: skip


def _code(ref: Ref, codes: Mapping[tuple[int, Role], str]) -> str:
    if (said := codes.get((ref.number, ref.role))) is None:
        raise _UnusableError(saying("it has a code %(number)s that its source does not have", number=ref.number))
    return said
