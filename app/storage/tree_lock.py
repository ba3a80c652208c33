"""One synchroniser at a time: a lock in the data folder, and an advisory lock where machines share PostgreSQL."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

_SYNCHRONISING = 7_461_637_006


@contextmanager
def only_synchroniser(engine: Engine, data: Path) -> Iterator[None]:
    """Wait until no other process synchronises, and keep it so while the block runs. A killed process lets go."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "sync.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if engine.dialect.name != "postgresql":
            yield
            return
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _SYNCHRONISING})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _SYNCHRONISING})
                connection.rollback()
