"""Who there is: people, their roles, and the names that stand for them in texts and histories."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.storage.accounts import DbAccount


def person(session: Session, name: str) -> Person | None:
    """Return the person of this name, None if there is none."""
    found = session.scalar(select(DbAccount).where(DbAccount.name == name))
    return found.person() if found else None


def people(session: Session) -> tuple[Person, ...]:
    """Return everybody, in order of their full names, people who were deactivated too."""
    return tuple(one.person() for one in session.scalars(select(DbAccount).order_by(DbAccount.full_name)))


def full_names(session: Session, names: Iterable[str]) -> Mapping[str, str]:
    """Return how people are called, by name; those without an account (`tree`, `shell`, `worker`) are left out."""
    asked = select(DbAccount.name, DbAccount.full_name).where(DbAccount.name.in_(set(names)))
    return {row.name: row.full_name for row in session.execute(asked)}
