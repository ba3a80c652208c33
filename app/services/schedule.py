"""What is to go live at its time: said, put off, and called off. `embargoes` does it when the time has come."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.people import Actor
from app.storage.embargoes import Embargo, embargoed
from app.storage.journal import Event, note
from app.storage.outbox import DbWork
from app.storage.texts import DbDocument, DbRevision, DbTranslation


def at(
    session: Session,
    translation: DbTranslation,
    revision: DbRevision,
    *,
    due: datetime,
    by: str,
    minor: bool,
    facts: int | None = None,
) -> None:
    """Remember that this revision goes live at `due` (aware), as `by` wants, in place of one that was to, or could not.

    `facts` go live with a source text: the revision that was meant. None with a translation, or where there are none.
    """
    if (work := waiting(session, translation)) is not None:
        session.delete(work)
    embargo = Embargo(
        translation=translation.id,
        revision=revision.id,
        minor=minor,
        live=translation.live_id,
        facts=facts,
        by=by,
    )
    work = embargo.work(translation.subject)
    work.due_at = due
    session.add(work)
    session.flush()


def name_facts(session: Session, translation: DbTranslation, facts: int) -> None:
    """Let other facts go live with what is scheduled of a source text, if anything is."""
    if (work := waiting(session, translation)) is not None:
        work.payload = replace(Embargo.of(work), facts=facts).work(work.subject).payload
        session.flush()


def waiting(session: Session, translation: DbTranslation) -> DbWork | None:
    """Return what of a text has a time at which it goes live, or was refused when it came."""
    return session.scalar(embargoed(translation.document.full_name).where(DbWork.subject == translation.subject))


def move(session: Session, document: DbDocument, actor: Actor, *, due: datetime | None) -> None:
    """Let everything of a document that is scheduled go live at another time, or not at all (None)."""
    for work in session.scalars(embargoed(document.full_name)).all():
        if due is None:
            _call_off(session, work, actor, reason="publish-at")
        else:
            work.put_off(due)
            tell(session, work, actor, "reschedule", due=due.astimezone(UTC).isoformat())
    session.flush()


def call_off(session: Session, translation: DbTranslation, actor: Actor, *, reason: str) -> None:
    """Let what is scheduled of a text, if anything is, not go live; the event's details say what was done instead."""
    if (work := waiting(session, translation)) is not None:
        _call_off(session, work, actor, reason=reason)


def _call_off(session: Session, work: DbWork, actor: Actor, *, reason: str) -> None:
    tell(session, work, actor, "unschedule", reason=reason)
    session.delete(work)
    session.flush()


def tell(session: Session, work: DbWork, actor: Actor, action: str, **more: str) -> None:
    """Note an event about what is scheduled: its revision, and short facts that quote no text."""
    revision = session.get_one(DbRevision, Embargo.of(work).revision)
    note(session, Event.by(actor, work.subject, action, revision=revision.number, digest=revision.digest, **more))
