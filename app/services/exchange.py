"""A text out as a file, for somebody who works elsewhere, and back in: as a draft, for review, or as suggestions.

A file that goes out bears a label (document, locale, revision), which is taken off when it comes back.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotAllowed, NotFound, Problem, Refusal
from app.domain.locales import tag_of
from app.domain.merge import proposals
from app.domain.people import Actor
from app.domain.renderings import Written
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Status
from app.formats import front_matter
from app.formats.charset import encode as encode_catalogue
from app.formats.choice import labelled, parse
from app.formats.files import Form
from app.formats.files import written as beside_its_source
from app.formats.po_check import check
from app.formats.po_header import fields_of
from app.formats.text import Label, Parsed
from app.services import revisions, transitions
from app.services.bitexts import bitext_of, remarks
from app.services.file_checks import found_in
from app.services.histories import segments_of
from app.services.sheets import NO_TEXT, sheet
from app.services.sync.intake import decode, usable_facts
from app.services.sync.output import wanted, written
from app.services.sync.slots import Slot
from app.services.texts import find, find_revision, held_or_begun, require_document
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found


class Wish(StrEnum):
    """What is to become of a text that comes in."""

    DRAFT = "draft"
    TRANSLATED = "translated"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file's bytes, and the number of the revision that they are: the base of what comes back."""

    raw: bytes
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file: the number of the head, how many segments are suggestions, and what was refused of it.

    `known` counts the suggestions that were open before, `merged` tells that others had changed the text meanwhile.
    `unfit` counts the suggestions that are some since they cannot be part of the text (a placeholder is missing).
    `remarks` counts the comments of the file that are part of the talk now, `unsaid` those that could not be.
    `problems` say what in the file cannot be used or is probably not meant; it is kept all the same. `incoming` is the
    number of the revision that holds the file itself, 0 where it is none.
    """

    head: int
    suggestions: int = 0
    known: int = 0
    unfit: int = 0
    remarks: int = 0
    unsaid: int = 0
    merged: bool = False
    refusal: Refusal | None = None
    problems: tuple[Problem, ...] = ()
    incoming: int = field(default=0, compare=False)


def give_out(session: Session, document: DocumentName, locale: Tag, form: Form | None = None) -> Given:
    """Return the newest text as a file of this form (None: as the tree has it), which says what it is (facts do not).

    A catalogue's PO and an article's Markdown are the text as it is kept, all others have the source beside it.
    NotFound without a text, and for what has no such form: facts, templates, a source text beside its source.
    """
    own = Form.PO if document.kind is Kind.CATALOGUE else Form.MD
    if form not in {None, own}:
        return _beside(session, document, locale, form or own)
    if form is not None and locale == NO_LANGUAGE and own is Form.MD:
        raise NotFound(saying("facts are given out as they are kept, and not as %(form)s", form=form))
    translation = find(session, document, locale)
    newest = wanted(translation, draft=True) or wanted(translation, draft=False)
    if newest is None:
        raise NotFound(saying("%(document)s has no text in %(language)s", document=str(document), language=locale))
    slot = Slot(document=document, locale=locale)
    number = session.get_one(DbRevision, newest.revision_id).number
    label = Label(document=document, locale=locale, revision=number)
    text = decode(slot, Found(path=slot.path, raw=written(session, slot, newest)))
    text = labelled(document.kind, locale, text, label, path=slot.path)
    catalogue = document.kind is Kind.CATALOGUE
    return Given(raw=encode_catalogue(text, path=slot.path) if catalogue else text.encode(), number=number)


def _beside(session: Session, document: DocumentName, locale: Tag, form: Form) -> Given:
    if form is Form.MD:
        raise NotFound(saying("a catalogue is not given out as Markdown"))
    if form is Form.DOCX and document.kind is Kind.CATALOGUE:
        raise NotFound(saying("a catalogue is not given out as a Word file"))
    if require_document(session, document).source == locale:
        raise NotFound(saying("%(document)s is written in %(language)s", document=str(document), language=locale))
    shown = sheet(session, document, locale)
    raw = beside_its_source(bitext_of(shown, remarks(session, shown)), form)
    return Given(raw=raw, number=shown.bases.revision or NO_TEXT)


def label_of(raw: bytes, *, path: str) -> Label | None:
    """Return what a file says of where it came from; None if it says nothing. BadText if it cannot be read."""
    slot = _guess(raw)
    if slot is None:
        return None
    text = decode(slot, Found(path=path, raw=raw))
    return parse(slot.document.kind, slot.locale, text, path=path).header.label


def language_of(raw: bytes, *, path: str) -> Tag | None:
    """Return the language that a catalogue's header names; None of other files, and where it names none."""
    slot = _guess(raw)
    if slot is None or slot.document.kind is not Kind.CATALOGUE:
        return None
    header = check(decode(slot, Found(path=path, raw=raw)), path=path).header.msgstrs[0]
    try:
        return tag_of(fields_of(header).get("Language", ""))
    except ValueError:
        return None


def _guess(raw: bytes) -> Slot | None:
    """Return a slot that a file of this kind could stand in."""
    kind = Kind.NEWS if front_matter.begins(raw) else Kind.CATALOGUE
    if kind is Kind.CATALOGUE and b"msgid" not in raw:
        return None
    return Slot(document=DocumentName(kind=kind, name="unknown"), locale=Tag("und"))


