"""Links that go out by mail: to who forgot their password, and to who was invited.

Whether there is an account that somebody asks about, the worker alone finds out: whoever asks is answered alike and at
once, and learns nothing of who has one. The secret of a link is kept nowhere, so the worker makes it with the letter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.invitations import email_of
from app.domain.people import Actor, Channel, Person
from app.services import accounts, links
from app.storage.accounts import DbAccount
from app.storage.outbox import DbWork, held
from app.storage.sign_ins import DbLink


class Why(StrEnum):
    """Why a link is sent: the kind of the work in the outbox."""

    FORGOTTEN = "forgotten"
    INVITED = "invited"


_LASTING = {Why.FORGOTTEN: links.RESET, Why.INVITED: links.INVITATION}
_LONGEST = 320
_TRIES = {Why.FORGOTTEN: 5, Why.INVITED: 60}  # a minute apart
_SELDOM = timedelta(minutes=5)  # between two letters to one person, whoever asks for them
_WORKER = Actor(name="worker", channel=Channel.WORKER, roles=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLetter:
    """A link that may be sent: to whom, why, and the secret that it holds, which is kept nowhere else."""

    person: Person
    why: Why
    secret: str
    number: int


def ask(session: Session, typed: str, why: Why, *, now: datetime) -> None:
    """Have the account of a name or address looked for, and a link sent to its address if there is one."""
    session.add(DbWork(kind=why, subject="account", payload=typed.strip()[:_LONGEST], due_at=now))


def answer(session: Session, number: int, *, now: datetime) -> LinkLetter | None:
    """Return what is to be sent for one wish; None if nothing is, and then it is done.

    Nothing is where there is no such account, and after some tries. Where anybody may ask, neither is anything where a
    letter went to it a moment ago, and other links stay good; an invitation takes the place of those before it.
    """
    work = held(session, number)
    if work is None:
        return None
    account, why = _found(session, work.payload), Why(work.kind)
    anybody = why is Why.FORGOTTEN
    if account is None or work.attempts > _TRIES[why] or (anybody and _was_told(session, account, now=now)):
        session.delete(work)
        return None
    secret = links.issue(session, account, lasting=_LASTING[why], now=now, beside=anybody)
    accounts.note_event(session, account, "forgotten" if anybody else "link", _WORKER)
    return LinkLetter(person=account.person(), why=why, secret=secret, number=number)


def sent(session: Session, number: int) -> None:
    """Forget a wish that was fulfilled."""
    if (work := held(session, number)) is not None:
        session.delete(work)


def failed(session: Session, letter: LinkLetter, *, now: datetime) -> None:
    """Have it tried again; the link that nobody got leads nowhere."""
    links.withdraw_one(session, letter.secret)
    if (work := held(session, letter.number)) is not None:
        work.put_off(now + timedelta(minutes=1))


def _found(session: Session, typed: str) -> DbAccount | None:
    meant = email_of(typed)
    asked = or_(DbAccount.email == meant, DbAccount.name == meant)
    return session.scalar(select(DbAccount).where(asked, DbAccount.active, DbAccount.email != ""))


def _was_told(session: Session, account: DbAccount, *, now: datetime) -> bool:
    newest = now + links.RESET - _SELDOM
    asked = select(DbLink.id).where(DbLink.account_id == account.id, DbLink.expires_at > newest)
    return session.scalar(asked.where(DbLink.expires_at <= now + links.RESET).limit(1)) is not None
