"""By whom texts are written: teams, the rules that give texts to people, who is away, and feeds of what is due."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain import assigning
from app.domain.documents import Kind
from app.domain.segments import Tag
from app.storage.accounts import DbAccount
from app.storage.base import Base, Moment, by_value

LONGEST_NAME = 60


class DbTeam(Base):
    """People who share texts, of one language or (empty) of none. Assignments have its name, which never changes."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    locale: Mapped[Tag] = mapped_column(String(35), default=Tag(""))


class DbTeamMember(Base):
    """Somebody is of a team."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)


class DbRule(Base):
    """One of the rules by which texts are given to people (`domain.assigning.Rule`), in the order of `position`.

    `locale`, `tag` and `country` are empty where it says nothing of them, and so is `person` or `team`.
    """

    __tablename__ = "assignment_rule"
    __table_args__ = (
        UniqueConstraint("position"),
        CheckConstraint("(person = '') <> (team = '')", name="a_person_or_a_team"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    locale: Mapped[Tag] = mapped_column(String(35))
    kind: Mapped[Kind | None] = mapped_column(by_value(Kind))
    tag: Mapped[str] = mapped_column(String(200))
    person: Mapped[str] = mapped_column(String(120))
    team: Mapped[str] = mapped_column(String(LONGEST_NAME))
    priority: Mapped[int] = mapped_column(Integer)
    days: Mapped[int | None] = mapped_column(Integer)
    country: Mapped[str] = mapped_column(String(2))

    @property
    def rule(self) -> assigning.Rule:
        """Return the value that is handed upwards."""
        return assigning.Rule(
            locale=self.locale or None, kind=self.kind, tag=self.tag, person=self.person, team=self.team,
            priority=self.priority, days=self.days, country=self.country, number=self.id,
        )  # fmt: skip


class DbAbsence(Base):
    """Somebody is away, both days (of the site's zone) among them; `begun_at` and `ended_at` are when that was done."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(120), index=True)
    substitute: Mapped[str] = mapped_column(String(120))
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    begun_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def absence(self) -> assigning.Absence:
        """Return the value that is handed upwards."""
        return assigning.Absence(person=self.person, substitute=self.substitute, first=self.first, last=self.last)


class DbHandedOver(Base):
    """This assignment gave a substitute what had been somebody's who is away: it may come back."""

    __tablename__ = "handed_over"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    absence_id: Mapped[int] = mapped_column(ForeignKey("absence.id"), index=True)


class DbCalendarFeed(Base):
    """The one address at which somebody's calendar of what is due can be read: of its token the SHA-256 alone.

    Who coordinates may have another of what is due for `everybody`.
    """

    __tablename__ = "calendar_feed"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    everybody: Mapped[bool] = mapped_column(Boolean, primary_key=True, default=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)


def rules_in_order(session: Session) -> Sequence[assigning.Rule]:
    """Return the rules, the first that is asked first."""
    return [row.rule for row in session.scalars(select(DbRule).order_by(DbRule.position))]


def teams_of(session: Session, person: str) -> Sequence[str]:
    """Return the names of the teams that somebody is of."""
    theirs = (
        select(DbTeam.name)
        .join(DbTeamMember, DbTeamMember.team_id == DbTeam.id)
        .join(DbAccount, DbAccount.id == DbTeamMember.account_id)
        .where(DbAccount.name == person)
        .order_by(DbTeam.name)
    )
    return session.scalars(theirs).all()
