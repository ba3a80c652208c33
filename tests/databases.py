"""Fresh, migrated databases for tests: a copied file on SQLite, a cloned template on PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from app.storage import schema
from app.storage.database import make_engine

POSTGRESQL = os.environ.get("TILMASH_TEST_POSTGRESQL", "")
"""SQLAlchemy address of a PostgreSQL database whose user may create others, for instance
postgresql+psycopg://postgres@127.0.0.1/postgres; empty on a laptop without one."""


with_several_writers = pytest.mark.parametrize(
    "template", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
"""Marks a test of two who write at once: SQLite has one writer at a time."""

on_both = pytest.mark.parametrize(
    "template", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
"""Marks a test of the desk whose pages ask the database something that no test below them asks."""

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""Marks a test of something that is the same whatever the database."""


def required(what: str) -> bool:
    """Tell whether the caller (CI) insists on tests that a laptop may skip."""
    return what in os.environ.get("TILMASH_REQUIRE", "").split()


def postgresql_or_skip() -> str:
    if not POSTGRESQL:
        if required("postgresql"):
            pytest.fail("TILMASH_REQUIRE names postgresql, and TILMASH_TEST_POSTGRESQL gives no address")
        pytest.skip("no TILMASH_TEST_POSTGRESQL")
    return POSTGRESQL


def template_of(request: pytest.FixtureRequest) -> str:
    """Return the address of the migrated database that a fixture's parameter names, made once for all tests."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_template')}"
    postgresql_or_skip()
    found: str = request.getfixturevalue("postgresql_template")
    return found


def migrated_sqlite(path: Path) -> str:
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return str(path)


def sqlite_copy(template: str, path: Path) -> str:
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


@cache
def _administrator(url: URL) -> Engine:
    """Return what creates databases; it learns once what it has to know of the server, and keeps no connection."""
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


@contextmanager
def postgresql_database(template: str | None = None) -> Iterator[str]:
    """Create a database (a clone of `template`) and drop it afterwards; gives its address."""
    admin = make_url(postgresql_or_skip())
    name = f"tilmash_{uuid.uuid4().hex[:12]}"
    engine = _administrator(admin)
    source = f' TEMPLATE "{make_url(template).database}"' if template else ""
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"{source}'))
    try:
        yield admin.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


SYNCHRONISING = """
    (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND (classid::bigint << 32) + objid::bigint = 7461637006)
"""  # the connection that holds the synchroniser's lock
_WHOSE = {
    "everybody's": "",
    "the lock's": f"AND pid IN {SYNCHRONISING}",
    "all but the lock's": f"AND pid NOT IN {SYNCHRONISING}",
}


def end_connections(url: str, *, whose: str) -> None:
    """Let the server end connections to this database, as an administrator may at any time."""
    admin = make_url(postgresql_or_skip())
    ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name {_WHOSE[whose]}"  # noqa: S608  # our own words
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(ended), {"name": make_url(url).database})
    engine.dispose()


@contextmanager
def out_of_reach(url: str) -> Iterator[None]:
    """Nobody reaches this database while the block runs, as when its server is restarted."""
    admin = make_url(postgresql_or_skip())
    name = make_url(url).database
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    engine.dispose()


def wait_for_a_lock(engine: Engine) -> None:
    """Return when somebody waits for somebody else in this PostgreSQL database."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect() as connection:
        for _ in range(600):
            if connection.execute(waiting).scalar():
                return
            connection.rollback()
            Event().wait(0.05)
    pytest.fail("nobody waits for a lock")
