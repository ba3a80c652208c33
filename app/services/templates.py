"""A catalogue's template is replaced: what that would do to each language, and the doing of it, as one act.

Nobody's words are altered by it, so that it is mechanical: each catalogue keeps its status, and what is live moves with
it. A guess at a message that changed a little is fuzzy, and reaches no reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import Side, allowed
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Status
from app.formats.charset import decode
from app.formats.po_check import check_whole
from app.formats.po_update import Changes, changes, update
from app.services import corrections, revisions, transitions
from app.services.texts import find_document, find_or_begin
from app.storage.texts import DbDocument, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a template does to a catalogue; None, with the problems, where that cannot be brought up to it."""

    locale: Tag
    changes: Changes | None
    problems: tuple[Problem, ...] = ()


def foresee(session: Session, name: DocumentName, raw: bytes, *, path: str) -> tuple[Effect, ...]:
    """Return what a template would do to the newest text of each language; nothing is stored.

    BadText, with `path` and lines, for a template that cannot be used. A domain that is new has no languages.
    """
    template = _read(raw, path=path)
    document = find_document(session, name)
    texts = () if document is None else _texts(session, document)
    return tuple(_effect(translation, head, template) for translation, head in texts)


def renew(session: Session, name: DocumentName, raw: bytes, actor: Actor, *, path: str) -> tuple[Effect, ...]:
    """Replace the template of a domain, or begin the domain with it, and bring each catalogue up to it.

    BadText as `foresee`, NotAllowed for who may not publish source texts and correct translations, or for a template
    that is what stands there. In one transaction: the template is live, what is live of each language has its messages,
    and so have drafts, whose status stays. A catalogue that cannot be brought up is left as it is, and why is told.
    """
    template = _read(raw, path=path)
    document = find_document(session, name) or _begun(session, name, actor)
    source = find_or_begin(session, document, NO_LANGUAGE)
    transitions.lock(session, source)
    _publish(session, source, template, actor, path=path)
    effects = []
    for translation, head in _texts(session, document):
        transitions.lock(session, translation)
        effect = _effect(translation, head, template)
        if effect.changes is not None:
            _bring_up(session, translation, head, template, actor)
        effects.append(effect)
    return tuple(effects)


def _read(raw: bytes, *, path: str) -> str:
    text = decode(raw, path=path)
    check_whole(text, path=path)
    return text


def _texts(session: Session, document: DbDocument) -> Iterator[tuple[DbTranslation, DbRevision]]:
    for one in document.translations:
        if one.is_language and one.head_id is not None:
            yield one, session.get_one(DbRevision, one.head_id)


def _effect(translation: DbTranslation, head: DbRevision, template: str) -> Effect:
    try:
        return Effect(locale=translation.locale, changes=changes(head.text, template, path=translation.subject))
    except BadText as refusal:
        return Effect(locale=translation.locale, changes=None, problems=refusal.problems)


def _begun(session: Session, name: DocumentName, actor: Actor) -> DbDocument:
    if name.kind is not Kind.CATALOGUE:
        raise NotAllowed(saying("only a catalogue has a template"))
    allowed(Status.MISSING, Action.START, actor.roles, of=Side.SOURCE)
    document = DbDocument(
        kind=name.kind, name=name.name, source=NO_LANGUAGE, created_at=datetime.now(UTC), translations=[]
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document


_STEPS = ((Status.DRAFT, Action.SUBMIT), (Status.IN_REVIEW, Action.APPROVE), (Status.APPROVED, Action.PUBLISH))


def _publish(session: Session, source: DbTranslation, template: str, actor: Actor, *, path: str) -> None:
    """Make a template the live source, as the tree does with one that was saved there."""
    if source.live_id is not None:
        live = session.get_one(DbRevision, source.live_id)
        corrections.correct(session, source, template, actor, live=live, minor=False)
        return
    head = session.get_one(DbRevision, source.head_id) if source.head_id is not None else None
    saved = revisions.save(session, source, template, actor, base=head, path=path)
    for status, action in _STEPS:
        if source.status is status:
            transitions.take(session, source, action, actor, revision=saved.head)


def _bring_up(session: Session, translation: DbTranslation, head: DbRevision, template: str, actor: Actor) -> None:
    """Give a catalogue the messages of a template: what is live, and the head if that is another."""
    path, status = translation.subject, translation.status
    if translation.live_id is not None:
        live = session.get_one(DbRevision, translation.live_id)
        moved = revisions.store(
            session, translation, update(live.text, template, path=path), actor, base=live, path=path
        )  # fmt: skip
        if moved is not live:
            transitions.take(session, translation, Action.CORRECT, actor, revision=moved, minor=True)
        if head is live:
            translation.head_id = moved.id
            session.flush()
            return
    text = update(head.text, template, path=path)
    newer = revisions.store(session, translation, text, actor, base=head, path=path)
    revisions.bring_in(session, translation, newer, actor, base=head)
    translation.status = status
    session.flush()
