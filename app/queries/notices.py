"""What somebody has been told, and how much of it they have not read yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

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

_AT_ONCE: Final = frozenset({
    NoticeKind.ASSIGNED, NoticeKind.TEAM_ASSIGNED, NoticeKind.REASSIGNED, NoticeKind.UNASSIGNED, NoticeKind.REMINDED,
    NoticeKind.STANDS_IN, NoticeKind.GIVEN, NoticeKind.TEAM_GIVEN, NoticeKind.COMES_BACK, NoticeKind.CALLED_OFF,
    NoticeKind.YOURS_AGAIN,
})  # fmt: skip
"""What may be done to several texts at once."""

_MEANWHILE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice. `who` is the full name of who did it, `address` where at the desk that stands which it is about.

    `for_locale` is the language that they were translating into, of a question to an author; else empty. `days` are
    those of an absence. `others` were told at once with it.
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
    days: tuple[date, date] | None = None
    others: tuple["Told", ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of all that was told together."""
        return (self.number, *(one.number for one in self.others))


class Page(NamedTuple):
    """Notices, newest first, and the number before which older ones begin, None if there are none."""

    told: Sequence[Told]
    further: int | None


def told(session: Session, person: Person, *, before: int | None = None) -> Page:
    """Return a page of what somebody was told, newest first, that still concerns them; `before` is a number.

    What was done to several texts at once is told once, with the others below it.
    """
    found = _of(person).order_by(DbNotice.id.desc()).limit(PAGE)
    rows = session.scalars(found if before is None else found.where(DbNotice.id < before)).all()
    names = full_names(session, {row.by for row in rows})
    sheaves = _sheaves([row for row in rows if row.concerns(person)])
    told = [replace(_each(first, names), others=tuple(_each(row, names) for row in rest)) for first, *rest in sheaves]
    return Page(told, rows[-1].id if len(rows) == PAGE else None)


def _sheaves(rows: Sequence[DbNotice]) -> list[list[DbNotice]]:
    """Return notices by what was done at once: one after the other, of one kind, by one person, in one minute."""
    found = list[list[DbNotice]]()
    for row in rows:
        last = found[-1][-1] if found else None
        together = last is not None and row.kind in _AT_ONCE and (row.kind, row.by) == (last.kind, last.by)
        if last is not None and together and abs(last.at - row.at) < _MEANWHILE:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _of(person: Person) -> Select[DbNotice]:
    return select(DbNotice).join(DbAccount, DbAccount.id == DbNotice.account_id).where(DbAccount.name == person.name)


def _each(row: DbNotice, names: Mapping[str, str]) -> Told:
    return Told(
        number=row.id, kind=row.kind, who=names.get(row.by, row.by), title=row.title,
        address=place_of(row.document, row.locale, row.key), locale=row.locale, for_locale=row.for_locale,
        text="" if row.reasons or row.days else row.text, reasons=row.reasons, at=row.at,
        is_unread=row.read_at is None, days=row.days,
    )  # fmt: skip


def unread(session: Session, person: Person) -> int:
    """Return how many notices somebody has not read, `MANY` at the most; what was done at once is one."""
    rows = session.scalars(_of(person).where(DbNotice.read_at.is_(None)).order_by(DbNotice.id.desc()).limit(MANY))
    return len(_sheaves([row for row in rows if row.concerns(person)]))


def habit(session: Session, person: Person) -> MailHabit:
    """Return what somebody wants by mail."""
    chosen = select(DbMailHabit).join(DbAccount, DbAccount.id == DbMailHabit.account_id)
    row = session.scalar(chosen.where(DbAccount.name == person.name))
    return MailHabit() if row is None else row.habit
