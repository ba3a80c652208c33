"""An item's facts: what the newest text of them says, and what is in force."""

from functools import lru_cache

from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.segments import NO_LANGUAGE
from app.formats.facts import read_facts
from app.storage.texts import DbDocument, DbRevision, DbTranslation

read = lru_cache(maxsize=16)(read_facts)  # one synchronisation asks several times for the facts of one item


def facts_of(document: DbDocument) -> DbTranslation | None:
    """Return the text that holds an item's facts (or a catalogue's template), None if there is none yet."""
    return document.text_in(NO_LANGUAGE)


def newest(session: Session, document: DbDocument) -> Facts | None:
    """Return what the newest text of the facts says; None for a catalogue, and before there is one."""
    translation = facts_of(document)
    return None if translation is None else _said(session, translation, translation.head_id)


def live(session: Session, document: DbDocument) -> Facts | None:
    """Return the facts that readers may know; None for a catalogue, and before the first publication."""
    translation = facts_of(document)
    return None if translation is None else _said(session, translation, translation.live_id)


def in_force(session: Session, document: DbDocument) -> Facts | None:
    """Return the facts that count: those that are live and, while none ever were, the newest. None as `newest`."""
    return live(session, document) or newest(session, document)


def follow(session: Session, document: DbDocument) -> None:
    """Let the document's source be what the facts in force say; a draft of other facts changes nothing."""
    found = in_force(session, document)
    if found is not None:
        document.source = found.source


def _said(session: Session, translation: DbTranslation, revision_id: int | None) -> Facts | None:
    if translation.document.kind is Kind.CATALOGUE or revision_id is None:
        return None
    return read(session.get_one(DbRevision, revision_id).text, path=translation.subject)
