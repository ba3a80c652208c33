import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.storage import actors, journal
from app.storage.database import Database
from app.storage.journal import Event
from tests import databases

COLUMNS = ["number", "at", "source", "subject", "action", "actor", "details", "previous", "hash"]


def write(database: Database, count: int) -> None:
    for number in range(count):
        with database.write() as session:
            journal.note(
                session, Event(source="tree", subject=f"news/{number}@kk", action="save", actor="a@example.org")
            )
            journal.note(session, Event(source="tree", subject=f"news/{number}@kk", action="submit", actor="tree"))


def tamper(database: Database, statement: str, **values: object) -> None:
    """Do what somebody with a shell and the database's password could do, guard and all."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS event_is_immutable_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS event_is_immutable_delete"))
        connection.execute(text(statement), values)


def breaks(database: Database, head: str | None = None) -> list[str]:
    with database.read() as session:
        return list(journal.verify(session, head=head))


def test_an_untouched_journal_is_whole_and_holds_no_name(database: Database) -> None:
    write(database, 3)
    with database.read() as session:
        assert list(journal.verify(session, head=journal.head(session))) == []
        assert "a@example.org" not in str(session.execute(text("SELECT * FROM event")).all())


def actors_of(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT actor FROM event ORDER BY number")))


def test_a_copy_of_the_journal_tells_people_apart_and_no_name_can_be_tried_out_on_it(database: Database) -> None:
    write(database, 2)
    person, tree, same_person, same_tree = actors_of(database)
    assert (person, tree) == (same_person, same_tree)
    assert person != tree
    guesses = {hashlib.sha256(name.encode()).hexdigest() for name in ("a@example.org", "tree")}
    assert not guesses & {person, tree}


def test_two_sites_write_one_name_differently(sqlite: Database, sqlite_template: str, tmp_path: Path) -> None:
    other = Database(databases.sqlite_copy(sqlite_template, tmp_path / "other.db"))
    for each in (sqlite, other):
        write(each, 1)
    assert not set(actors_of(sqlite)) & set(actors_of(other))
    other.dispose()


def test_with_a_persons_key_it_can_be_shown_which_rows_are_theirs(database: Database) -> None:
    write(database, 1)
    with database.read() as session:
        assert [actors.digest(session, name) for name in ("a@example.org", "tree")] == actors_of(database)


def test_a_person_is_erased_and_the_chain_stays_whole(database: Database) -> None:
    write(database, 2)
    with database.read() as session:
        head = journal.head(session)
    with database.write() as session:
        actors.forget(session, "a@example.org")
    write(database, 1)
    assert not breaks(database, head)
    before, _, again, _, after, _ = actors_of(database)
    assert before == again != after
    with database.read() as session:
        assert actors.digest(session, "a@example.org") == after
        assert "a@example.org" not in str(session.execute(text("SELECT * FROM event")).all())


def test_a_journal_from_before_there_were_keys_stays_whole(database: Database) -> None:
    plain = hashlib.sha256(b"a@example.org").hexdigest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actors, "digest", lambda _session, _name: plain)
        write(database, 1)
    write(database, 1)
    assert not breaks(database)
    assert actors_of(database)[:2] == [plain, plain]


def test_events_of_a_transaction_that_failed_are_not_in_the_journal(database: Database) -> None:
    def fail(session: Session) -> None:
        journal.note(session, Event(source="desk", subject="news/x@en", action="save", actor="a"))
        raise LookupError

    with pytest.raises(LookupError), database.write() as session:
        fail(session)
    write(database, 1)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM event")).scalar() == 2


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(database: Database, column: str) -> None:
    write(database, 3)
    value = {"number": "99", "at": "'2001-01-01 00:00:00'"}.get(column, "'f'")
    tamper(database, f"UPDATE event SET {column} = {value} WHERE number = 3")  # noqa: S608  # our own column names
    assert breaks(database)


def test_a_deleted_row_is_found(database: Database) -> None:
    write(database, 3)
    tamper(database, "DELETE FROM event WHERE number = 3")
    assert breaks(database)


def test_swapped_rows_are_found(database: Database) -> None:
    write(database, 3)
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        tamper(database, "UPDATE event SET number = :new WHERE number = :old", old=old, new=new)
    assert breaks(database)


def test_a_cut_tail_is_found_against_a_hash_kept_elsewhere(database: Database) -> None:
    write(database, 3)
    with database.read() as session:
        head = journal.head(session)
    tamper(database, "DELETE FROM event WHERE number > 4")
    assert not breaks(database)
    assert breaks(database, head)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(st.tuples(st.sampled_from(COLUMNS[2:]), st.integers(1, 6), st.text("0af", min_size=1)), min_size=1)
)
def test_no_combination_of_edits_goes_unseen(sqlite: Database, edits: list[tuple[str, int, str]]) -> None:
    with sqlite.read() as session:
        fresh = session.execute(text("SELECT count(*) FROM event")).scalar() == 0
    if fresh:
        write(sqlite, 3)
    with sqlite.engine.connect() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS event_is_immutable_update"))
        before = connection.execute(text("SELECT * FROM event ORDER BY number")).all()
        for column, number, value in edits:
            unique = f"{value}-{number}" if column in {"previous", "hash"} else value
            statement = f"UPDATE event SET {column} = :value WHERE number = :number"  # noqa: S608  # our own column names
            connection.execute(text(statement), {"value": unique, "number": number})
        changed = connection.execute(text("SELECT * FROM event ORDER BY number")).all() != before
        with Session(connection) as session:
            assert bool(list(journal.verify(session))) == changed
        connection.rollback()


WRITER = """
import sys
from app.storage import journal
from app.storage.database import Database
database = Database(sys.argv[1])
for number in range(int(sys.argv[2])):
    with database.write() as session:
        event = journal.Event(source="desk", subject=f"news/{number}@ru", action="save", actor=sys.argv[3])
        journal.note(session, event)
"""


@pytest.mark.soak
def test_eight_writers_at_once_leave_one_unbroken_chain(database_url: str) -> None:
    each = 500 if os.environ.get("TILMASH_SOAK") else 25
    command = [sys.executable, "-c", WRITER, database_url, str(each)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(8)]
    assert [writer.wait(600) for writer in writers] == [0] * 8
    database = Database(database_url)
    assert not breaks(database)
    with database.read() as session:
        assert session.execute(text("SELECT count(*), max(number) FROM event")).one() == (8 * each, 8 * each)
    database.dispose()


def test_the_fixtures_use_postgresql_where_it_is_required() -> None:
    assert databases.POSTGRESQL or not databases.required("postgresql")
