"""The address at which a calendar program reads what is due for somebody: made, revoked, looked up."""

import hashlib
import secrets
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.domain.permissions import Right
from app.services.accounts import held
from app.storage.accounts import DbAccount
from app.storage.assigning import DbCalendarFeed


@dataclass(frozen=True, slots=True)
class Shown:
    """What a calendar shows: what is due for a person, or for everybody."""

    person: Person
    _: KW_ONLY
    everybody: bool


def renew(session: Session, name: str, *, everybody: bool = False) -> str:
    """Return a new token for somebody's calendar, which nobody can be told again; the one before leads nowhere now.

    It is of what is due for themselves, or for `everybody`: the caller has asked whether they may see that.
    """
    revoke(session, name, everybody=everybody)
    token, account = secrets.token_urlsafe(32), held(session, name)
    made = DbCalendarFeed(account_id=account.id, everybody=everybody, digest=_digest(token), made_at=datetime.now(UTC))
    session.add(made)
    session.flush()
    return token


def revoke(session: Session, name: str, *, everybody: bool = False) -> None:
    """Let the address of somebody's calendar lead nowhere."""
    theirs = (DbCalendarFeed.account_id == held(session, name).id, DbCalendarFeed.everybody.is_(everybody))
    session.execute(delete(DbCalendarFeed).where(*theirs))


def made_at(session: Session, name: str, *, everybody: bool = False) -> datetime | None:
    """Return when the address in force was made, None if there is none."""
    made = select(DbCalendarFeed.made_at).join(DbAccount, DbAccount.id == DbCalendarFeed.account_id)
    return session.scalar(made.where(DbAccount.name == name, DbCalendarFeed.everybody.is_(everybody)))


def whose(session: Session, token: str) -> Shown | None:
    """Return whose calendar a token shows, and whether it is everybody's; None for one that counts no more.

    It counts while they read the desk, and that of everybody while they coordinate.
    """
    found = select(DbAccount, DbCalendarFeed.everybody).join(DbCalendarFeed, DbCalendarFeed.account_id == DbAccount.id)
    row = session.execute(found.where(DbCalendarFeed.digest == _digest(token))).one_or_none()
    if row is None:
        return None
    account, everybody = row
    person = account.person()
    return Shown(person, everybody=everybody) if person.has(Right.ASSIGN if everybody else Right.READ) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
