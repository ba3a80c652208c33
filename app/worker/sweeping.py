"""What counts no more is deleted once an hour, whoever comes: sessions, links, attempts, files, views, rows."""

from datetime import UTC, datetime, timedelta

from app.services import links, site, sittings, throttle, uploads, working_copies
from app.storage import views
from app.storage.database import Database

EVERY = timedelta(hours=1)
_GRACE = timedelta(hours=1)  # another process may still hold views from before midnight


class Sweep:
    """Sweeps a database where an hour has passed since it did."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._swept: datetime | None = None

    def look(self, now: datetime | None = None) -> bool:
        """Sweep if it is time to, and tell whether it was."""
        now = now or datetime.now(UTC)
        if self._swept is not None and abs(now - self._swept) < EVERY:
            return False
        with self._database.write() as session:
            sittings.sweep(session, now=now)
            links.sweep(session, now=now)
            throttle.sweep(session, now=now)
            uploads.sweep(session, now=now)
            working_copies.sweep(session, now=now)
            views.forget_before(session, (now - _GRACE).astimezone(site.zone(session)).date())
        self._swept = now
        return True
