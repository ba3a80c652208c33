"""The database: one engine, two dialects, and the only place where transactions begin and end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.storage.journal import seal
from app.storage.private import private_file

AWAY = (OperationalError, InterfaceError, InternalError)
"""What is raised when the database cannot be reached, or ends a connection (PEP 249; PostgreSQL says so in class 25 of
its error codes too, which arrives as an internal error). Whatever was asked for is asked for again."""

_PATIENCE = {"connect_timeout": "3", "tcp_user_timeout": "5000", "keepalives_idle": "10"}
"""Of libpq, unless the address says otherwise: seconds until a server that says nothing is given up, milliseconds until
a connection is that takes nothing, and seconds of silence after which it is asked. A system by itself waits minutes."""

_BUSY = 30_000  # milliseconds that one writer waits for another on SQLite


def make_engine(url: str) -> Engine:
    """Return an engine for SQLite (WAL, foreign keys, busy timeout) or PostgreSQL, whose errors quote no value."""
    if not url.startswith("sqlite"):
        address = make_url(url)
        address = address.set(query={**_PATIENCE, **address.query})
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "handle_error", _unquoted)
        return engine
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "do_connect", _private)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Undo what the block did if it raises; the transaction goes on.

    What the session remembers of its transaction (events to come, rows held) is undone with the rows.
    """
    before = {key: (kept, kept.copy()) for key, kept in session.info.items()}
    try:
        with session.begin_nested():
            yield
    except BaseException:  # raised again, whatever it is
        session.info.clear()
        for key, (kept, copy) in before.items():
            kept.clear()
            (kept.extend if isinstance(kept, list) else kept.update)(copy)
            session.info[key] = kept
        raise


def _unquoted(context: ExceptionContext) -> None:
    """Leave of what PostgreSQL says about a statement the first line: the details behind it quote the row."""
    error, told = context.original_exception, context.sqlalchemy_exception
    if context.connection is not None and isinstance(told, DBAPIError):
        error.args, told.args = ((str(one).partition("\n")[0],) for one in (error, told))


def _private(_dialect: Dialect, _record: ConnectionPoolEntry, arguments: list[str], _named: dict[str, object]) -> None:
    """Make the file before SQLite does, which would let everybody read it; log and index get the same rights."""
    path = Path(arguments[0])
    if path.is_absolute() and path.parent.is_dir():
        private_file(path)


def _prepare_sqlite(connection: SqliteConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; the driver would say it late, and deferred
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={_BUSY}", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


class Database:
    """Where transactions begin and end: `read` always rolls back, `write` seals the journal and commits, or neither."""

    def __init__(self, url: str, *, follow: Callable[[Session], None] = lambda _: None) -> None:
        """Open it. `follow` is called at the end of each writing transaction, to keep a projection in step with it."""
        self.engine = make_engine(url)
        self._follow = follow
        self._writing: Engine = self.engine.execution_options(writes=True)
        self._reading = self.engine
        if self.engine.dialect.name == "postgresql":
            # SQLite's read transactions are snapshots already
            self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session on a snapshot; nothing that is done in it stays."""
        with Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose work is committed as a whole when the block ends, events last, or not at all.

        On SQLite there is one writer at a time (an immediate transaction); on PostgreSQL use cases lock the rows they
        change, and the journal's lock orders the commits.
        """
        with Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.flush()
            self._follow(session)
            seal(session)
            session.commit()

    def dispose(self) -> None:
        """Close pooled connections, before a fork or at the end of a test."""
        self.engine.dispose()
