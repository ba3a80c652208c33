"""Who forgot their password asks for a link by mail. Whether there is such an account, the worker alone finds out.

So whoever asks is answered alike and at once, and learns nothing of who has an account.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.invitations import email_of
from app.domain.people import Actor, Channel, Person
from app.services import accounts, links
from app.storage.accounts import DbAccount
from app.storage.outbox import DbWork, held
from app.storage.sign_ins import DbLink

FORGOTTEN = "forgotten"
"""The kind of this work."""

_LONGEST = 320
_TRIES = 5
_SELDOM = timedelta(minutes=5)  # between two letters to one person, whoever asks for them
_WORKER = Actor(name="worker", channel=Channel.WORKER, roles=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """A link that may be sent: to whom, and the secret that it holds, which is kept nowhere else."""

    person: Person
    secret: str
    number: int


def ask(session: Session, typed: str, *, now: datetime) -> None:
    """Have the account of a name or address looked for, and a link sent to its address if there is one."""
    session.add(DbWork(kind=FORGOTTEN, subject="account", payload=typed.strip()[:_LONGEST], due_at=now))


def answer(session: Session, number: int, *, now: datetime) -> Reset | None:
    """Return what is to be sent for one wish; None if nothing is, and then it is done.

    Nothing is where there is no such account, where a letter went to it a moment ago, and after five tries.
    """
    work = held(session, number)
    if work is None:
        return None
    account = _found(session, work.payload)
    if account is None or work.attempts > _TRIES or _was_told(session, account, now=now):
        session.delete(work)
        return None
    secret = links.issue(session, account, lasting=links.RESET, now=now, beside=True)
    accounts.note_event(session, account, "forgotten", _WORKER)
    return Reset(person=account.person(), secret=secret, number=number)


def sent(session: Session, number: int) -> None:
    """Forget a wish that was fulfilled."""
    if (work := held(session, number)) is not None:
        session.delete(work)


def failed(session: Session, reset: Reset, *, now: datetime) -> None:
    """Have it tried again; the link that nobody got leads nowhere."""
    links.withdraw_one(session, reset.secret)
    if (work := held(session, reset.number)) is not None:
        work.put_off(now + timedelta(minutes=1))


def _found(session: Session, typed: str) -> DbAccount | None:
    meant = email_of(typed)
    asked = or_(DbAccount.email == meant, DbAccount.name == meant)
    return session.scalar(select(DbAccount).where(asked, DbAccount.active, DbAccount.email != ""))


def _was_told(session: Session, account: DbAccount, *, now: datetime) -> bool:
    newest = now + links.RESET - _SELDOM
    asked = select(DbLink.id).where(DbLink.account_id == account.id, DbLink.expires_at > newest)
    return session.scalar(asked.where(DbLink.expires_at <= now + links.RESET).limit(1)) is not None
