"""What readers see and where texts stand, all of it, and the same computed afresh from the truth."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from app.services import projection, site
from app.storage.base import Base
from app.storage.memory import DbMemoryText, DbMemoryUnit
from app.storage.memory_imports import index_some
from app.storage.published import DbCatalogue, DbPage, DbPublicMedia, DbSlug, DbTag
from app.storage.search_texts import DbSearchText
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument
from tests.trees import Place

_READERS = (DbPage, DbCatalogue, DbPublicMedia, DbTag, DbSlug, DbSearchText)


def _rows(session: Session, *models: type[Base]) -> list[tuple[object, ...]]:
    """Every column of every row, in an order of their own."""
    return [
        tuple(row)
        for table in (one.__table__ for one in models)
        for row in session.execute(select(table).order_by(*table.primary_key.columns))  # type: ignore[attr-defined]  # tables have one
    ]


def read_model(session: Session) -> list[tuple[object, ...]]:
    """Every column of every row that readers' pages are answered from."""
    return _rows(session, *_READERS)


def remembered(session: Session) -> list[tuple[object, ...]]:
    """What the translation memory holds, but for the numbers of its units."""
    units = sorted((row[1:] for row in _rows(session, DbMemoryUnit)), key=repr)
    return [*units, *_rows(session, DbMemoryText)]


def scratch(engine: Engine) -> Session:
    """A session whose work is thrown away."""
    return Session(engine.execution_options(writes=True))


def compute_afresh(session: Session) -> int:
    """Make all that is made of texts from nothing, in one transaction; return of how many documents."""
    for table in (*_READERS, DbStanding):
        session.execute(delete(table))
    projection.begin_anew(session)
    numbers = session.scalars(select(DbDocument.id).order_by(DbDocument.id)).all()
    for number in numbers:
        projection.renew(session, number)
    while index_some(session, most=500):
        pass
    site.pages_follow(session)
    return len(numbers)


def assert_as_computed_afresh(place: Place) -> list[tuple[object, ...]]:
    """What readers see, the desk is told and the memory knows, made step by step, is what is made at once.

    Give what readers see.
    """
    with scratch(place.database.engine) as session:
        kept, standings, known = read_model(session), _rows(session, DbStanding), remembered(session)
        compute_afresh(session)
        assert read_model(session) == kept
        assert _rows(session, DbStanding) == standings
        assert remembered(session) == known
    return kept
