"""Sessions of people at the desk: each a row, so that it can be listed and ended from elsewhere."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.storage.accounts import DbAccount
from app.storage.sign_ins import DbSitting, digest

IDLE = timedelta(days=1)
"""After so long without a request a session is over."""

LONGEST = timedelta(days=14)
"""After so long it is over in any case, and one signs in again."""

_STEP = timedelta(minutes=5)  # a session that was seen as lately is not written again


def begin(session: Session, account_id: int, secret: str, *, address: str, agent: str, now: datetime) -> None:
    """Begin a session that its secret opens; the worker sweeps away what is over."""
    session.add(
        DbSitting(
            digest=digest(secret), account_id=account_id, began_at=now, seen_at=now, address=address[:45],
            agent="".join(letter for letter in agent if letter.isprintable())[:200],
        )
    )  # fmt: skip
    session.flush()


def sweep(session: Session, *, now: datetime) -> None:
    """Forget the sessions that are over, with address and browser."""
    session.execute(delete(DbSitting).where((DbSitting.seen_at < now - IDLE) | (DbSitting.began_at < now - LONGEST)))


def end(session: Session, secret: str) -> None:
    """End the session of this secret."""
    session.execute(delete(DbSitting).where(DbSitting.digest == digest(secret)))


def end_one(session: Session, account_id: int, number: int) -> None:
    """End a session of this account by its number; nothing happens if it is somebody else's, or over."""
    session.execute(delete(DbSitting).where(DbSitting.id == number, DbSitting.account_id == account_id))


def end_all(session: Session, account_id: int, *, but: str = "") -> None:
    """End all sessions of an account, but for that of a secret."""
    session.execute(delete(DbSitting).where(DbSitting.account_id == account_id, DbSitting.digest != digest(but)))


def of(session: Session, secret: str, *, now: datetime) -> tuple[DbAccount, DbSitting] | None:
    """Return whose session this is, None if it is over or was ended, or its owner may no longer sign in."""
    found = session.execute(
        select(DbAccount, DbSitting)
        .join(DbSitting, DbSitting.account_id == DbAccount.id)
        .where(
            DbSitting.digest == digest(secret), DbSitting.seen_at > now - IDLE, DbSitting.began_at > now - LONGEST,
            DbAccount.active,
        )
    ).first()  # fmt: skip
    return (found[0], found[1]) if found else None


def is_stale(sitting: DbSitting, *, now: datetime) -> bool:
    """Tell whether it has to be noted again that a session was used."""
    return now - sitting.seen_at > _STEP


def note_seen(session: Session, number: int, *, now: datetime) -> None:
    """Note that a session was used just now."""
    session.execute(update(DbSitting).where(DbSitting.id == number).values(seen_at=now))
