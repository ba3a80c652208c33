"""What is due for somebody, as their calendar shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, select, true
from sqlalchemy.orm import Session, aliased

from app.domain.documents import DocumentName
from app.domain.people import Person
from app.domain.segments import Tag
from app.storage.accounts import DbAccount
from app.storage.standings import IS_UNFINISHED, DbStanding
from app.storage.talk import DbAssignment

MOST = 1000
"""Entries of a calendar: the next that are due, and of what is late then the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A text that somebody still has to write: `title` is in their own language, if there is one in it.

    `asked` is when it was asked of them, `priority` as in `DbAssignment`; `whose` is whose it is, a person or a team.
    """

    name: DocumentName
    locale: Tag
    title: str
    due: datetime
    priority: int
    asked: datetime
    whose: str


def due_for(session: Session, person: Person, *, since: datetime, everybody: bool = False) -> Sequence[Due]:
    """Return what somebody was asked for by a day and has not handed in, in the order of the days; one query.

    Where there is more than a calendar holds, what is due from `since` on (aware) comes first. Where it is for
    `everybody`, what anybody was asked for, and by what day they gave back what nobody has.
    """
    ahead = case((DbStanding.due >= since, DbStanding.due))
    own, later = aliased(DbStanding), aliased(DbAssignment)
    same = and_(DbAssignment.document_id == DbStanding.document_id, DbAssignment.locale == DbStanding.locale)
    newer = (
        select(later.id)
        .where(later.document_id == DbAssignment.document_id, later.locale == DbAssignment.locale)
        .where(later.id > DbAssignment.id)
    )
    asked = (
        select(DbStanding, own.title, DbAssignment.at, DbAccount.full_name)
        .select_from(DbStanding)
        .join(DbAssignment, and_(same, ~newer.exists()))
        .outerjoin(own, and_(own.document_id == DbStanding.document_id, own.locale == person.language))
        .outerjoin(DbAccount, DbAccount.name == DbStanding.person)
        .where(true() if everybody else DbStanding.person == person.name, DbStanding.due.is_not(None), IS_UNFINISHED)
        .order_by(ahead.is_(None), ahead, DbStanding.due.desc(), DbStanding.document_id, DbStanding.locale)
        .limit(MOST)
    )
    found = [
        Due(
            name=DocumentName(kind=text.kind, name=text.name), locale=text.locale, title=title or text.title,
            due=text.due, priority=text.priority, asked=at, whose=full_name or text.person or text.team,
        )
        for text, title, at, full_name in session.execute(asked)
        if text.due is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due, -one.priority))
