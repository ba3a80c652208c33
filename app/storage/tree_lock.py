"""One synchroniser at a time: a lock in the data folder, and an advisory lock where machines share PostgreSQL."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.storage.private import private_folder

_SYNCHRONISING = 7_461_637_006


@contextmanager
def only_here(data: Path) -> Iterator[None]:
    """Let no process of this machine synchronise while the block runs; none does where there is no data folder."""
    if not data.is_dir():
        yield
        return
    with (data / "sync.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def only_synchroniser(engine: Engine, data: Path) -> Iterator[None]:
    """Wait until no other process synchronises, and keep it so while the block runs. A killed process lets go.

    Raises what the database raises if it cannot be reached at the beginning; that it is lost later is said by the
    block's own statements, and not by the lock's end.
    """
    private_folder(data)
    with only_here(data):
        if engine.dialect.name != "postgresql":
            yield
            return
        # no transaction: servers end one that is idle for as long as a first run takes
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _SYNCHRONISING})
            try:
                yield
            finally:
                _let_go(connection)


def _let_go(connection: Connection) -> None:
    """Give the lock back. A connection that was lost has done so already, and must not hide what the block raised."""
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _SYNCHRONISING})
    except DBAPIError:
        connection.invalidate()  # closed for good, and the lock with it, whatever went wrong
