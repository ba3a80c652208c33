"""An item's facts: what the newest text of them says, what is in force, and what was approved (decision 22)."""

from dataclasses import replace
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import NotAllowed
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key
from app.domain.translations import Action
from app.formats.facts import read_facts
from app.storage.texts import DbApproval, DbDocument, DbRevision, DbTranslation

TIME = Key("fact:publish-at")
"""What of the facts needs nobody's approval."""

read = lru_cache(maxsize=16)(read_facts)  # one synchronisation asks several times for the facts of one item


GO_OUT_WITH = frozenset({Action.APPROVE, Action.PUBLISH, Action.SCHEDULE})
"""What means the facts that go live with a source text, too."""


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


def but_for_the_time(said: Facts | None) -> Facts | None:
    """Return what people read before they approve: all but the time at which it is to go live."""
    return None if said is None else replace(said, publish_at=None)


def meant_with(translation: DbTranslation) -> int | None:
    """Return the facts that go live with this text as both are now, None where none do."""
    known = facts_of(translation.document) if translation.is_source and translation.is_language else None
    return known.head_id if known is not None else None


def last_approved(session: Session, translation: DbTranslation) -> int | None:
    """Return the facts with which a source text was last approved, None if no approval knows of any."""
    seen = select(DbApproval.facts_id).where(
        DbApproval.translation_id == translation.id, DbApproval.facts_id.is_not(None)
    )
    return session.scalar(seen.order_by(DbApproval.id.desc()).limit(1))


def are_approved(session: Session, translation: DbTranslation, revision: DbRevision) -> bool:
    """Tell whether the facts that go live with a revision are those that it was approved with, or are live already."""
    known = facts_of(translation.document)
    if known is None or meant_with(translation) in {None, known.live_id}:
        return True
    seen = select(DbApproval.facts_id).where(
        DbApproval.translation_id == translation.id, DbApproval.revision_id == revision.id
    )
    approved = session.scalar(seen.order_by(DbApproval.id.desc()).limit(1)) or known.live_id  # a correction has none
    return same(session, known, approved, known.head_id)


def stand(session: Session, translation: DbTranslation, number: int | None) -> bool:
    """Tell whether these facts (None: whichever) are still the newest of a text's document, but for the time."""
    known = facts_of(translation.document)
    return number is None or known is None or same(session, known, number, known.head_id)


def require_newest(document: DbDocument, number: int) -> None:
    """Raise NotAllowed where facts that somebody saw, by the number of their revision, are not the newest any more."""
    known = facts_of(document)
    if known is not None and known.head is not None and known.head.number != number:
        raise NotAllowed(saying("the facts were changed meanwhile"))


def require_stood_with(session: Session, translation: DbTranslation, revision: DbRevision) -> None:
    """Raise NotAllowed where the facts that go live with a text are others than stood when this revision was saved."""
    known = facts_of(translation.document)
    if known is None or meant_with(translation) is None:
        return
    stood = select(func.max(DbRevision.id)).where(DbRevision.translation_id == known.id, DbRevision.id < revision.id)
    if not same(session, known, session.scalar(stood), known.head_id):
        raise NotAllowed(saying("the facts were changed meanwhile"))


def same(session: Session, known: DbTranslation, one: int | None, other: int | None) -> bool:
    """Tell whether two revisions of facts say the same but for the time."""
    return one == other or but_for_the_time(_said(session, known, one)) == but_for_the_time(
        _said(session, known, other)
    )


def follow(session: Session, document: DbDocument) -> None:
    """Let the document's source be what the facts in force say; a draft of other facts changes nothing."""
    found = in_force(session, document)
    if found is not None:
        document.source = found.source


def _said(session: Session, translation: DbTranslation, revision_id: int | None) -> Facts | None:
    if translation.document.kind is Kind.CATALOGUE or revision_id is None:
        return None
    return read(session.get_one(DbRevision, revision_id).text, path=translation.subject)