def take_text(
    session: Session,
    document: DocumentName,
    locale: Tag,
    file: str,
    actor: Actor,
    *,
    base: int | None,
    path: str,
    wish: Wish,
) -> Taken:
    """Save a file, decoded. `base` numbers the revision it was made from, None: the newest one.

    BadText, with `path` and lines, if it cannot be used; NotFound for a document or revision that there is none of;
    NotAllowed for suggestions to what is not there. What others wrote since `base` is merged, in this transaction, and
    what cannot be is kept as suggestions. A text that cannot be submitted as wished, as one of which messages cannot be
    used, stays a draft, with the refusal.
    """
    parsed = parse(document.kind, locale, file, path=path)
    text = labelled(document.kind, locale, file, None, path=path)
    if locale == NO_LANGUAGE and document.kind is not Kind.CATALOGUE:
        usable_facts(Slot(document=document, locale=locale), text)
    translation = held_or_begun(session, document, locale)
    transitions.lock(session, translation)
    revision = _base(session, translation, base)
    if revision is not None and is_as_given(session, translation, revision, text):
        text = revision.text
    if wish is Wish.SUGGESTION:
        taken = suggested(session, translation, text, actor, base=revision, path=path)
        return replace(taken, problems=parsed.warnings)
    before = translation.head_id
    saved = revisions.save(session, translation, text, actor, base=revision, path=path)
    merged = saved.merged and saved.incoming.text != saved.head.text
    reason = _not_as_it_was(translation, saved, before) if merged else _unusable(translation, saved, parsed)
    refusal = reason or submitted(session, translation, actor, saved) if wish is Wish.TRANSLATED else None
    told = found_in(session, translation, saved.incoming, revision, file, path=path) if translation.is_language else ()
    return Taken(
        head=saved.head.number, suggestions=saved.suggestions, merged=merged, refusal=refusal,
        problems=(*parsed.warnings, *told), incoming=saved.incoming.number,
    )  # fmt: skip


def is_as_given(session: Session, translation: DbTranslation, revision: DbRevision, text: str) -> bool:
    """Tell whether a text is a revision as it would be given out now, without its label."""
    newest = wanted(translation, draft=True) or wanted(translation, draft=False)
    if newest is None or newest.revision_id != revision.id:
        return False
    slot = Slot(document=translation.document.full_name, locale=translation.locale)
    return text == decode(slot, Found(path=slot.path, raw=written(session, slot, newest)))


def submitted(session: Session, translation: DbTranslation, actor: Actor, saved: revisions.Saved) -> Refusal | None:
    """Submit a text that was saved as it is; return why not, if so. One that is further already is left there."""
    try:
        if translation.status is Status.DRAFT:
            transitions.take(session, translation, Action.SUBMIT, actor, revision=saved.head)
    except Refusal as refusal:
        return refusal
    return None


def _unusable(translation: DbTranslation, saved: revisions.Saved, parsed: Parsed) -> Refusal | None:
    """Say that a draft is not to be handed in while something in it cannot be used; None where nothing is wrong."""
    if translation.status is not Status.DRAFT or not parsed.refused:
        return None
    reason = saying(
        "messages that cannot be used reach no reader: mend them, and upload the file with --base %(number)s",
        number=saved.head.number,
    )  # fmt: skip
    return NotAllowed(reason)


def _not_as_it_was(translation: DbTranslation, saved: revisions.Saved, before: int | None) -> Refusal:
    """Say what stands there in place of a file that others' work came before."""
    number, status = saved.head.number, translation.status
    if saved.head.id == before:
        reason = saying(
            "others changed the text meanwhile, and the file has added nothing to revision %(number)s, which is "
            "%(status)s",
            number=number, status=status,
        )  # fmt: skip
    else:
        reason = saying(
            "others changed the text meanwhile: look at what was merged into revision %(number)s, which is %(status)s, "
            "then submit it",
            number=number, status=status,
        )  # fmt: skip
    return NotAllowed(reason)


def suggested(
    session: Session, translation: DbTranslation, text: str, actor: Actor, *, base: DbRevision | None, path: str,
    written: Written | None = None,
) -> Taken:  # fmt: skip
    """Keep a text as a revision beside the head, and what it says otherwise as suggestions; nothing else moves."""
    if translation.head_id is None or base is None:
        raise NotAllowed(saying("there is no text yet that anything could be suggested to"))
    head = session.get_one(DbRevision, translation.head_id)
    incoming = revisions.store(session, translation, text, actor, base=base, path=path, written=written)
    old, ours, theirs = (segments_of(translation, one) for one in (base, head, incoming))
    found = proposals(old, ours, theirs)
    new = revisions.suggest(session, translation, incoming, found, actor)
    session.flush()
    return Taken(head=head.number, suggestions=len(found), known=len(found) - new, incoming=incoming.number)


def _base(session: Session, translation: DbTranslation, number: int | None) -> DbRevision | None:
    if number is not None:
        return find_revision(session, translation, number)
    return session.get_one(DbRevision, translation.head_id) if translation.head_id else None
