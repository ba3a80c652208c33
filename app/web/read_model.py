"""The published read model in the database, as the readers' face asks it: a transaction of its own each question."""

from collections.abc import Callable
from typing import Concatenate

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.queries import reading
from app.storage.database import AWAY, Database
from app.web.published import Answer, P


class ReadModel:
    """Asks the database; what there is to ask, `app.queries` says.

    When the database was away at the last look for a version, nobody else waits for it until a look finds it there.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._is_away = database, False

    def version(self) -> int:
        """Return a number that grows with each change readers can see."""
        try:
            with self._database.read() as session:
                found = reading.version(session)
        except AWAY:
            self._is_away = True
            raise
        self._is_away = False
        return found

    def ask(self, query: Callable[Concatenate[Session, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Return what a query finds."""
        if self._is_away:
            raise OperationalError(None, None, ConnectionError("away at the last look"))
        with self._database.read() as session:
            return query(session, *args, **kwargs)
