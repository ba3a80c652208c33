"""What the memory knew of what was submitted: looked up beside all other work, and written down in a moment."""

import logging
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Final

from app.services import leverage
from app.services.leverage import RECALL
from app.storage.database import AWAY, Database
from app.storage.outbox import claim, held, is_due, keep_hold
from app.worker.going_on import go_on

_TRIES: Final = 5

log = logging.getLogger("tilmash.worker")


class Recalling:
    """Answers the questions of submissions; the figures go on meanwhile, however long a text is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, stop: Event) -> None:
        """Look for questions until told to stop."""
        go_on(partial(recall_next, self._database), stop, what="what the memory knew")


def recall_next(database: Database, *, now: datetime | None = None) -> bool:
    """Answer the oldest question of a submission that is due; tell whether there was one.

    The memory is looked up in a reading transaction, so that nobody who writes waits for it. A question that cannot be
    answered is asked five times, each time when the lease of the last is over, and kept as refused.
    """
    now = now or _now()
    with database.read() as session:
        if not is_due(session, RECALL, now=now):
            return False
    with database.write() as session:
        numbers = [work.id for work in claim(session, RECALL, now=now, most=1)]
    for number in numbers:
        try:
            with database.read() as session:
                answered = leverage.answer(session, number, meanwhile=partial(_still_at_it, database, number))
            with database.write() as session:
                leverage.keep(session, number, answered)
        except AWAY:
            raise
        except Exception:  # a fault of ours at one must not hold up the others
            log.exception("a fault of ours at what the memory knew; it is tried again when its lease is over")
            _give_up(database, number)
    return bool(numbers)


def _still_at_it(database: Database, number: int) -> None:
    with database.write() as session:
        keep_hold(session, number, now=_now())


def _give_up(database: Database, number: int) -> None:
    with database.write() as session:
        work = held(session, number)
        if work is not None and work.attempts >= _TRIES:
            work.refuse("a fault of ours; the log has it", now=_now())


def _now() -> datetime:
    return datetime.now(UTC)
