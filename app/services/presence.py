"""Who else is at a text, and at which of its segments: their pages say so while they are open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import Key, Tag
from app.storage.accounts import DbAccount
from app.storage.texts import DbDocument
from app.storage.working_copies import DbPresence, DbWorkingCopy, see

SHOWN: Final = timedelta(seconds=60)
"""For so long after their page was last heard of somebody is shown as being there."""

_STEP: Final = timedelta(seconds=20)  # who was heard of as lately at the same segment is not written again


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Presence:
    """Somebody at a text: `key` is the segment where they are, empty if they only have it open."""

    full_name: str
    name: str
    key: Key


def is_news(session: Session, document: DbDocument, locale: Tag, account: str, key: Key, *, now: datetime) -> bool:
    """Tell whether it has to be written that somebody is at this segment."""
    mine = (DbPresence.document_id == document.id, DbPresence.locale == locale, DbAccount.name == account)
    at = select(DbPresence).join(DbAccount, DbAccount.id == DbPresence.account_id).where(*mine)
    found = session.scalar(at)
    return found is None or found.key != key or now - found.at > _STEP


def note(session: Session, document: int, locale: Tag, account: str, key: Key, *, now: datetime) -> None:
    """Write that somebody is at this segment; one row, found by its key."""
    number = session.scalar(select(DbAccount.id).where(DbAccount.name == account))
    see(session, {"document_id": document, "locale": locale, "account_id": number, "key": key, "at": now})


def others(session: Session, document: DbDocument, locale: Tag, *, but: str, now: datetime) -> tuple[Presence, ...]:
    """Return who else is there, by the last that was heard of them: what they typed, or where their page is."""
    found: dict[str, tuple[datetime, Presence]] = {}
    for table in (DbPresence, DbWorkingCopy):
        here = (table.document_id == document.id, table.locale == locale, table.at > now - SHOWN)
        asked = select(DbAccount.name, DbAccount.full_name, table.key, table.at)
        for row in session.execute(asked.join(DbAccount, DbAccount.id == table.account_id).where(*here)):
            if row.name != but and (row.name not in found or found[row.name][0] < row.at):
                found[row.name] = (row.at, Presence(full_name=row.full_name, name=row.name, key=row.key))
    return tuple(sorted(presence for _, presence in found.values()))
