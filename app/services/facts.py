"""An item's facts: which text of them is the newest, and what it says."""

from functools import lru_cache

from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.segments import NO_LANGUAGE
from app.formats.facts import read_facts
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_read = lru_cache(maxsize=16)(read_facts)  # one synchronisation asks several times for the facts of one item


def facts_of(document: DbDocument) -> DbTranslation | None:
    """Return the text that holds an item's facts (or a catalogue's template), None if there is none yet."""
    return next((one for one in document.translations if one.locale == NO_LANGUAGE), None)


def newest(session: Session, document: DbDocument) -> Facts | None:
    """Return what the newest text of the facts says; None for a catalogue, and before there is one."""
    translation = facts_of(document)
    if document.kind is Kind.CATALOGUE or translation is None or translation.head_id is None:
        return None
    return _read(session.get_one(DbRevision, translation.head_id).text, path=translation.subject)
