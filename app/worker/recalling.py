"""What the memory knew of what was submitted: looked up beside all other work, and written down in a moment."""

import logging
from datetime import UTC, datetime

from app.services import leverage
from app.services.leverage import RECALL
from app.storage.database import AWAY, Database
from app.storage.outbox import claim, is_due

log = logging.getLogger("tilmash.worker")


def recall_next(database: Database, *, now: datetime | None = None) -> bool:
    """Answer the oldest question of a submission that is due; tell whether there was one.

    The memory is looked up in a reading transaction, so that nobody who writes waits for it.
    """
    now = now or datetime.now(UTC)
    with database.read() as session:
        if not is_due(session, RECALL, now=now):
            return False
    with database.write() as session:
        numbers = [work.id for work in claim(session, RECALL, now=now, most=1)]
    for number in numbers:
        try:
            with database.read() as session:
                answered = leverage.answer(session, number)
            with database.write() as session:
                leverage.keep(session, number, answered)
        except AWAY:
            raise
        except Exception:  # a fault of ours at one must not hold up the others
            log.exception("a fault of ours at what the memory knew; it is tried again when its lease is over")
    return bool(numbers)
