"""One-time links: who holds one chooses a password. The secret is handed out once; its digest alone is kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.said import saying
from app.services import sittings
from app.storage.accounts import DbAccount
from app.storage.sign_ins import DbLink, digest, new_secret

INVITATION = timedelta(days=7)
RESET = timedelta(hours=2)


def address(site: str, secret: str) -> str:
    """Return where a link is, on a site at an address (`https://news.example.org`)."""
    return f"{site.rstrip('/')}/desk/link/{secret}"


def issue(session: Session, account: DbAccount, *, lasting: timedelta, now: datetime, beside: bool = False) -> str:
    """Return the secret of a new link; older ones lead nowhere any more, unless it is to stand `beside` them.

    What anybody may ask for stands beside them: a stranger must not take an invitation from somebody.
    """
    if not beside:
        withdraw(session, account)
    secret = new_secret()
    session.add(DbLink(digest=digest(secret), account_id=account.id, expires_at=now + lasting))
    session.flush()
    return secret


def withdraw(session: Session, account: DbAccount) -> None:
    """Let no link of this account lead anywhere."""
    session.execute(delete(DbLink).where(DbLink.account_id == account.id))


def withdraw_one(session: Session, secret: str) -> None:
    """Let one link lead nowhere."""
    session.execute(delete(DbLink).where(DbLink.digest == digest(secret)))


def sweep(session: Session, *, now: datetime) -> None:
    """Forget the links that count no more."""
    session.execute(delete(DbLink).where(DbLink.expires_at < now))


def owner(session: Session, secret: str, *, now: datetime) -> DbAccount:
    """Return whose link this is; NotFound if it was used, has expired, or never was one."""
    found = session.scalar(
        select(DbAccount)
        .join(DbLink, DbLink.account_id == DbAccount.id)
        .where(DbLink.digest == digest(secret), DbLink.expires_at > now, DbAccount.active)
    )
    if found is None:
        raise NotFound(saying("this link was used before, has expired, or was replaced by a newer one"))
    return found


def redeem(session: Session, secret: str, password: str, *, now: datetime) -> DbAccount:
    """Use a link up and give its owner a password (a hash); all sessions end. NotFound as `owner`.

    Of two who use one link at once, the second finds it gone: its row is deleted first, and by one of them.
    """
    account = owner(session, secret, now=now)
    if session.execute(delete(DbLink).where(DbLink.digest == digest(secret)).returning(DbLink.id)).first() is None:
        raise NotFound(saying("this link was used a moment ago"))
    withdraw(session, account)
    account.password = password
    sittings.end_all(session, account.id)
    return account
