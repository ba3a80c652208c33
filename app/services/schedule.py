"""Embargoes: a revision that goes live at its time, by the worker, once."""

import json
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.services import publishing
from app.storage.journal import Event, note
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision, DbTranslation

PUBLISH = "publish"


def at(session: Session, translation: DbTranslation, revision: DbRevision, *, due: datetime, minor: bool) -> None:
    """Remember that this revision goes live at `due` (aware), in place of one that was to before."""
    payload = json.dumps({"translation": translation.id, "revision": revision.id, "minor": minor})
    session.execute(delete(DbWork).where(DbWork.kind == PUBLISH, DbWork.subject == translation.subject))
    session.add(DbWork(kind=PUBLISH, subject=translation.subject, payload=payload, due_at=due))


def carry_out(session: Session, work: DbWork) -> None:
    """Publish what was scheduled, and forget the work, in one transaction. A second time it finds it done."""
    payload = json.loads(work.payload)
    translation = session.get_one(DbTranslation, payload["translation"])
    revision = session.get_one(DbRevision, payload["revision"])
    session.refresh(translation, with_for_update=True)
    if translation.live_id != revision.id:
        publishing.require_publishable(session, translation, revision)
        publishing.publish(session, translation, revision, minor=bool(payload["minor"]))
        details: dict[str, str | int | None] = {"revision": revision.number, "digest": revision.digest}
        note(
            session,
            Event(source="worker", subject=translation.subject, action="publish", actor="worker", details=details),
        )
    session.delete(work)
