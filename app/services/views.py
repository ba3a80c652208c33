"""The view counter: views wait in the process for two seconds at most, and are counted together in one transaction."""

import atexit
import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from app.domain.segments import Tag
from app.domain.views import View, is_view, visitor_digest
from app.services import site
from app.storage import views
from app.storage.database import Database

log = logging.getLogger(__name__)

EVERY = 2.0
MOST = 10_000
_DAY = timedelta(days=1)


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


class ViewCounter:
    """Counts views; one for each process, for use by all its threads.

    Reloads of a day (the site's) count once, on however many processes they arrive: the database decides. What waits is
    lost if the process is killed; at an orderly end it is counted. No more than `most` views wait; the rest goes
    uncounted.
    """

    def __init__(
        self,
        database: Database,
        *,
        secret: bytes,
        clock: Callable[[], datetime] = utc_now,
        every: float = EVERY,
        most: int = MOST,
    ) -> None:
        self._database, self._secret, self._clock = database, secret, clock
        self._every, self._most = every, most
        self._waiting: defaultdict[int, set[View]] = defaultdict(set)
        self._room = most
        self._on_its_way: frozenset[View] = frozenset()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None
        self._end = threading.Event()

    def seen(self, key: int, locale: Tag, *, address: str, agent: str, purpose: str = "") -> int:
        """Count a view of a document, if it is one, and return the document's views in all locales.

        `key` is `ItemPage.views_key`; `purpose` is the request's Sec-Purpose or Purpose.
        """
        with self._database.read() as session:
            day = self._clock().astimezone(site.zone(session)).date()
            visitor = visitor_digest(
                self._secret, day=day, address=address, user_agent=agent, document=key, locale=locale
            )
            view = View(day=day, visitor=visitor, document=key, locale=locale)
            counts = is_view(agent, purpose) and views.is_new(session, view)
            stored = views.total(session, key)
        return stored + self._wait(view, counts=counts)

    def flush(self) -> int:
        """Count what waits; return how many views were new. After an error of the database they wait on."""
        with self._writing:
            with self._lock:
                batch = [view for waiting in self._waiting.values() for view in waiting]
                self._on_its_way = frozenset(batch)
            if not batch:
                return 0
            try:
                with self._database.write() as session:
                    counted = views.count(session, batch)
                    # A day of grace: another process may still hold views from before midnight.
                    views.forget_before(session, max(view.day for view in batch) - _DAY)
            except SQLAlchemyError:
                log.warning("%d views wait for the database", len(batch), exc_info=True)
                with self._lock:
                    self._on_its_way = frozenset()
                return 0
            self._done(batch)
            return counted

    def close(self) -> None:
        """Count what waits, and stop."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        self.flush()
        atexit.unregister(self.close)

    def _wait(self, view: View, *, counts: bool) -> int:
        """Put a view among those that wait; return how many of its document do, and are not being counted already.

        What is on its way may be in the database by now or not: it is left out, so that nobody reads one too many.
        """
        with self._lock:
            waiting = self._waiting[view.document] if counts else self._waiting.get(view.document, set())
            if counts and self._room and view not in waiting:
                waiting.add(view)
                self._room -= 1
                self._start()
            return len(waiting - self._on_its_way)

    def _done(self, batch: list[View]) -> None:
        with self._lock:
            for view in batch:
                self._waiting[view.document].discard(view)
                if not self._waiting[view.document]:
                    del self._waiting[view.document]
            self._room += len(batch)
            self._on_its_way = frozenset()

    def _start(self) -> None:
        """Begin to flush in the background, with the first view and not earlier: servers fork before they serve."""
        if self._thread is None and not self._end.is_set():
            self._thread = threading.Thread(target=self._run, name="views", daemon=True)
            self._thread.start()
            atexit.register(self.close)

    def _run(self) -> None:
        while not self._end.wait(self._every):
            self.flush()
