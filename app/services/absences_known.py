"""Who is away, and who does their work meanwhile, as the database knows it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import assigning
from app.domain.assigning import Absence
from app.domain.segments import Tag
from app.services import people, site
from app.storage.assigning import DbAbsence
from app.storage.texts import DbDocument


def known(session: Session) -> Sequence[Absence]:
    """Return the absences that have not ended."""
    rows = session.scalars(select(DbAbsence).where(DbAbsence.ended_at.is_(None)).order_by(DbAbsence.id))
    return [row.absence for row in rows]


def today(session: Session, now: datetime | None = None) -> date:
    """Return the day that clocks of the site show."""
    return (now or datetime.now(UTC)).astimezone(site.settings(session).zone).date()


def absence_of(session: Session, person: str, *, day: date | None = None) -> Absence | None:
    """Return for how long somebody is away who is away on a day (today); None while they are there."""
    day = day or today(session)
    return next((one for one in known(session) if one.person == person and one.covers(day)), None)


def number_of(session: Session, person: str) -> int | None:
    """Return the number of the absence in which somebody is away today; None while they are there."""
    day = today(session)
    theirs = select(DbAbsence.id).where(DbAbsence.person == person, DbAbsence.ended_at.is_(None))
    return session.scalar(theirs.where(DbAbsence.first <= day, DbAbsence.last >= day))


def stand_in(session: Session, person: str, document: DbDocument, locale: Tag, *, day: date | None = None) -> str:
    """Return who writes a text in somebody's place on a day (today): they themselves while they are there.

    Empty for nobody, for somebody who may not write it, and where who stands in may not.
    """
    absences = known(session) if person else ()
    there = assigning.stand_in(person, day or today(session), absences) if absences else person
    return there if there and people.writes(session, there, document, locale) else ""
