"""Work that is due: claimed under a lease, done once, by one of several workers."""

import logging
from datetime import UTC, datetime

from app.services import embargoes, releases
from app.storage.database import AWAY, Database
from app.storage.embargoes import PUBLISH
from app.storage.outbox import claim, is_due

log = logging.getLogger("tilmash.worker")


def publish_what_is_due(database: Database) -> int:
    """Publish every scheduled revision whose time has come; return how many. What is refused is logged and kept."""
    with database.read() as session:
        if not is_due(session, PUBLISH, now=datetime.now(UTC)):
            return 0
    with database.write() as session:
        numbers = [work.id for work in claim(session, PUBLISH, now=datetime.now(UTC))]
    return sum(_carry_out(database, number) for number in numbers)


def _carry_out(database: Database, number: int) -> bool:
    try:
        with database.write() as session:
            outcome = embargoes.carry_out(session, number)
            if outcome.published is not None:
                releases.carry_on(session, outcome.published)
    except AWAY:
        raise
    except Exception:  # a fault of ours at one must not hold up the others
        log.exception("a fault of ours at what was scheduled; it is tried again when its lease is over")
        return False
    if outcome.refusal:
        log.error("what was scheduled could not be published: %s", outcome.refusal)
    return outcome.published is not None
