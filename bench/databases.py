"""An empty, migrated database of each kind, for as long as something is measured."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from app.storage import schema
from app.storage.database import Database

POSTGRESQL = "TILMASH_TEST_POSTGRESQL"
"""Where the address of a PostgreSQL database stands whose user may create others."""

DATABASES = ("SQLite", "PostgreSQL")


def missing(name: str) -> bool:
    """Tell whether nobody said where PostgreSQL is."""
    return name == "PostgreSQL" and not os.environ.get(POSTGRESQL)


def opened(name: str) -> AbstractContextManager[Database]:
    """Give one of `DATABASES`."""
    return _sqlite() if name == "SQLite" else _postgresql()


@contextmanager
def _sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        schema.upgrade(database.engine)
        yield database
        database.dispose()


@contextmanager
def _postgresql() -> Iterator[Database]:
    admin = make_url(os.environ[POSTGRESQL])
    name = f"tilmash_bench_{uuid.uuid4().hex[:12]}"
    server = create_engine(admin, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    database = Database(admin.set(database=name).render_as_string(hide_password=False))
    try:
        schema.upgrade(database.engine)
        yield database
    finally:
        database.dispose()
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()
