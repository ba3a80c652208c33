"""The figures as people read them: over a period, of the site, its languages, or a person."""

from sqlalchemy.orm import Session

from app.domain.figures import Period, Report, Series
from app.domain.people import Person
from app.domain.segments import Tag


def report(session: Session, viewer: Person, period: Period, *, person: str | None = None) -> Report:
    """Return the figures of the site and of each of its languages, of all texts or of those that are a person's.

    Forbidden for who may see neither; a person's are for coordinators and that person alone.
    """
    raise NotImplementedError


def series(
    session: Session, viewer: Person, period: Period, *, language: Tag | None = None, person: str | None = None
) -> Series:
    """Return what charts are drawn from, of one language or of all, of all texts or a person's. Forbidden as above."""
    raise NotImplementedError
