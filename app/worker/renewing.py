"""Everything that is made of texts is made anew, document by document: pages, addresses, standings, memory.

Each has a transaction of its own, so that nobody who saves or approves waits for longer than one of them takes; so have
some hundred units each of what files brought into the memory, which only have to be found again.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services import projection, site
from app.storage.database import Database
from app.storage.memory_imports import index_some
from app.storage.texts import DbDocument

_SOME = 500  # units of one transaction


def make_anew(database: Database) -> int:
    """Forget it and make it anew; return of how many documents. If this dies, `catch_up` goes on with it."""
    with database.write() as session:
        projection.begin_anew(session)
    return _each(database, projection.renew)


def catch_up(database: Database) -> None:
    """Let all of it follow the settings of the site, if that was not done to the end since they changed."""
    with database.read() as session:
        if not site.pages_lag(session):
            return
    _each(database, projection.follow)


def _each(database: Database, make: Callable[[Session, int], object]) -> int:
    with database.read() as session:
        numbers = session.scalars(select(DbDocument.id).order_by(DbDocument.id)).all()
    for number in numbers:
        with database.write() as session:
            make(session, number)
    while _index_some(database):
        pass
    with database.write() as session:
        site.pages_follow(session)
    return len(numbers)


def _index_some(database: Database) -> bool:
    with database.write() as session:
        return index_some(session, most=_SOME)
