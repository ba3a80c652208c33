"""Teams, rules and who is away, as who coordinates sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assigning import Rule
from app.domain.segments import Tag
from app.storage import assigning as storage
from app.storage.accounts import DbAccount
from app.storage.assigning import DbAbsence, DbTeam, DbTeamMember

MOST = 500
"""Absences of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team of a language, or (empty) of none, and the names of who is of it."""

    name: str
    locale: Tag
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody is, or will be, away, both days among them."""

    number: int
    person: str
    substitute: str
    first: date
    last: date
    begun: bool


def teams(session: Session) -> Sequence[Team]:
    """Return the teams, by their names; two queries."""
    members = (
        select(DbTeamMember.team_id, DbAccount.name)
        .join(DbAccount, DbAccount.id == DbTeamMember.account_id)
        .order_by(DbAccount.full_name)
    )
    names: dict[int, list[str]] = {}
    for team, name in session.execute(members):
        names.setdefault(team, []).append(name)
    return [
        Team(name=one.name, locale=one.locale, members=tuple(names.get(one.id, ())))
        for one in session.scalars(select(DbTeam).order_by(DbTeam.name))
    ]


def rules(session: Session) -> Sequence[Rule]:
    """Return the rules in their order."""
    return storage.rules_in_order(session)


def teams_of(session: Session, person: str) -> Sequence[str]:
    """Return the names of the teams that somebody is of."""
    return storage.teams_of(session, person)


def away(session: Session, person: str | None = None) -> Sequence[Away]:
    """Return who is or will be away, those who leave first before others; of one person, if one is named."""
    rows = select(DbAbsence).where(DbAbsence.ended_at.is_(None)).order_by(DbAbsence.first, DbAbsence.id).limit(MOST)
    if person is not None:
        rows = rows.where(DbAbsence.person == person)
    return [
        Away(
            number=one.id, person=one.person, substitute=one.substitute, first=one.first, last=one.last,
            begun=one.begun_at is not None,
        )
        for one in session.scalars(rows)
    ]  # fmt: skip
