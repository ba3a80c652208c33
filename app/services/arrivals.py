"""A file that came back, laid beside the text that it is of: what it would change is told before anything is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from app.domain.alignment import carry
from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotAllowed, Problem, Refusal
from app.domain.merge import Proposal, Reason, merge
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Segment, Tag, digest_of
from app.domain.side_by_side import FORMS, Typed, typed_into
from app.formats import files
from app.formats.bitext import Returned
from app.formats.choice import format_of, labelled, parse
from app.formats.po_check import Checked, check
from app.services import exchange, revisions, sheets, transitions
from app.services.bitexts import Refused, laid_beside
from app.services.exchange import Taken, Wish
from app.services.histories import segments_of
from app.services.sheets import NO_TEXT, Bases, Sheet, sheet
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.services.texts import find_document, find_revision, held_or_begun
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found

_TOLD: Final = 60
"""Letters that are told of words which are of no segment."""


class Fate(StrEnum):
    """What becomes of a segment of a file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"  # it says what the text says by now
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A segment as the text has it, as the file says it, and what becomes of that; why, if it is refused."""

    key: Key | None
    fate: Fate
    now: str
    given: str
    line: int = 0
    reason: str = ""


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
    """A file that is the text itself, as it is kept; `base` numbers what it was made from (None: the newest one)."""

    text: str
    base: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file, and what it says otherwise (`theirs`) than what it was made from (`before`).

    `changed` are the segments of which it says something new, `refused` what of it cannot be part of the text.
    `is_sure` tells that the file says what it was made from: else it is laid beside the newest text, and nobody can
    tell what others changed meanwhile. `by_place` counts the segments that were found by nothing but their place among
    the others.
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
        several = _of_told(several, told)
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
    )  # fmt: skip


def _of_told(several: Sequence[Returned], told: Told) -> tuple[Returned, ...]:
    """Return the text of several that was told of, or all that do not say what they are as one, or else all."""
    ours = tuple(
        one for one in several
        if one.origins is not None and one.origins.document == told.document
        and told.locale in {None, one.origins.locale}
    )  # fmt: skip
    unnamed = [one for one in several if one.origins is None]
    if ours or not unnamed:
        return ours or tuple(several)
    return (replace(unnamed[0], units=tuple(unit for one in unnamed for unit in one.units)),)


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
    remarks: tuple[Problem, ...] = ()
    if name.kind is Kind.CATALOGUE and known is not None:
        file, refused, remarks = _usable(file, known.text, before, told, path=path)
        parsed = parse(name.kind, tag, file, path=path)
    bare = labelled(name.kind, tag, file, None, path=path)
    same = known is not None and text is not None and exchange.is_as_given(session, text, known, bare)
    theirs = before if same else carry(before, parsed.segments, parent=known.digest if known is not None else "")
    return Arrival(
        document=name, locale=tag, path=path, file=Whole(text=file, base=number), before=before, theirs=theirs,
        changed=_changed(before, theirs), refused=refused, is_sure=number is not None,
        problems=(*remarks, *parsed.warnings),
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


def _usable(
    file: str, known: str, before: Sequence[Segment], told: Told, *, path: str
) -> tuple[str, tuple[Refused, ...], tuple[Problem, ...]]:
    """Return a catalogue with the messages that it was made from, no others; what of it cannot be used; and remarks.

    The template says which messages there are: one that the file lacks reads as before. So does one that cannot be
    used, and where the file does not say what it was made from, one that it has left empty. BadText, unless what can be
    is to be salvaged, for a file with another number of plural forms: none of those can be.
    """
    checked, own = check(file, path=path), check(known, path=path)
    faults = {key: problem for key, problem in checked.faults.items() if key not in own.faults}
    others = checked.plurals is not None and own.plurals is not None and checked.forms != own.forms
    wrong = _other_forms(checked.forms, own.forms, path)
    if others:
        if not told.salvage:
            raise BadText(wrong)
        faults |= {one.key: replace(wrong, line=one.line) for one in checked.messages if one.plural is not None}
    text_format = format_of(Kind.CATALOGUE, NO_LANGUAGE)
    theirs = {one.key: one for one in text_format.parse(file, path=path).segments}
    is_sure = text_format.parse(file, path=path).header.label is not None or told.base is not None
    segments = [
        one if one.key in faults or one.key not in theirs or not (is_sure or theirs[one.key].text.strip(FORMS))
        else theirs[one.key]
        for one in before
    ]  # fmt: skip
    refused = tuple(_refused_messages(checked, own, faults))
    if segments == list(theirs.values()) and not refused:
        return file, (), ()
    twice = sum(one.is_message and not one.is_header for one in checked.entries) > len(checked.messages)
    onto = known if others or twice else file  # what stands in a file twice would stay there twice
    return text_format.compose(onto, segments, donor=known), refused, (wrong,) if others else ()


def _refused_messages(checked: Checked, own: Checked, faults: Mapping[str, Problem]) -> Iterator[Refused]:
    """Yield what of a catalogue cannot be used and says something new: broken, of no message, or there already."""
    stood, seen = {one.key: set(one.msgstrs) for one in own.messages}, set[str]()
    for one in checked.entries:
        if not one.is_message or one.is_header or one.obsolete:
            continue
        reason = (
            saying("the segment stands in the file more than once") if one.key in seen else
            saying("the text has no such segment") if one.key not in stood else
            faults[one.key].reason if one.key in faults else ""
        )  # fmt: skip
        seen.add(one.key)
        if reason and any(one.msgstrs) and not set(one.msgstrs) <= stood.get(one.key, set()):
            line = faults[one.key].line if one.key in faults else one.line
            key = Key(one.key) if one.key in stood else None
            yield Refused(line=line, text=FORMS.join(one.msgstrs), reason=reason, key=key)


def _other_forms(given: int, asked: int, path: str) -> Problem:
    reason = saying(
        "its header counts in %(given)s plural forms, and the language here in %(asked)s: put the words into a file "
        "that is downloaded anew",
        given=given, asked=asked,
    )  # fmt: skip
    return Problem(path=path, line=0, reason=reason)


def outlook(session: Session, arrived: Arrival) -> tuple[Outcome, ...]:
    """Return what would become of each segment that a file says something of, if it were taken now."""
    held = find_document(session, arrived.document)
    text = held.text_in(arrived.locale) if held is not None else None
    head = session.get_one(DbRevision, text.head_id) if text is not None and text.head_id else None
    ours = segments_of(text, head) if text is not None and head is not None else arrived.before
    merged = merge(arrived.before, ours, arrived.theirs)
    stood, now, given = ({one.key: one.text for one in some} for some in (arrived.before, ours, arrived.theirs))
    conflicting = {one.key for one in merged.suggestions}
    outcomes = [
        Outcome(
            key=key, now=now.get(key, ""), given=given.get(key, ""),
            fate=Fate.CONFLICTING if key in conflicting else
            Fate.UNCHANGED if given.get(key) == now.get(key) != stood.get(key) else Fate.TAKEN,
        )
        for key in arrived.changed
    ]  # fmt: skip
    refused = [
        Outcome(
            key=one.key, fate=Fate.REFUSED, now=now.get(one.key, "") if one.key else "", given=one.text, line=one.line,
            reason=one.reason,
        )
        for one in arrived.refused
    ]  # fmt: skip
    return (*outcomes, *refused)


def counted(arrived: Arrival, outcomes: Iterable[Outcome]) -> Mapping[Fate, int]:
    """Return how many segments of a file have each fate; those that it says nothing new of are unchanged."""
    counts, told = dict.fromkeys(Fate, 0), set[Key | None]()
    for one in outcomes:
        counts[one.fate] += 1
        told.add(one.key)
    counts[Fate.UNCHANGED] += sum(one.key not in told for one in arrived.theirs)
    return counts


def take(session: Session, arrived: Arrival, actor: Actor, wish: Wish) -> Taken:
    """Do with a file what somebody wishes: its words become the newest text, for review or not, or suggestions to it.

    What of it cannot be part of the text is a suggestion in any case, with the reason. Refusals as `sheets.save`;
    NotAllowed for suggestions to what is not there. In one transaction: revision, merge, suggestions, the submission.
    """
    translation = held_or_begun(session, arrived.document, arrived.locale)
    transitions.lock(session, translation)
    if isinstance(arrived.file, Whole):
        taken = exchange.take_text(
            session, arrived.document, arrived.locale, arrived.file.text, actor, base=arrived.file.base,
            path=arrived.path, wish=wish,
        )  # fmt: skip
    else:
        taken = _typed(session, translation, arrived.file, actor, wish)
    more = _refused(session, arrived, translation, taken.incoming, actor)
    told = (
        Problem(path=arrived.path, line=one.line, reason=one.reason if one.key else f"{one.reason}: {one.text[:_TOLD]}")
        for one in arrived.refused
    )
    problems = tuple(dict.fromkeys((*told, *arrived.problems, *taken.problems)))
    return replace(taken, suggestions=taken.suggestions + more, unfit=more, problems=problems)


def _typed(session: Session, translation: DbTranslation, file: Beside, actor: Actor, wish: Wish) -> Taken:
    shown = file.sheet
    if wish is Wish.SUGGESTION:
        text, made = sheets.written(shown, file.typed)
        return exchange.suggested(
            session, translation, text, actor, base=shown.base, path=translation.subject, written=made
        )  # fmt: skip
    saved = sheets.save(session, shown.document, shown.locale, actor, bases=shown.bases, typed=file.typed)
    merged = saved.merged and saved.incoming.text != saved.head.text
    refusal: Refusal | None = None
    if wish is Wish.TRANSLATED and merged:
        refusal = NotAllowed(saying("others changed the text meanwhile: look at it, and hand it in then"))
    elif wish is Wish.TRANSLATED:
        refusal = exchange.submitted(session, translation, actor, saved)
    return Taken(
        head=saved.head.number, suggestions=saved.suggestions, merged=merged, refusal=refusal,
        incoming=saved.incoming.number,
    )  # fmt: skip


def _refused(session: Session, arrived: Arrival, translation: DbTranslation, incoming: int, actor: Actor) -> int:
    """Keep what cannot be part of the text as suggestions with their reasons; return how many are new."""
    if not incoming or not arrived.refused:
        return 0
    stood = {one.key: one.text for one in arrived.before}
    told = [
        (
            Proposal(key=one.key, base_digest=digest_of(stood.get(one.key, "")), text=one.text, reason=Reason.CHANGED),
            one,
        )
        for one in arrived.refused
        if one.key is not None and one.text.strip()
    ]
    reasons = {proposal: one.reason for proposal, one in told}
    revision = find_revision(session, translation, incoming)
    return revisions.suggest(session, translation, revision, [proposal for proposal, _ in told], actor, reasons=reasons)
