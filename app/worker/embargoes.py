"""Work that is due: claimed under a lease, done once, by one of several workers."""

import logging
from datetime import UTC, datetime

from app.domain.errors import Refusal
from app.services import schedule
from app.storage.database import Database
from app.storage.outbox import DbWork, claim, is_due

log = logging.getLogger("tilmash.worker")


def publish_what_is_due(database: Database) -> int:
    """Publish every scheduled revision whose time has come; return how many. What is refused is logged and let go."""
    with database.read() as session:
        if not is_due(session, now=datetime.now(UTC)):
            return 0
    with database.write() as session:
        numbers = [work.id for work in claim(session, now=datetime.now(UTC))]
    for number in numbers:
        try:
            with database.write() as session:
                schedule.carry_out(session, session.get_one(DbWork, number))
        except Refusal as refusal:
            log.error("what was scheduled could not be published: %s", refusal)  # noqa: TRY400  # a sentence for people
            with database.write() as session:
                session.delete(session.get_one(DbWork, number))
    return len(numbers)
