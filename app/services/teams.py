"""Teams: people who share the texts of a language, or of all. Who coordinates makes them."""

from collections.abc import Collection

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.services import site
from app.storage.accounts import DbAccount
from app.storage.assigning import LONGEST_NAME, DbRule, DbTeam, DbTeamMember
from app.storage.journal import Event, note
from app.storage.standings import DbStanding


def put(session: Session, name: str, actor: Actor, *, locale: Tag, people: Collection[str]) -> DbTeam:
    """Make a team of these people, or let one that there is be of them; return it.

    Forbidden without the right; NotAllowed for a name or a language that cannot be, or somebody who has no account.
    In one transaction: the team, its members, and the event, which names nobody.
    """
    require(actor.roles, Right.ASSIGN)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise NotAllowed(saying("the name of a team has %(most)s letters at most, and one at least", most=LONGEST_NAME))
    if locale and locale not in site.settings(session).locales:
        raise NotAllowed(saying("the site has no language %(tag)s", tag=locale))
    accounts = session.scalars(select(DbAccount).where(DbAccount.name.in_(people))).all()
    for one in sorted(set(people) - {account.name for account in accounts}):
        raise NotAllowed(saying("there is no account %(name)s", name=one))
    team = session.scalar(select(DbTeam).where(DbTeam.name == name).with_for_update())
    if team is None:
        team = DbTeam(name=name, locale=locale)
        session.add(team)
    team.locale = locale
    session.flush()
    session.execute(delete(DbTeamMember).where(DbTeamMember.team_id == team.id))
    session.add_all(DbTeamMember(team_id=team.id, account_id=account.id) for account in accounts)
    session.flush()
    note(session, Event.by(actor, f"team/{team.id}", "team", members=len(accounts)))
    return team


def remove(session: Session, name: str, actor: Actor) -> None:
    """Let there be a team no more. NotFound if there is none; NotAllowed while a rule or a text names it."""
    require(actor.roles, Right.ASSIGN)
    team = named(session, name)
    used = or_(
        select(DbRule.id).where(DbRule.team == name).exists(),
        select(DbStanding.locale).where(DbStanding.team == name).exists(),
    )
    if session.scalar(select(used)):
        raise NotAllowed(saying("texts or rules are this team's: give them to others first"))
    session.execute(delete(DbTeamMember).where(DbTeamMember.team_id == team.id))
    session.delete(team)
    session.flush()
    note(session, Event.by(actor, f"team/{team.id}", "remove-team"))


def named(session: Session, name: str) -> DbTeam:
    """Return a team by its name. NotFound if there is none."""
    found = session.scalar(select(DbTeam).where(DbTeam.name == name))
    if found is None:
        raise NotFound(saying("there is no team %(name)s", name=name))
    return found


def members(session: Session, name: str) -> tuple[str, ...]:
    """Return who is of a team, those alone who can sign in; nobody of one that there is none of."""
    theirs = (
        select(DbAccount.name)
        .join(DbTeamMember, DbTeamMember.account_id == DbAccount.id)
        .join(DbTeam, DbTeam.id == DbTeamMember.team_id)
        .where(DbTeam.name == name, DbAccount.active)
        .order_by(DbAccount.id)
    )
    return tuple(session.scalars(theirs))
