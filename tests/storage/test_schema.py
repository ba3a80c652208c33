import re

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DatabaseError

from app.storage import journal, schema
from app.storage.database import Database
from app.storage.journal import Event
from tests.storage.rows import published_revision


def test_migrations_make_the_tables_that_the_code_describes(database: Database) -> None:
    assert schema.differences(database.engine) == []
    assert schema.current(database.engine) == schema.newest()


def test_migrating_twice_changes_nothing(database: Database) -> None:
    schema.upgrade(database.engine)
    assert schema.current(database.engine) == schema.newest()


def test_a_database_that_is_as_it_should_be_is_only_read_when_it_is_opened(database: Database) -> None:
    """Whoever opens one waits for no writer: neither SQLite's lock nor the one of those who migrate is asked for."""
    said = list[str]()

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.strip())

    event.listen(database.engine, "before_cursor_execute", listen)
    schema.upgrade(database.engine)
    assert said
    assert [one for one in said if not re.match(r"(SELECT (?!pg_advisory)|PRAGMA |BEGIN$)", one)] == []


def test_a_database_that_another_process_migrated_in_that_instant_stays_as_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "current", lambda _engine: "")
        schema.upgrade(database.engine)
    assert schema.current(database.engine) == schema.newest()
    assert schema.differences(database.engine) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE revision SET text = 'other'",
        "DELETE FROM revision",
        "UPDATE publication SET minor = NOT minor",
        "DELETE FROM publication",
        "UPDATE approval SET revision_id = 9",
        "DELETE FROM approval",
        "UPDATE event SET action = 'other'",
        "DELETE FROM event",
    ],
)
def test_the_database_itself_refuses_to_change_history(database: Database, change: str) -> None:
    with database.write() as session:
        published_revision(session)
        journal.note(session, Event(source="tree", subject="news/x@en", action="revision:save", actor="tree"))
    with pytest.raises(DatabaseError, match="never changed or deleted"), database.write() as session:
        session.execute(text(change))


def test_sqlite_enforces_foreign_keys_and_keeps_its_log_beside(sqlite: Database) -> None:
    with sqlite.read() as session:
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    with pytest.raises(DatabaseError), sqlite.write() as session:
        session.execute(
            text("INSERT INTO publication (translation_id, revision_id, minor, at) VALUES (9, 9, 0, '2026')")
        )
