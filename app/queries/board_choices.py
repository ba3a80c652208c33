"""What somebody can choose on the board besides what is the same for everybody: views, people, teams and topics.

They change seldom and are few, so that one query brings them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy import Row, Select, SQLColumnExpression, case, exists, false, literal, select, union_all
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.domain.permissions import Right, may
from app.domain.translations import Role
from app.queries.topics import each_topic
from app.storage.accounts import DbAccount, DbGrant
from app.storage.assigning import DbTeam
from app.storage.board_views import DbBoardView

_Text = SQLColumnExpression[str]
_NOTHING: Final = literal("")
_AT_WORK: Final = tuple(role for role in Role if may(frozenset({role}), Right.READ))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A view under its name. `owner` is who keeps it, in full; `own` tells that it is this person's."""

    number: int
    name: str
    query: str
    owner: str
    own: bool
    shared: bool
    start: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One's own views and then those that others share, people (`name`, full name), teams and topics, each in order.

    People are those whose roles let them see the board; a closed account shares nothing.
    """

    views: Sequence[Kept]
    people: Sequence[tuple[str, str]]
    teams: Sequence[str]
    topics: Sequence[str]

    @property
    def start(self) -> str:
        """Return the address that the board opens with, empty without one."""
        return next((one.query for one in self.views if one.start), "")


class _Sort(StrEnum):
    OWN = "1"
    SHARED = "2"
    PERSON = "3"
    TEAM = "4"
    TOPIC = "5"


def choices(session: Session, person: Person) -> Choices:
    """Return what this person can choose, in one query."""
    own = DbAccount.name == person.name
    views = (
        select(
            case((own, _Sort.OWN), else_=_Sort.SHARED).label("sort"), DbBoardView.name.label("label"),
            DbAccount.full_name.label("name"), DbBoardView.query, DbBoardView.id.label("number"), DbBoardView.shared,
            DbBoardView.start,
        )
        .join(DbAccount, DbAccount.id == DbBoardView.account_id)
        .where(own | (DbBoardView.shared & DbAccount.active))
    )  # fmt: skip
    reads = exists().where(DbGrant.account_id == DbAccount.id, DbGrant.role.in_(_AT_WORK))
    people = _row(_Sort.PERSON, DbAccount.full_name, DbAccount.name).where(DbAccount.active, reads)
    teams = _row(_Sort.TEAM, DbTeam.name)
    topics = _row(_Sort.TOPIC, each_topic().subquery().c.msgid)
    found = union_all(views, people, teams, topics).subquery()
    rows = session.execute(select(found).order_by(found.c.sort, found.c.label, found.c.number)).all()
    by_sort = {_Sort(sort): tuple(those) for sort, those in groupby(rows, key=lambda row: row.sort)}
    return Choices(
        views=[_kept(row) for sort in (_Sort.OWN, _Sort.SHARED) for row in by_sort.get(sort, ())],
        people=[(row.name, row.label) for row in by_sort.get(_Sort.PERSON, ())],
        teams=[row.label for row in by_sort.get(_Sort.TEAM, ())],
        topics=[row.label for row in by_sort.get(_Sort.TOPIC, ())],
    )


def _row(sort: _Sort, label: _Text, name: _Text = _NOTHING) -> Select[str, str, str, str, int, bool, bool]:
    """Select what can be chosen, in the columns of views."""
    return select(
        literal(sort).label("sort"), label.label("label"), name.label("name"), literal("").label("query"),
        literal(0).label("number"), false().label("shared"), false().label("start"),
    )  # fmt: skip


def _kept(row: Row[str, str, str, str, int, bool, bool]) -> Kept:
    own = row.sort == _Sort.OWN
    return Kept(
        number=row.number, name=row.label, query=row.query, owner=row.name, own=own, shared=row.shared,
        start=own and row.start,
    )  # fmt: skip
