"""The weekly report by mail: ordered by a press for some people, and by itself for who wants it each Monday."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.permissions import Right, may, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.weekly import IsoWeek, due_on_monday
from app.services import site
from app.storage.accounts import DbAccount
from app.storage.base import insert_into
from app.storage.letters import Letter
from app.storage.notices import DbMailHabit
from app.storage.weekly import DbWeeklyLetter

_EVERY = Tag("")


def order(
    session: Session, week: IsoWeek, people: Iterable[str], actor: Actor, *, language: Tag | None, now: datetime
) -> list[str]:
    """Send the report of a week to people, by the names of their accounts; return the names of who gets it now.

    Nothing is sent to who had it before, is gone, or may not open it at the desk. Forbidden for who assigns nothing;
    NotAllowed for a week that is not over at `now`: what came after would never be told.

    In one transaction: the letters in the outbox, and that they were ordered.
    """
    require(actor.roles, Right.ASSIGN)
    if week >= IsoWeek.of(now.astimezone(site.settings(session).zone).date()):
        raise NotAllowed(saying("this week is not over yet: its report can be sent from Monday on"))
    accounts = session.scalars(select(DbAccount).where(DbAccount.name.in_(set(people))).order_by(DbAccount.id))
    return [
        account.name
        for account in accounts
        if may(account.person().everywhere, Right.READ)
        and _ordered(session, account, week, language or _EVERY, by=actor.name, now=now)
    ]


def order_for_monday(session: Session, *, now: datetime, zone: ZoneInfo) -> int:
    """Send the report of the past week to the coordinators who want it and have not got it; return to how many."""
    return sum(
        _ordered(session, account, week, _EVERY, by=account.name, now=now)
        for account, hour in _wishing(session)
        if (week := due_on_monday(hour, now, zone)) is not None
    )


def is_monday(session: Session, *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell, without a lock, whether somebody is to get the report now."""
    return any(
        session.get(DbWeeklyLetter, (account.id, str(week), _EVERY)) is None
        for account, hour in _wishing(session)
        if (week := due_on_monday(hour, now, zone)) is not None
    )


def _wishing(session: Session) -> list[tuple[DbAccount, int]]:
    wishes = select(DbAccount, DbMailHabit.hour).join(DbMailHabit, DbMailHabit.account_id == DbAccount.id)
    rows = session.execute(wishes.where(DbMailHabit.weekly.is_(True)).order_by(DbAccount.id)).all()
    return [(row.DbAccount, row.hour) for row in rows if may(row.DbAccount.person().everywhere, Right.ASSIGN)]


def _ordered(
    session: Session, account: DbAccount, week: IsoWeek, language: Tag, *, by: str, now: datetime
) -> bool:  # fmt: skip
    """Order one letter; return False where that was done before, by whichever worker."""
    row = {"account_id": account.id, "week": str(week), "language": language, "by": by, "at": now}
    placed = session.execute(
        insert_into(session, DbWeeklyLetter).values(**row).on_conflict_do_nothing().returning(DbWeeklyLetter.account_id)
    ).first()
    if placed is None:
        return False
    letter = Letter(account=account.id, notices=(), written=now, week=str(week), language=language, by=by)
    session.add(letter.work())
    session.flush()
    return True
