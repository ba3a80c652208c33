"""What follows from changed facts at the desk (decision 22), by whichever form they were changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.people import Actor
from app.domain.permissions import allowed, require
from app.domain.translations import Action
from app.services import facts, schedule, steps
from app.storage.texts import DbDocument


@contextmanager
def followed(session: Session, document: DbDocument, actor: Actor) -> Iterator[None]:
    """Let what is changed within have its consequences, in the caller's transaction.

    What was scheduled follows the time, for who may schedule: others would break an embargo by its date. Whoever
    approved the words has not seen other facts, which go live with them: so the source text is a draft again.
    """
    before, in_force = facts.newest(session, document), facts.in_force(session, document)
    yield
    after, now_in_force = facts.newest(session, document), facts.in_force(session, document)
    if before is None or after is None:
        return
    if in_force is not None and now_in_force is not None and in_force.publish_at != now_in_force.publish_at:
        _reschedule(session, document, actor, due=now_in_force.publish_at)
    source = document.text_in(document.source)
    if source is not None and facts.but_for_the_time(after) != facts.but_for_the_time(before):
        steps.lock(session, source)
        row = allowed(source.status, Action.EDIT, actor.roles, of=source.side)
        source.status = row.to or source.status
        session.flush()


def _reschedule(session: Session, document: DbDocument, actor: Actor, *, due: datetime | None) -> None:
    if any(schedule.waiting(session, one) for one in document.translations if one.is_language):
        require(actor.roles, Action.SCHEDULE)
        schedule.move(session, document, actor, due=due)
