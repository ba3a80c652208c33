"""Whom one can call by name in a comment: those who are told then."""

from sqlalchemy.orm import Session

from app.domain.people import Person
from app.domain.permissions import Right
from app.queries.people import people


def mentionable(session: Session, *, by: str) -> list[Person]:
    """Return who is told if somebody names them, in order of their full names; not who writes."""
    return [one for one in people(session) if one.has(Right.READ) and one.name != by]
