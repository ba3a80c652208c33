"""The address at which a calendar program reads what is due for somebody: made, revoked, looked up."""

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.domain.permissions import Right
from app.services.accounts import held
from app.storage.accounts import DbAccount
from app.storage.assigning import DbCalendarFeed


def renew(session: Session, name: str) -> str:
    """Return a new token for somebody's calendar, which nobody can be told again; the one before leads nowhere now."""
    revoke(session, name)
    token = secrets.token_urlsafe(32)
    account = held(session, name)
    session.add(DbCalendarFeed(account_id=account.id, digest=_digest(token), made_at=datetime.now(UTC)))
    session.flush()
    return token


def revoke(session: Session, name: str) -> None:
    """Let the address of somebody's calendar lead nowhere."""
    session.execute(delete(DbCalendarFeed).where(DbCalendarFeed.account_id == held(session, name).id))


def made_at(session: Session, name: str) -> datetime | None:
    """Return when the address in force was made, None if there is none."""
    made = select(DbCalendarFeed.made_at).join(DbAccount, DbAccount.id == DbCalendarFeed.account_id)
    return session.scalar(made.where(DbAccount.name == name))


def whose(session: Session, token: str) -> Person | None:
    """Return whose calendar a token shows; None for one that counts no more, or if they read the desk no more."""
    found = select(DbAccount).join(DbCalendarFeed, DbCalendarFeed.account_id == DbAccount.id)
    account = session.scalar(found.where(DbCalendarFeed.digest == _digest(token)))
    person = account.person() if account is not None else None
    return person if person is not None and person.has(Right.READ) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
