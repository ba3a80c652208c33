"""Accounts as administrators and their owners see them: people, how they sign in, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.storage.accounts import DbAccount
from app.storage.sign_ins import DbPasskey, DbRecoveryCode, DbSitting, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody, and how they sign in. Who has no `password` yet was invited; `seen_at` is of sessions not over."""

    person: Person
    password: bool
    second_factor: bool
    passkeys: int
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A session: on which device, from which address, and whether it is the one that asks."""

    number: int
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str
    here: bool


def everybody(session: Session) -> tuple[Account, ...]:
    """Return all accounts in order of full names, in a fixed number of queries."""
    rows = session.scalars(select(DbAccount).order_by(DbAccount.full_name, DbAccount.name)).all()
    return _accounts(session, rows=tuple(rows))


def one(session: Session, name: str) -> Account | None:
    """Return the account of this name, None if there is none."""
    row = session.scalar(select(DbAccount).where(DbAccount.name == name))
    return _accounts(session, rows=(row,))[0] if row else None


def sittings(session: Session, name: str, secret: str) -> tuple[Sitting, ...]:
    """Return the sessions of somebody, the one used last first; `secret` opens the one that asks."""
    rows = session.scalars(
        select(DbSitting)
        .join(DbAccount, DbAccount.id == DbSitting.account_id)
        .where(DbAccount.name == name)
        .order_by(DbSitting.seen_at.desc(), DbSitting.id.desc())
    )
    return tuple(
        Sitting(
            number=row.id, began_at=row.began_at, seen_at=row.seen_at, address=row.address, agent=row.agent,
            here=row.digest == digest(secret),
        )
        for row in rows
    )  # fmt: skip


def recovery_codes_left(session: Session, name: str) -> int:
    """Return how many recovery codes somebody has not used."""
    asked = select(func.count()).select_from(DbRecoveryCode).join(DbAccount, DbAccount.id == DbRecoveryCode.account_id)
    return session.scalar(asked.where(DbAccount.name == name)) or 0


def _accounts(session: Session, *, rows: tuple[DbAccount, ...]) -> tuple[Account, ...]:
    numbers = [row.id for row in rows]
    passkeys = {
        row[0]: row[1]
        for row in session.execute(
            select(DbPasskey.account_id, func.count())
            .where(DbPasskey.account_id.in_(numbers))
            .group_by(DbPasskey.account_id)
        )
    }
    seen = {
        row[0]: row[1]
        for row in session.execute(
            select(DbSitting.account_id, func.max(DbSitting.seen_at))
            .where(DbSitting.account_id.in_(numbers))
            .group_by(DbSitting.account_id)
        )
    }
    return tuple(
        Account(
            person=row.person(), password=row.password is not None, second_factor=row.tf_totp_secret is not None,
            passkeys=passkeys.get(row.id, 0), seen_at=seen.get(row.id),
        )
        for row in rows
    )  # fmt: skip
