"""What somebody has been told, and how much of it they have not read yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.notices import MailHabit, NoticeKind, place_of
from app.domain.people import Person
from app.domain.segments import Tag
from app.queries.people import full_names
from app.storage.accounts import DbAccount
from app.storage.notices import DbMailHabit, DbNotice

PAGE = 50
MANY = 100
"""More unread ones than this are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice. `who` is the full name of who did it, `address` where at the desk that stands which it is about.

    `for_locale` is the language that they were translating into, of a question to an author; else empty.
    """

    number: int
    kind: NoticeKind
    who: str
    title: str
    address: str
    locale: Tag
    for_locale: Tag
    text: str
    reasons: tuple[str, ...]
    at: datetime
    is_unread: bool


def told(session: Session, person: Person, *, before: int | None = None) -> tuple[Told, ...]:
    """Return a page of what somebody was told, newest first, that still concerns them; `before` is a number."""
    found = _of(person).order_by(DbNotice.id.desc()).limit(PAGE)
    rows = list(session.scalars(found if before is None else found.where(DbNotice.id < before)))
    return tuple(_each(session, [row for row in rows if row.concerns(person)]))


def _of(person: Person) -> Select[DbNotice]:
    return select(DbNotice).join(DbAccount, DbAccount.id == DbNotice.account_id).where(DbAccount.name == person.name)


def _each(session: Session, rows: list[DbNotice]) -> Iterator[Told]:
    names = full_names(session, {row.by for row in rows})
    for row in rows:
        yield Told(
            number=row.id, kind=row.kind, who=names.get(row.by, row.by), title=row.title,
            address=place_of(row.document, row.locale, row.key), locale=row.locale, for_locale=row.for_locale,
            text="" if row.reasons else row.text, reasons=row.reasons, at=row.at, is_unread=row.read_at is None,
        )  # fmt: skip


def unread(session: Session, person: Person) -> int:
    """Return how many notices somebody has not read, `MANY` at the most."""
    rows = session.scalars(_of(person).where(DbNotice.read_at.is_(None)).limit(MANY))
    return sum(row.concerns(person) for row in rows)


def habit(session: Session, person: Person) -> MailHabit:
    """Return what somebody wants by mail."""
    chosen = select(DbMailHabit).join(DbAccount, DbAccount.id == DbMailHabit.account_id)
    row = session.scalar(chosen.where(DbAccount.name == person.name))
    return MailHabit() if row is None else row.habit
