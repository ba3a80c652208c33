import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.storage import schema
from app.storage.database import Database, make_engine
from tests import databases, once
from tests.copies import Copies, fresh_database
from tests.sample import made_once

settings.register_profile("tilmash", deadline=None)  # a busy machine is no fault of ours
settings.load_profile("tilmash")
once.share()
gc.set_threshold(20_000, 20, 20)  # a test leaves much behind, and goes through all that is loaded seldom enough so


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("template") / "template.db")


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    with databases.postgresql_database() as url:
        engine = make_engine(url)
        schema.upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def template(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database to be copied: each test that asks runs on SQLite and on PostgreSQL."""
    return databases.template_of(request)


@pytest.fixture
def database_url(template: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database, on SQLite and on PostgreSQL."""
    with fresh_database(template, tmp_path / "test.db") as url:
        yield url


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own content, taken in: a folder to be copied."""
    return made_once(tmp_path_factory)


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    copies = Copies(tmp_path_factory.mktemp("made"))
    with copies.stack:
        yield copies


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def sqlite(sqlite_template: str, tmp_path: Path) -> Iterator[Database]:
    """A fresh database on SQLite alone, where the dialect does not matter."""
    database = Database(databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield database
    database.dispose()
