"""Letters to people: put together from notices that are due, handed to the mail server, and noted as sent or not.

At least once, and once more at the most: that it is about to be handed over is noted before, and that it was, after.
Who died in between is followed by one repeat under the same Message-ID, and by no third.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.domain.weekly import IsoWeek
from app.storage.accounts import DbAccount
from app.storage.letters import Letter
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork, held

_TRIES = 2  # so often a letter is handed over with no word of what became of it
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)  # between two tries while the mail server is away
_PATIENCE = timedelta(days=3)  # until a letter is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A letter that may be sent: to whom, what it tells, and the name that begins its Message-ID.

    It tells of notices, or is the report of a `week`, of a language or (None) of all, as its sender `by` may see it.
    """

    name: str
    account: int
    person: Person
    notices: tuple[DbNotice, ...]
    names: dict[str, str]
    written: datetime
    week: IsoWeek | None = None
    language: Tag | None = None
    by: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a letter was not taken. `was_handed` if the server had it, and said that it does not take it."""

    reason: str
    for_good: bool = False
    was_handed: bool = False


def _waiting(now: datetime) -> ColumnElement[bool]:
    return DbNotice.mail_at <= now


def are_due(session: Session, *, now: datetime) -> bool:
    """Tell, without a lock, whether there are notices to put into letters."""
    return session.scalar(select(DbNotice.id).where(_waiting(now)).limit(1)) is not None


def write(session: Session, *, now: datetime) -> int:
    """Put all notices that are due into letters, one to each person; return how many letters.

    In one transaction: the letters, and that their notices wait no more. Several workers at once take different ones.
    """
    due = select(DbNotice).where(_waiting(now)).order_by(DbNotice.account_id, DbNotice.id)
    count = 0
    for account, notices in groupby(
        session.scalars(due.with_for_update(skip_locked=True)).all(), key=lambda notice: notice.account_id
    ):
        numbers = list[int]()
        for notice in notices:
            notice.mail_at = None
            numbers.append(notice.id)
        session.add(Letter(account=account, notices=tuple(numbers), written=now).work())
        count += 1
    session.flush()
    return count


def addressed(session: Session, number: int, *, now: datetime) -> Post | None:
    """Return what may be sent of a letter; None if nothing may, and then it is forgotten, or kept with the reason.

    That is what has gone out, or concerns nobody any more: who left or lost the role since is told nothing. A letter of
    which twice nobody said what became of it is not tried again.
    """
    work = held(session, number)
    if work is None or work.refusal:
        return None
    letter = Letter.of(work)
    account = session.get_one(DbAccount, letter.account)
    person = account.person()
    if letter.week:
        return _report(session, work, letter, person, now=now)
    rows = session.scalars(select(DbNotice).where(DbNotice.id.in_(letter.notices)).order_by(DbNotice.id))
    notices = tuple(notice for notice in rows if notice.concerns(person))
    if not notices:
        session.delete(work)
        return None
    if _is_given_up(work, letter, now=now):
        return None
    names = _names(session, {notice.by for notice in notices})
    return Post(
        name=letter.name, account=account.id, person=person, notices=notices, names=names, written=letter.written
    )


def _report(session: Session, work: DbWork, letter: Letter, person: Person, *, now: datetime) -> Post | None:
    """Return a report that may be sent: who gets it reads the desk, and who sends it may see all of it, still."""
    sender = session.scalar(select(DbAccount).where(DbAccount.name == letter.by))
    by = None if sender is None else sender.person()
    if by is None or not by.has(Right.ASSIGN) or not person.has(Right.READ):
        session.delete(work)
        return None
    if _is_given_up(work, letter, now=now):
        return None
    return Post(
        name=letter.name, account=letter.account, person=person, notices=(), names={}, written=letter.written,
        week=IsoWeek.parse(letter.week), language=Tag(letter.language) if letter.language else None, by=by,
    )  # fmt: skip


def _is_given_up(work: DbWork, letter: Letter, *, now: datetime) -> bool:
    if letter.handed < _TRIES:
        return False
    work.refuse("it was handed over twice, and nobody was left to note what became of it", now=now)
    return True


def _names(session: Session, accounts: set[str]) -> dict[str, str]:
    rows = session.execute(select(DbAccount.name, DbAccount.full_name).where(DbAccount.name.in_(accounts)))
    return {row.name: row.full_name for row in rows}


def hold(session: Session, number: int, *, now: datetime) -> None:
    """Let a letter wait a little: what it tells of is not counted yet."""
    if (work := held(session, number)) is not None:
        work.put_off(now + _FIRST)


def hand_over(session: Session, number: int) -> bool:
    """Note that the mail server is about to be given a letter; False if it is gone."""
    work = held(session, number)
    if work is None:
        return False
    letter = Letter.of(work)
    letter.note_in(work, handed=letter.handed + 1)
    return True


def sent(session: Session, number: int) -> None:
    """Forget a letter that the mail server took."""
    if (work := held(session, number)) is not None:
        session.delete(work)


def failed(session: Session, number: int, failure: Failure, *, now: datetime) -> None:
    """Note that the mail server did not take a letter: it is tried again, ever later, unless that is for good."""
    work = held(session, number)
    if work is None:
        return
    letter = Letter.of(work)
    known = letter.handed - 1 if failure.was_handed else letter.handed
    letter.note_in(work, handed=known, failures=letter.failures + 1)
    if failure.for_good or now - letter.written > _PATIENCE:
        work.refuse(failure.reason, now=now)
    else:
        work.put_off(now + min(_FIRST * 2 ** min(letter.failures, 10), _LONGEST))
