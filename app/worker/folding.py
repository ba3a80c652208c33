"""What people typed and left for ten minutes becomes part of its text, under their own name and by their own roles."""

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import Refusal
from app.domain.people import Channel
from app.domain.segments import Tag
from app.services import folds, site
from app.services.folds import Folded
from app.storage.accounts import DbAccount
from app.storage.database import Database

EVERY = timedelta(minutes=1)

log = logging.getLogger("tilmash.worker")


class Folding:
    """Looks once a minute. What is refused stays where it is, and is logged once; its owner finds it in the editor."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked: datetime | None = None
        self._refused: set[tuple[DocumentName, Tag, str]] = set()

    def look(self, now: datetime | None = None) -> int:
        """Fold what has been idle, if it is time to look; return how many texts that made anew."""
        now = now or datetime.now(UTC)
        if self._looked is not None and abs(now - self._looked) < EVERY:
            return 0
        self._looked = now
        with self._database.read() as session:
            idle = folds.idle(session, now=now)
        return sum(self._fold(*one) for one in idle)

    def _fold(self, name: DocumentName, locale: Tag, account: str) -> bool:
        try:
            with self._database.write() as session:
                folded = _folded(session, name, locale, account)
        except Refusal as refusal:
            self._tell(name, locale, account, refusal)
            return False
        for one in folded.refused:
            self._tell(name, locale, account, one)
        return folded.saved is not None

    def _tell(self, name: DocumentName, locale: Tag, account: str, refusal: Refusal) -> None:
        if (name, locale, account) not in self._refused:
            self._refused.add((name, locale, account))
            log.warning("%s@%s: what was typed there stays beside the text: %s", name, locale, refusal)


def _folded(session: Session, name: DocumentName, locale: Tag, account: str) -> Folded:
    person = session.scalars(select(DbAccount).where(DbAccount.name == account)).one().person()
    actor = person.actor(locale, channel=Channel.DESK, four_eyes=site.settings(session).four_eyes)
    return folds.fold_each(session, name, locale, actor)
