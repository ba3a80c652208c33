"""Embargoes: a revision that goes live at its time, by the worker, once."""

import json
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.people import Actor, Channel
from app.services import publishing
from app.storage.journal import Event, note
from app.storage.outbox import DbWork
from app.storage.texts import DbDocument, DbRevision, DbTranslation

PUBLISH = "publish"
_WORKER = Actor(name="worker", channel=Channel.WORKER, roles=frozenset())


def at(session: Session, translation: DbTranslation, revision: DbRevision, *, due: datetime, minor: bool) -> None:
    """Remember that this revision goes live at `due` (aware), in place of one that was to before."""
    payload = json.dumps({"translation": translation.id, "revision": revision.id, "minor": minor})
    session.execute(delete(DbWork).where(DbWork.kind == PUBLISH, DbWork.subject == translation.subject))
    session.add(DbWork(kind=PUBLISH, subject=translation.subject, payload=payload, due_at=due))


def move(session: Session, document: DbDocument, actor: Actor, *, due: datetime | None) -> None:
    """Let everything of a document that is scheduled go live at another time, or not at all (None)."""
    subjects = DbWork.subject.startswith(f"{document.full_name}@", autoescape=True)
    for work in session.scalars(select(DbWork).where(DbWork.kind == PUBLISH, subjects)):
        details: dict[str, str | int | None] = {"due": due.astimezone(UTC).isoformat() if due else None}
        note(
            session,
            Event(source=actor.channel, subject=work.subject, action="reschedule", actor=actor.name, details=details),
        )
        if due is None:
            session.delete(work)
        else:
            work.due_at = due
    session.flush()


def carry_out(session: Session, work: DbWork) -> None:
    """Publish what was scheduled, and forget the work, in one transaction. A second time it finds it done."""
    payload = json.loads(work.payload)
    translation = session.get_one(DbTranslation, payload["translation"])
    revision = session.get_one(DbRevision, payload["revision"])
    session.refresh(translation, with_for_update=True)
    if translation.live_id != revision.id:
        publishing.require_publishable(session, translation, revision)
        publishing.require_source(translation)
        publishing.publish(session, translation, revision, _WORKER, minor=bool(payload["minor"]))
        details: dict[str, str | int | None] = {"revision": revision.number, "digest": revision.digest}
        note(
            session,
            Event(source="worker", subject=translation.subject, action="publish", actor="worker", details=details),
        )
    session.delete(work)
