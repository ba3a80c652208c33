"""The views of the board that somebody sees: their own, and those that others share."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.storage.accounts import DbAccount
from app.storage.board_views import DbBoardView


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


def kept_views(session: Session, person: Person) -> Sequence[Kept]:
    """Return one's own views and then those that others share, each by their names."""
    rows = session.execute(
        select(DbBoardView, DbAccount.name, DbAccount.full_name)
        .join(DbAccount, DbAccount.id == DbBoardView.account_id)
        .where(or_(DbAccount.name == person.name, DbBoardView.shared))
        .order_by(DbAccount.name != person.name, DbBoardView.name, DbBoardView.id)
    )
    return [
        Kept(
            number=row.id, name=row.name, query=row.query, owner=full, own=name == person.name, shared=row.shared,
            start=row.start and name == person.name,
        )
        for row, name, full in rows
    ]  # fmt: skip
