"""A page tells what it could not be made with, and goes on: readers wait for no database because of that."""

import logging
from datetime import UTC, datetime
from threading import Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from app.domain.documents import DocumentName, Kind
from app.services import standings
from app.services.texts import find_document
from app.storage import unfilled
from app.storage.database import Database

log = logging.getLogger(__name__)


class Unfilled:
    """Keeps messages that could not be filled, for the desk to show; one for each process, for all its threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._one_at_a_time = Lock()
        self._thread: Thread | None = None

    def tell(self, domain: str, key: str, words: str) -> None:
        """Keep beside the page that a message of a gettext domain cannot be filled with these words, and count it.

        It is logged and forgotten where the database cannot take it; the log has the message itself already.
        """
        self._thread = Thread(target=self._keep, args=(domain, key, words), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return when what was told last is kept."""
        if self._thread is not None:
            self._thread.join()

    def _keep(self, domain: str, key: str, words: str) -> None:
        with self._one_at_a_time:
            try:
                with self._database.write() as session:
                    is_new = unfilled.remember(session, domain, key, words, at=datetime.now(UTC))
                    catalogue = find_document(session, DocumentName(kind=Kind.CATALOGUE, name=domain))
                    if is_new and catalogue is not None:
                        standings.remake(session, catalogue, errors=True)
            except SQLAlchemyError:
                log.warning("the desk is not told of a message that cannot be filled", exc_info=True)
