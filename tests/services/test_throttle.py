"""Attempts are counted, and nobody is shut out for good."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from sqlalchemy import func, select

from app.services import throttle
from app.services.throttle import Limit
from app.storage.database import Database
from app.storage.sign_ins import DbBucket

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
THREE = Limit(3, MINUTE)


def take(database: Database, bucket: str = "ana", now: datetime = NOW) -> timedelta | None:
    with database.write() as session:
        return throttle.take(session, bucket, THREE, now=now)


def test_so_many_attempts_are_let_through_and_the_next_is_told_how_long_to_wait(database: Database) -> None:
    assert [take(database) for _ in range(4)] == [None, None, None, MINUTE]
    assert take(database, "bek") is None


def test_an_attempt_that_was_not_let_through_does_not_make_the_wait_longer(database: Database) -> None:
    for _ in range(3):
        take(database)
    assert [take(database) for _ in range(100)] == [MINUTE] * 100
    assert take(database, now=NOW + MINUTE) is None
    assert take(database, now=NOW + MINUTE) == MINUTE


def test_after_a_while_all_is_forgotten(database: Database) -> None:
    for _ in range(3):
        take(database)
    assert [take(database, now=NOW + 3 * MINUTE) for _ in range(3)] == [None] * 3
    with database.write() as session:
        throttle.sweep(session, now=NOW + timedelta(days=2))
        assert session.scalar(select(func.count()).select_from(DbBucket)) == 0


def test_who_has_shown_who_they_are_begins_anew(database: Database) -> None:
    for _ in range(3):
        take(database)
    with database.write() as session:
        throttle.give_back(session, ["ana"])
    assert take(database) is None


def test_a_clock_that_was_set_back_shuts_nobody_out(database: Database) -> None:
    for _ in range(3):
        take(database, now=NOW + timedelta(days=300))
    assert take(database, now=NOW) == MINUTE
    assert take(database, now=NOW + MINUTE) is None


def test_of_many_at_once_no_more_are_let_through_than_one_after_the_other(database: Database) -> None:
    together, through = Barrier(12), list[timedelta | None]()

    def attempt() -> None:
        together.wait()
        through.append(take(database))

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, through)) == [str(MINUTE)] * 9 + ["None"] * 3


def test_a_line_of_ipv6_is_one_address(database: Database) -> None:
    assert throttle.network("2001:db8:1:2:aaaa::1") == throttle.network("2001:db8:1:2:bbbb::2")
    assert throttle.network("2001:db8:1:3::1") != throttle.network("2001:db8:1:2::1")
    assert throttle.network("192.0.2.1") != throttle.network("192.0.2.2")


def test_nobody_reads_from_a_bucket_who_tried(database: Database) -> None:
    one, other = throttle.key(b"secret", "name", "ana"), throttle.key(b"another", "name", "ana")
    assert len({one, other, throttle.key(b"secret", "namea", "na")}) == 3
    assert "ana" not in one
