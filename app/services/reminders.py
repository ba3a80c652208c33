"""Reminders before and after the day on which a text is wanted, and word to coordinators when it stays away.

Each is a row of the outbox, written with the assignment. What by then is nobody's concern any more is forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.notices import Notice, NoticeKind
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.working_days import START_OF_DAY, WorkCalendar, at
from app.services import notices, people, site, teams
from app.services.text_rules import calendar_of
from app.storage.outbox import DbWork, held
from app.storage.standings import IS_UNFINISHED, DbStanding
from app.storage.talk import DbAssignment, newest_assignment
from app.storage.texts import DbDocument

REMIND = "remind"
"""The kind of their work."""

_NOBODY = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """An assignment, by its identifier, and what is told of it."""

    assignment: int
    kind: NoticeKind


_REMINDER = msgspec.json.Decoder(Reminder)


def plan(session: Session, made: DbAssignment) -> None:
    """Remember when somebody has to be reminded of what they have from now on.

    What is late by then is counted from today, so that there is time to do it; of a time that has passed, nothing.
    """
    if made.due is None or not (made.person or made.team):
        return
    now, settings = datetime.now(UTC), site.settings(session)
    day = max(made.due, now).astimezone(settings.zone).date()
    days = calendar_of(session, session.get_one(DbDocument, made.document_id), made.locale, day.year)
    for kind, moment in _times(settings, day, days):
        if moment > now:
            payload = msgspec.json.encode(Reminder(assignment=made.id, kind=kind)).decode()
            session.add(DbWork(kind=REMIND, subject=_subject(made), payload=payload, due_at=moment))
    session.flush()


def plan_again(session: Session, document: DbDocument, locale: Tag) -> None:
    """Remember anew when to remind of a text that has to be written again: what fell due meanwhile was told nobody."""
    made = newest_assignment(session, document.id, locale)
    if made is not None:
        session.execute(delete(DbWork).where(DbWork.kind == REMIND, DbWork.subject == _subject(made)))
        plan(session, made)


def _subject(made: DbAssignment) -> str:
    return f"assignment/{made.id}"


def _times(settings: Site, day: date, days: WorkCalendar) -> Iterator[tuple[NoticeKind, datetime]]:
    """Yield what is told and when: as many working days from the day as the site says, in the morning."""
    if settings.remind_before:
        yield NoticeKind.DUE_SOON, at(days.before(day, settings.remind_before), START_OF_DAY, settings.zone)
    if settings.remind_after:
        yield NoticeKind.OVERDUE, at(days.after(day, settings.remind_after), START_OF_DAY, settings.zone)
    if settings.escalate_after:
        yield NoticeKind.ESCALATED, at(days.after(day, settings.escalate_after), START_OF_DAY, settings.zone)


def carry_out(session: Session, number: int, *, now: datetime) -> int:
    """Tell those whom a reminder is for, by the number of its work, and forget it; return how many were told.

    In one transaction, so that nobody is reminded twice. Nothing is told of an assignment that does not count any more
    or of a text that was handed in, nor that something will be due which is overdue.
    """
    work = held(session, number)
    if work is None:
        return 0
    reminder = _REMINDER.decode(work.payload)
    session.delete(work)
    made = session.get(DbAssignment, reminder.assignment)
    if made is None or made.due is None or not _waits(session, made):
        return 0
    if reminder.kind is NoticeKind.DUE_SOON and made.due <= now:
        return 0
    document = session.get_one(DbDocument, made.document_id)
    by = made.person or made.team if reminder.kind is NoticeKind.ESCALATED else _NOBODY
    return sum(
        notices.tell(
            session,
            Notice(kind=reminder.kind, to=name, by=by, document=document.full_name, locale=made.locale),
        )
        for name in _concerned(session, made, reminder.kind)
    )


def _concerned(session: Session, made: DbAssignment, kind: NoticeKind) -> tuple[str, ...]:
    if kind is NoticeKind.ESCALATED:
        return people.answerable(session, made.asked_by)
    return (made.person,) if made.person else teams.members(session, made.team)


def _waits(session: Session, made: DbAssignment) -> bool:
    """Tell whether an assignment counts, and its text still has to be written."""
    counting = newest_assignment(session, made.document_id, made.locale)
    here = (DbStanding.document_id == made.document_id, DbStanding.locale == made.locale)
    return counting is made and session.scalar(select(DbStanding.locale).where(*here, IS_UNFINISHED)) is not None
