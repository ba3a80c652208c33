"""Embargoes whose time has come: what was scheduled goes live, by the worker, once, or is refused with the reason.

It was approved when it was scheduled. It goes live if it still is, and if nothing that readers were given meanwhile is
undone by it (docs/decisions/0010-what-an-embargo-may-not-undo.md).
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, Refusal
from app.domain.merge import merge
from app.domain.people import Actor, Channel
from app.domain.said import saying
from app.domain.segments import Segment
from app.domain.translations import Action, Status
from app.services import facts, following, notices, publishing, refusal_notices
from app.services.histories import segments_of
from app.services.schedule import tell, waiting
from app.storage.database import savepoint
from app.storage.embargoes import Embargo
from app.storage.outbox import DbWork, held
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_WORKER = Actor(name="worker", channel=Channel.WORKER, roles=frozenset())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of scheduled work: published, refused for a reason, or neither (called off, put off, not yet)."""

    published: DbDocument | None = None
    refusal: str = ""


def carry_out(session: Session, number: int) -> Outcome:
    """Publish what was scheduled, by the number of its work, and forget the work, in one transaction.

    What is refused stays, with its reason, and is an event. The translation is locked first, as by all who change it:
    what they did to its embargo is seen here, and its document before it (`steps.lock`).
    """
    work = session.get(DbWork, number)
    if work is None:
        return Outcome()
    embargo = Embargo.of(work)
    first = select(DbTranslation.document_id).where(DbTranslation.id == embargo.translation).scalar_subquery()
    session.execute(select(DbDocument.id).where(DbDocument.id == first).with_for_update(key_share=True))
    translation = session.get_one(
        DbTranslation, embargo.translation, with_for_update={"key_share": True}, populate_existing=True
    )
    work = held(session, number)
    if work is None or work.refusal or work.due_at > datetime.now(UTC):
        return Outcome()
    if _source_is_due(session, translation):
        work.leased_until = None  # the next look, in a second, finds the source published, or refused
        return Outcome()
    try:
        with savepoint(session):
            _publish(session, translation, work)
    except Refusal as refusal:
        _refuse(session, work, refusal)
        return Outcome(refusal=work.refusal)
    session.delete(work)
    return Outcome(published=translation.document)


def reconsider(session: Session, translation: DbTranslation) -> None:
    """Refuse at once what will not be able to go live at its time, so that there is time left to mend it."""
    work = waiting(session, translation)
    if work is None or work.refusal:
        return
    try:
        _require_fit(session, translation, Embargo.of(work))
    except NotAllowed as refusal:
        _refuse(session, work, refusal)


def _refuse(session: Session, work: DbWork, refusal: Refusal) -> None:
    work.refuse(str(refusal), now=datetime.now(UTC))
    embargo = Embargo.of(work)
    text = session.get_one(DbTranslation, embargo.translation)
    locale = text.locale if text.is_language else text.document.source
    refusal_notices.of_refusal(session, text.document, locale, by=embargo.by, reasons=refusal.reasons)
    tell(session, work, _WORKER, "refused")
    session.flush()


def _publish(session: Session, translation: DbTranslation, work: DbWork) -> None:
    embargo = Embargo.of(work)
    if translation.live_id == embargo.revision:
        return
    _require_fit(session, translation, embargo)
    revision = session.get_one(DbRevision, embargo.revision)
    publishing.require_publishable(session, translation, revision)
    publishing.require_source(session, translation)
    publishing.publish(session, translation, revision, _WORKER, minor=embargo.minor, named=embargo.facts)
    tell(session, work, _WORKER, Action.PUBLISH)
    giver = replace(_WORKER, name=embargo.by)
    notices.of_transition(session, translation, revision, action=Action.PUBLISH, actor=giver, comment="")
    following.of_transition(session, translation, action=Action.PUBLISH, actor=giver)


def _require_fit(session: Session, translation: DbTranslation, embargo: Embargo) -> None:
    """Raise NotAllowed if this was taken back to draft, or would undo what went live since it was scheduled."""
    revision = session.get_one(DbRevision, embargo.revision)
    taken_back = translation.head_id == revision.id and translation.status is not Status.APPROVED
    if taken_back and facts.stand(session, translation, embargo.facts):  # others make a draft of it, and stay behind
        raise NotAllowed(saying("revision %(number)s is not approved any more", number=revision.number))
    if translation.live_id == embargo.live:
        return
    ours = segments_of(translation, revision)
    before, now = (_segments(session, translation, number) for number in (embargo.live, translation.live_id))
    merged = merge(before, ours, now)
    if merged.suggestions or merged.segments != ours:
        reason = saying(
            "what readers see was changed after revision %(number)s was scheduled, and that change would be undone; "
            "approve and schedule the newest text",
            number=revision.number,
        )
        raise NotAllowed(reason)


def _segments(session: Session, translation: DbTranslation, revision_id: int | None) -> tuple[Segment, ...]:
    return () if revision_id is None else segments_of(translation, session.get_one(DbRevision, revision_id))


def _source_is_due(session: Session, translation: DbTranslation) -> bool:
    """Tell whether what this is a translation of has never been published, and is just about to be."""
    source = translation.document.text_in(translation.document.source)
    if source is None or source is translation or source.live_id is not None or not translation.is_language:
        return False
    work = waiting(session, source)
    return work is not None and not work.refusal and work.due_at <= datetime.now(UTC)
