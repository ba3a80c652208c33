"""The figures follow the journal, some rows at a time, beside all other work."""

from threading import Event

from app.services import figures
from app.storage.database import Database
from app.storage.figures import add
from app.worker.going_on import go_on


class Counting:
    """Carries the summary on; one more that does the same does no harm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, stop: Event) -> None:
        """Look at the journal until told to stop."""
        go_on(self.step, stop, what="figures")

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
