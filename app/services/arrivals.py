"""A file that came back, laid beside the text that it is of: what it would change is told before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.alignment import carry
from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.domain.segments import Key, Segment, Tag
from app.domain.side_by_side import Typed, typed_into
from app.formats import files
from app.formats.bitext import Returned
from app.formats.choice import labelled, parse
from app.formats.columns import told_apart
from app.services import exchange, file_remarks
from app.services.arriving_messages import remarks_of, usable
from app.services.bitexts import Refused, laid_beside
from app.services.file_remarks import Remark
from app.services.file_rows import sources_of
from app.services.histories import segments_of
from app.services.sheets import NO_TEXT, Bases, Sheet, sheet
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.services.texts import find_document, find_revision
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found


class Unnamed(BadText):  # a refusal like the others
    """A file that does not say which text it is of, or in which language, and nobody else said it."""

    def __init__(self, path: str, *, document: bool, locale: bool) -> None:
        super().__init__(Problem(path=path, line=0, reason=saying("the file does not say which text it is")))
        self.path, self.document, self.locale = path, document, locale


class OfAnother(BadText):
    """A file that says that it is another text, or in another language, than where somebody gives it."""

    def __init__(self, path: str, document: DocumentName, locale: Tag) -> None:
        reason = saying(
            "this file is of %(document)s in %(language)s: give it there", document=str(document), language=locale
        )
        super().__init__(Problem(path=path, line=0, reason=reason))
        self.document, self.locale = document, locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody said of a file: which text it is, in which language, of which revision; else it says so itself.

    `salvage` asks for what can be used of a catalogue with other plural forms than its language has here.
    """

    document: DocumentName | None = None
    locale: Tag | None = None
    base: int | None = None
    salvage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A file that has a text beside its source: its words by the keys of the very sheet that it was made from."""

    sheet: Sheet
    typed: Mapping[Key, Typed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A file that is the text itself, as it is kept; `base` numbers what it is laid beside (None: there is no text)."""

    text: str
    base: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file, and what it says otherwise (`theirs`) than what it was made from (`before`).

    `changed` are the segments of which it says something new, `refused` what of it cannot be part of the text.
    `is_sure` tells that the file says what it was made from: else it is laid beside the newest text, and nobody can
    tell what others changed meanwhile. `by_place` counts the segments that were found by nothing but their place among
    the others. `remarks` are what people say in it of segments.
    """

    document: DocumentName
    locale: Tag
    path: str
    file: Beside | Whole
    before: Sequence[Segment]
    theirs: Sequence[Segment]
    changed: Sequence[Key]
    refused: tuple[Refused, ...] = ()
    is_sure: bool = True
    by_place: int = 0
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def base(self) -> int | None:
        """Return the number of the revision that it is laid beside; None where there is no text yet."""
        return self.file.base if isinstance(self.file, Whole) else self.file.sheet.bases.revision or None


def arrivals(session: Session, raw: bytes, told: Told, *, path: str) -> tuple[Arrival, ...]:
    """Return what a file has in it, text by text, each laid beside what it was made from.

    Of several the one that was told of, if one was. Unnamed where nobody says which text it is. BadText, with the line,
    for what is broken, is of another text or language, or has nothing of this one; NotFound where it names what there
    is none of.
    """
    article = told.document is not None and told.document.kind is not Kind.CATALOGUE
    several = files.returned(raw, path=path, article=article)
    if not several:
        return (_whole(session, raw, told, path),)
    if len(several) > 1 and told.document is not None:
        several = _of_told(several, told, path)
    found = []
    for returned in several:
        said = returned.origins
        name = told.document or (said.document if said is not None else None)
        tag = told.locale or (said.locale if said is not None else returned.locale)
        if name is None or tag is None:
            raise Unnamed(path, document=name is None, locale=tag is None)
        found.append(_beside(session, returned, name, tag, path))
    return tuple(found)


def _beside(session: Session, returned: Returned, name: DocumentName, locale: Tag, path: str) -> Arrival:
    said = returned.origins
    if said is not None and (said.document, said.locale) != (name, locale):
        raise OfAnother(path, said.document, said.locale)
    _require_language(returned.locale, locale, path)
    bases = Bases() if said is None else Bases(
        revision=said.revision or NO_TEXT, source=None if name.kind is Kind.CATALOGUE else said.source,
        source_revision=said.source_revision,
    )  # fmt: skip
    shown = sheet(session, name, locale, bases)
    returned = told_apart(returned, sources_of(shown), path=path)
    laid = laid_beside(shown, returned)
    if returned.units and len([one for one in laid.refused if one.key is None]) == len(returned.units):
        reason = saying("nothing in this file is of this text")
        raise BadText(Problem(path=path, line=0, reason=reason))
    return Arrival(
        document=name, locale=locale, path=path, file=Beside(sheet=shown, typed=laid.typed),
        before=[row.target for row in shown.rows if row.target is not None],
        theirs=typed_into(shown.rows, laid.typed, begun=shown.base is None), changed=tuple(laid.typed),
        refused=laid.refused, is_sure=said is not None,
        by_place=len(laid.by_place), problems=returned.problems,
        remarks=file_remarks.of_others(session, shown, returned, laid.keys),
    )  # fmt: skip


def _of_told(several: Sequence[Returned], told: Told, path: str) -> tuple[Returned, ...]:
    """Return the text of several that was told of, with a word on the others.

    Else those that do not say what they are, as one; else all.
    """
    ours = tuple(
        one for one in several
        if one.origins is not None and one.origins.document == told.document
        and told.locale in {None, one.origins.locale}
    )  # fmt: skip
    unnamed = [one for one in several if one.origins is None]
    if ours:
        others = tuple(
            OfAnother(path, one.origins.document, one.origins.locale).problems[0]
            for one in several if one.origins is not None and one not in ours
        )  # fmt: skip
        return tuple(replace(one, problems=(*one.problems, *others)) for one in ours)
    if not unnamed:
        return tuple(several)
    units = tuple(unit for one in unnamed for unit in one.units)
    return (replace(unnamed[0], units=units, remarks=tuple(said for one in unnamed for said in one.remarks)),)


def _require_language(said: Tag | None, locale: Tag, path: str) -> None:
    """Refuse a file that names another language; what it says of script and region may be missing."""
    if said is not None and said.partition("-")[0] != locale.partition("-")[0]:
        reason = saying("this file is in another language: %(language)s", language=said)
        raise BadText(Problem(path=path, line=0, reason=reason))


def _whole(session: Session, raw: bytes, told: Told, path: str) -> Arrival:
    """Lay a text as it is kept beside the revision that it was made from."""
    label = exchange.label_of(raw, path=path)
    name = told.document or (label.document if label else None)
    tag = told.locale or (label.locale if label else exchange.language_of(raw, path=path))
    if name is None or tag is None:
        raise Unnamed(path, document=name is None, locale=tag is None)
    if label is not None and (label.document, label.locale) != (name, tag) and told.base is None:
        raise OfAnother(path, label.document, label.locale)
    _require_language(exchange.language_of(raw, path=path), tag, path)
    number = told.base or (label.revision if label is not None else None)
    held = find_document(session, name)
    text = held.text_in(tag) if held is not None else None
    known = _known(session, text, number)
    file = decode(Slot(document=name, locale=tag), Found(path=path, raw=raw))
    parsed = parse(name.kind, tag, file, path=path)
    if parsed.broken and not (known is not None and parse(name.kind, tag, known.text, path=path).broken):
        raise BadText(*parsed.broken)
    before = segments_of(text, known) if text is not None and known is not None else ()
    refused: tuple[Refused, ...] = ()
    told_of: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    if name.kind is Kind.CATALOGUE and known is not None:
        remarks = remarks_of(file, known.text)
        file, refused, told_of = usable(file, known.text, before, tag, salvage=told.salvage, path=path)
        parsed = parse(name.kind, tag, file, path=path)
    bare = labelled(name.kind, tag, file, None, path=path)
    same = known is not None and text is not None and exchange.is_as_given(session, text, known, bare)
    theirs = before if same else carry(before, parsed.segments, parent=known.digest if known is not None else "")
    base = known.number if known is not None else None
    return Arrival(
        document=name, locale=tag, path=path, file=Whole(text=file, base=base), before=before, theirs=theirs,
        changed=_changed(before, theirs), refused=refused, is_sure=number is not None,
        problems=(*told_of, *parsed.warnings), remarks=remarks,
    )  # fmt: skip


def _known(session: Session, text: DbTranslation | None, number: int | None) -> DbRevision | None:
    if text is None:
        return None
    if number is not None:
        return find_revision(session, text, number)
    return session.get_one(DbRevision, text.head_id) if text.head_id else None


def _changed(before: Sequence[Segment], theirs: Sequence[Segment]) -> tuple[Key, ...]:
    then, now = ({one.key: (one.text, one.state) for one in some} for some in (before, theirs))
    return tuple(key for key in dict.fromkeys((*then, *now)) if then.get(key) != now.get(key))
