import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError

from app.domain.segments import Tag
from app.services import site
from app.services.views import ViewCounter
from app.storage import views
from app.storage.database import Database
from app.storage.views import DbViewDay
from tests.storage.rows import published_page
from tests.trees import SITE

EN, KK = Tag("en"), Tag("kk")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:137.0) Gecko/20100101 Firefox/137.0"
NEVER = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 18, 23, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Visitors:
    """A counter whose background thread sleeps, on one published item."""

    def __init__(self, database: Database, most: int = 100, every: float = NEVER) -> None:
        self.database, self.clock = database, Clock()
        self.counter = ViewCounter(database, secret=b"secret", clock=self.clock, every=every, most=most)
        with database.write() as session:
            self.item = published_page(session, "x", EN, KK)

    def come(self, address: str, locale: Tag = EN, agent: str = FIREFOX, purpose: str = "") -> int:
        return self.counter.seen(self.item, locale, address=address, agent=agent, purpose=purpose)

    def stored(self, locale: Tag | None = None) -> int:
        with self.database.read() as session:
            return views.total(session, self.item, locale)


@pytest.fixture
def visitors(database: Database) -> Visitors:
    return Visitors(database)


def test_a_visitor_sees_the_own_view_counted_at_once_and_a_reload_not(visitors: Visitors) -> None:
    assert visitors.come("192.0.2.1") == 1
    assert visitors.come("192.0.2.1") == 1
    assert visitors.come("192.0.2.2") == 2
    assert visitors.come("192.0.2.1", KK) == 3
    assert visitors.stored() == 0
    assert visitors.counter.flush() == 3
    assert (visitors.stored(EN), visitors.stored(KK)) == (2, 1)
    assert visitors.come("192.0.2.1") == 3
    assert visitors.counter.flush() == 0
    visitors.counter.close()


def test_robots_and_prefetches_see_the_number_and_do_not_change_it(visitors: Visitors) -> None:
    assert visitors.come("192.0.2.1") == 1
    assert visitors.come("192.0.2.2", agent="Googlebot/2.1") == 1
    assert visitors.come("192.0.2.3", agent="") == 1
    assert visitors.come("192.0.2.4", purpose="prefetch;prerender") == 1
    visitors.counter.close()
    assert visitors.stored() == 1


def test_documents_and_languages_that_are_not_published_have_no_views(visitors: Visitors) -> None:
    assert visitors.counter.seen(visitors.item + 1, EN, address="192.0.2.1", agent=FIREFOX) == 0
    assert visitors.come("192.0.2.1", Tag("tg")) == 0
    assert visitors.counter.flush() == 0


def test_the_next_day_a_visitor_counts_again_and_yesterdays_digests_go_a_day_later(visitors: Visitors) -> None:
    for expected in (1, 2, 3):
        assert visitors.come("192.0.2.1") == expected
        visitors.counter.flush()
        visitors.clock.now += timedelta(days=1)
    with visitors.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM view_seen")).scalar() == 2
    visitors.counter.close()
    assert visitors.stored() == 3


def test_a_visitor_of_two_processes_counts_once(visitors: Visitors) -> None:
    other = ViewCounter(visitors.database, secret=b"secret", clock=visitors.clock, every=NEVER)
    assert visitors.come("192.0.2.1") == 1
    assert other.seen(visitors.item, EN, address="192.0.2.1", agent=FIREFOX) == 1
    visitors.counter.close()
    other.close()
    assert visitors.stored() == 1


def test_no_more_than_the_most_wait_and_there_is_room_again_after_a_flush(database: Database) -> None:
    visitors = Visitors(database, most=3)
    assert [visitors.come(f"192.0.2.{number}") for number in range(5)] == [1, 2, 3, 3, 3]
    assert visitors.counter.flush() == 3
    assert visitors.come("192.0.2.4") == 4
    visitors.counter.close()
    assert visitors.stored() == 4


def test_views_wait_while_the_database_cannot_be_written_and_are_counted_afterwards(
    visitors: Visitors, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("INSERT", {}, OSError("disk full"))

    assert visitors.come("192.0.2.1") == 1
    event.listen(visitors.database.engine, "before_cursor_execute", refuse)
    assert visitors.counter.flush() == 0
    assert "1 views wait" in caplog.text
    event.remove(visitors.database.engine, "before_cursor_execute", refuse)
    assert visitors.come("192.0.2.1") == 1
    assert visitors.counter.flush() == 1
    assert visitors.stored() == 1
    visitors.counter.close()


def test_views_of_many_threads_are_all_counted_once(visitors: Visitors) -> None:
    def visit(first: int) -> None:
        for number in range(first, first + 5):
            visitors.come(f"192.0.2.{number}")
            visitors.counter.flush()

    threads = [threading.Thread(target=visit, args=(first,)) for first in (0, 0, 5, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    visitors.counter.close()
    assert visitors.stored() == 10


def test_the_background_counts_without_being_asked(database: Database) -> None:
    visitors = Visitors(database, every=0.01)
    written = threading.Event()
    event.listen(database.engine, "commit", lambda _: written.set())
    assert visitors.come("192.0.2.1") == 1
    assert written.wait(30)
    visitors.counter.close()
    assert visitors.stored() == 1


SERVER = """
import sys
from datetime import UTC, datetime
from app.services import site
from app.services.views import ViewCounter
from app.storage.database import Database
from app.storage.views import DbViewDay
counter = ViewCounter(Database(sys.argv[1]), secret=b"secret", every=3600)
counter.seen(int(sys.argv[2]), "en", address="192.0.2.1", agent=sys.argv[3])
"""


def test_what_waits_is_counted_when_the_process_ends(database_url: str) -> None:
    visitors = Visitors(Database(database_url))
    subprocess.run([sys.executable, "-c", SERVER, database_url, str(visitors.item), FIREFOX], check=True, timeout=60)
    assert visitors.stored() == 1
    visitors.database.dispose()


def test_a_closed_counter_starts_nothing_more(visitors: Visitors) -> None:
    visitors.come("192.0.2.1")
    visitors.counter.close()
    before = threading.active_count()
    assert visitors.come("192.0.2.2") == 2
    assert threading.active_count() == before
    visitors.counter.close()
    assert visitors.stored() == 2


def test_a_view_counts_on_the_day_that_it_is_at_the_site(visitors: Visitors) -> None:
    with visitors.database.write() as session:
        site.put(session, SITE)
    for hour, address in ((18, "192.0.2.1"), (19, "192.0.2.1"), (20, "192.0.2.1")):  # midnight is at 19:00 of UTC
        visitors.clock.now = datetime(2026, 3, 31, hour, tzinfo=UTC)
        visitors.come(address)
    visitors.counter.flush()
    with visitors.database.read() as session:
        days = session.execute(select(DbViewDay.day, DbViewDay.views).order_by(DbViewDay.day)).all()
    assert [tuple(day) for day in days] == [(date(2026, 3, 31), 1), (date(2026, 4, 1), 1)]
