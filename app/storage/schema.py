"""The schema: all tables in one place, brought to the newest revision by Alembic."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

from app.storage import (  # noqa: F401  # modules that define tables: importing them is what fills `METADATA`
    accounts,
    actors,
    assigning,
    board_views,
    bulk,
    dismissals,
    figures,
    folder_media,
    glossary,
    journal,
    machine,
    memory,
    memory_imports,
    notices,
    outbox,
    previews,
    published,
    releases,
    search_texts,
    sign_ins,
    standings,
    talk,
    texts,
    tree_files,
    unfilled,
    uploads,
    views,
    weekly,
    working_copies,
)
from app.storage.base import Base

METADATA = Base.metadata

_INDEXES = (memory.INDEX, search_texts.INDEX)

_MIGRATING = 7_461_637_005


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Create or migrate the database, in one transaction; processes that start at once wait for one another.

    One that is as it should be is only read, so that nobody who opens it waits for a writer.
    """
    if current(engine) == newest():
        return
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        command.upgrade(_config(connection), "head")  # nothing, if another process has been here meanwhile


@cache
def newest() -> str:
    """Return the name of the newest schema revision that this build knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(engine: Engine) -> str:
    """Return the schema revision of this database, empty if it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def differences(engine: Engine) -> list[str]:
    """Return what a migration would still have to change for the tables to be as the code says; for tests."""
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith(_INDEXES)}
        context = MigrationContext.configure(connection, opts=opts)
        return [repr(difference) for difference in compare_metadata(context, METADATA)]
