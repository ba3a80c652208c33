"""What readers see, all of it, and the same computed afresh from the truth."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.services import projection
from app.storage.published import DbCatalogue, DbPage, DbPublicMedia, DbSlug, DbTag
from app.storage.search_texts import DbSearchText
from tests.trees import Place


def read_model(session: Session) -> list[tuple[object, ...]]:
    """Every column of every row, in an order of their own."""
    return [
        tuple(row)
        for table in (one.__table__ for one in (DbPage, DbCatalogue, DbPublicMedia, DbTag, DbSlug, DbSearchText))
        for row in session.execute(select(table).order_by(*table.primary_key.columns))  # type: ignore[attr-defined]  # tables have one
    ]


def scratch(engine: Engine) -> Session:
    """A session whose work is thrown away."""
    return Session(engine.execution_options(writes=True))


def assert_as_computed_afresh(place: Place) -> list[tuple[object, ...]]:
    with scratch(place.database.engine) as session:
        kept = read_model(session)
        for _ in projection.rebuild(session):
            pass
        assert read_model(session) == kept
    return kept
