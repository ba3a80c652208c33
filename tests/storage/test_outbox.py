"""Work that must not be lost is claimed by one worker, for as long as its lease."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import schema
from app.storage.database import Database
from app.storage.embargoes import PUBLISH
from app.storage.outbox import LEASE, DbWork, claim, is_due
from tests import databases

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def work(session: Session, subject: str, due: datetime = NOW) -> None:
    session.add(DbWork(kind=PUBLISH, subject=subject, payload="{}", due_at=due))
    session.flush()


def claimed(database: Database, now: datetime = NOW, most: int = 10) -> list[str]:
    with database.write() as session:
        return [row.subject for row in claim(session, PUBLISH, now=now, most=most)]


def test_nothing_is_claimed_before_its_time_and_the_longest_due_comes_first(database: Database) -> None:
    with database.write() as session:
        work(session, "later", NOW + SECOND)
        work(session, "second", NOW - SECOND)
        work(session, "first", NOW - 2 * SECOND)
    with database.read() as session:
        assert is_due(session, PUBLISH, now=NOW)
        assert not is_due(session, PUBLISH, now=NOW - 3 * SECOND)
    assert claimed(database) == ["first", "second"]
    assert claimed(database) == []
    assert claimed(database, NOW + SECOND) == ["later"]


def test_no_more_is_taken_than_asked_for(database: Database) -> None:
    with database.write() as session:
        for number in range(3):
            work(session, str(number))
    assert [claimed(database, most=2), claimed(database, most=2)] == [["0", "1"], ["2"]]


def test_what_a_dead_worker_held_is_free_when_its_lease_is_over_and_counts_its_attempts(database: Database) -> None:
    with database.write() as session:
        work(session, "x")
    assert claimed(database) == ["x"]
    with database.read() as session:
        assert not is_due(session, PUBLISH, now=NOW + LEASE)
    assert claimed(database, NOW + LEASE) == []
    assert claimed(database, NOW + LEASE + SECOND) == ["x"]
    with database.read() as session:
        assert session.scalars(select(DbWork.attempts)).one() == 2


def test_what_was_noted_in_a_transaction_that_failed_was_never_to_be_done(database: Database) -> None:
    def fail(session: Session) -> None:
        work(session, "x")
        raise LookupError

    with pytest.raises(LookupError), database.write() as session:
        fail(session)
    assert claimed(database) == []


def test_what_was_refused_is_claimed_no_more_until_it_is_given_another_time(database: Database) -> None:
    with database.write() as session:
        work(session, "x")
        session.scalars(select(DbWork)).one().refuse("for a reason", now=NOW)
    with database.read() as session:
        assert not is_due(session, PUBLISH, now=NOW + LEASE)
    assert claimed(database, NOW + LEASE) == []
    with database.write() as session:
        session.scalars(select(DbWork)).one().put_off(NOW + SECOND)
    assert [claimed(database), claimed(database, NOW + SECOND)] == [[], ["x"]]


@pytest.mark.postgresql
def test_two_workers_at_once_share_the_work_and_neither_waits() -> None:
    databases.postgresql_or_skip()
    with databases.postgresql_database() as url:
        database = Database(url)
        schema.upgrade(database.engine)
        with database.write() as session:
            for number in range(4):
                work(session, str(number))
        with database.write() as one, database.write() as other:
            mine = {row.subject for row in claim(one, PUBLISH, now=NOW, most=2)}
            others = {row.subject for row in claim(other, PUBLISH, now=NOW)}
        assert (len(mine), mine | others, mine & others) == (2, {"0", "1", "2", "3"}, set())
        database.dispose()
