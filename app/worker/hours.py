"""What has its hour: reminders, and absences that begin or end. Claimed under a lease, done once."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.orm import Session

from app.services import absences, reminders
from app.services.absences import AWAY as ABSENCE
from app.services.reminders import REMIND
from app.storage.database import AWAY, Database
from app.storage.outbox import claim, is_due

log = logging.getLogger("tilmash.worker")

_MOST = 50


def do_what_has_its_hour(database: Database, *, now: datetime | None = None) -> int:
    """Do all that is due at `now` (aware; this moment by default); return how much of it concerned somebody.

    Absences come first, so that who has just left is not reminded of what has just gone to somebody else.
    """
    now = now or datetime.now(UTC)
    deeds: dict[str, Callable[[Session, int], int]] = {
        ABSENCE: partial(absences.carry_out, now=now), REMIND: partial(reminders.carry_out, now=now)
    }  # fmt: skip
    return sum(_each(database, kind, deed, now) for kind, deed in deeds.items())


def _each(database: Database, kind: str, deed: Callable[[Session, int], int], now: datetime) -> int:
    with database.read() as session:
        if not is_due(session, kind, now=now):
            return 0
    with database.write() as session:
        numbers = [work.id for work in claim(session, kind, now=now, most=_MOST)]
    return sum(_one(database, deed, number) for number in numbers)


def _one(database: Database, deed: Callable[[Session, int], int], number: int) -> int:
    try:
        with database.write() as session:
            return deed(session, number)
    except AWAY:
        raise
    except Exception:  # a fault of ours at one must not hold up the others
        log.exception("a fault of ours at what had its hour; it is tried again when its lease is over")
        return 0
