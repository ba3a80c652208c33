"""The figures follow the journal, some rows at a time, beside all other work."""

import logging
from threading import Event
from typing import Final

from app.services import figures
from app.storage.database import AWAY, Database
from app.storage.figures import add

EVERY: Final = 2.0
"""Seconds between two looks at the journal."""

_LATER = 60.0  # seconds after a fault of ours: looking again at once would find it again

log = logging.getLogger("tilmash.worker")


class Counting:
    """Carries the summary on; one more that does the same does no harm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, stop: Event) -> None:
        """Look at the journal until told to stop."""
        wait = EVERY
        while not stop.wait(wait):
            wait = EVERY
            try:
                while not stop.is_set() and self.step():
                    pass
            except AWAY as error:
                log.error("the figures wait for the database: %s", error.orig)  # noqa: TRY400  # said each time
            except Exception:  # a fault of ours must not end it for good
                log.exception("a fault of ours at the figures; they stand still meanwhile")
                wait = _LATER

    def step(self) -> bool:
        """Take some rows in, and tell whether there were any."""
        with self._database.read() as session:
            if figures.is_current(session):
                return False
            addition = None if figures.needs_anew(session) else figures.next_addition(session)
        with self._database.write() as session:
            if addition is None:
                figures.begin_anew(session)
            else:
                add(session, addition)
        return True


def carry_on(database: Database) -> None:
    """Bring the summary up to the newest row of the journal."""
    counting = Counting(database)
    while counting.step():
        pass


def make_anew(database: Database) -> None:
    """Forget the summary and make it from the first row of the journal to the newest."""
    with database.write() as session:
        figures.begin_anew(session)
    carry_on(database)
