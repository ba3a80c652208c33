"""Keeping views of the board under names, for oneself or for everybody, and letting go of them."""

from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotFound, Problem
from app.domain.people import Person
from app.domain.permissions import Right, may, require
from app.domain.said import saying
from app.storage.accounts import DbAccount
from app.storage.board_views import LONGEST_NAME, LONGEST_QUERY, DbBoardView

MOST = 50
"""Views of one person."""


def keep(session: Session, person: Person, name: str, query: str, *, shared: bool, start: bool) -> None:
    """Keep a view under a name, in place of one that this person has under it. `start`: the board opens with it.

    BadText for a name or a view that is empty or too long; Forbidden to share without the right to assign texts. In one
    transaction: the view, and that no other is the one that the board opens with.
    """
    if shared:
        require(person.everywhere, Right.ASSIGN)
    named = " ".join(name.split())
    if not 0 < len(named) <= LONGEST_NAME or "\0" in named:
        raise _refused(saying("a view needs a name of %(most)s letters at most", most=LONGEST_NAME))
    if len(query) > LONGEST_QUERY:
        raise _refused(saying("these filters are too long to be kept"))
    account = _account(session, person)
    theirs = {row.name: row for row in session.scalars(select(DbBoardView).where(DbBoardView.account_id == account))}
    if named not in theirs and len(theirs) >= MOST:
        raise _refused(saying("you have %(most)s views already: let go of one first", most=MOST))
    if start:
        session.execute(update(DbBoardView).where(DbBoardView.account_id == account).values(start=False))
    row = theirs.get(named) or DbBoardView(account_id=account, name=named)
    row.query, row.shared, row.start, row.at = query, shared, start, datetime.now(UTC)
    session.add(row)
    session.flush()


def forget(session: Session, person: Person, number: int) -> None:
    """Let go of one of one's views; who may assign texts, of a shared one too. NotFound if it is none of these."""
    theirs = DbBoardView.account_id == _account(session, person)
    if may(person.everywhere, Right.ASSIGN):
        theirs |= DbBoardView.shared
    gone = delete(DbBoardView).where(DbBoardView.id == number, theirs)
    if session.execute(gone.returning(DbBoardView.id)).first() is None:
        raise NotFound(saying("there is no such view of yours"))


def _account(session: Session, person: Person) -> int:
    return session.scalars(select(DbAccount.id).where(DbAccount.name == person.name)).one()


def _refused(reason: str) -> BadText:
    return BadText(Problem(path="", line=0, reason=reason))
