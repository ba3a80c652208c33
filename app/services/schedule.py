"""Embargoes: a revision that goes live at its time, by the worker, once."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.people import Actor, Channel
from app.services import publishing
from app.storage.database import savepoint
from app.storage.embargoes import Embargo, embargoed
from app.storage.journal import Event, note
from app.storage.outbox import DbWork, held
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_WORKER = Actor(name="worker", channel=Channel.WORKER, roles=frozenset())


def at(session: Session, translation: DbTranslation, revision: DbRevision, *, due: datetime, minor: bool) -> None:
    """Remember that this revision goes live at `due` (aware), in place of one that was to before, or was refused."""
    if (work := _waiting(session, translation)) is not None:
        session.delete(work)
    embargo = Embargo(translation=translation.id, revision=revision.id, minor=minor, live=translation.live_id)
    work = embargo.work(translation.subject)
    work.due_at = due
    session.add(work)
    session.flush()


def _waiting(session: Session, translation: DbTranslation) -> DbWork | None:
    return session.scalar(embargoed(translation.document.full_name).where(DbWork.subject == translation.subject))


def move(session: Session, document: DbDocument, actor: Actor, *, due: datetime | None) -> None:
    """Let everything of a document that is scheduled go live at another time, or not at all (None)."""
    for work in session.scalars(embargoed(document.full_name)):
        details: dict[str, str | int | None] = {"due": due.astimezone(UTC).isoformat() if due else None}
        note(
            session,
            Event(source=actor.channel, subject=work.subject, action="reschedule", actor=actor.name, details=details),
        )
        if due is None:
            session.delete(work)
        else:
            work.put_off(due)
    session.flush()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of scheduled work: published, refused for a reason, or neither (called off, or done before)."""

    published: bool = False
    refusal: str = ""


def carry_out(session: Session, number: int) -> Outcome:
    """Publish what was scheduled, by the number of its work, and forget the work, in one transaction.

    What is refused stays, with its reason, and is an event. The translation is locked first, as by all who change it:
    what they did to its embargo is seen here.
    """
    work = session.get(DbWork, number)
    if work is None:
        return Outcome()
    embargo = Embargo.of(work)
    translation = session.get_one(DbTranslation, embargo.translation, with_for_update=True, populate_existing=True)
    work = held(session, number)
    if work is None or work.refusal or work.due_at > datetime.now(UTC):
        return Outcome()
    revision = session.get_one(DbRevision, embargo.revision)
    try:
        with savepoint(session):
            _publish(session, translation, revision, embargo)
    except Refusal as refusal:
        work.refuse(str(refusal), now=datetime.now(UTC))
        _tell(session, translation, revision, "refused")
        return Outcome(refusal=work.refusal)
    session.delete(work)
    return Outcome(published=True)


def _publish(session: Session, translation: DbTranslation, revision: DbRevision, embargo: Embargo) -> None:
    if translation.live_id == revision.id:
        return
    publishing.require_publishable(session, translation, revision)
    publishing.require_source(translation)
    publishing.publish(session, translation, revision, _WORKER, minor=embargo.minor)
    _tell(session, translation, revision, "publish")


def _tell(session: Session, translation: DbTranslation, revision: DbRevision, action: str) -> None:
    details: dict[str, str | int | None] = {"revision": revision.number, "digest": revision.digest}
    note(
        session,
        Event(source=_WORKER.channel, subject=translation.subject, action=action, actor=_WORKER.name, details=details),
    )
