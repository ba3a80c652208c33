import subprocess
import sys
from datetime import date, timedelta

from sqlalchemy import select, text

from app.domain.segments import Tag
from app.domain.views import View
from app.storage import views
from app.storage.database import Database
from app.storage.views import DbViewDay
from tests.storage.rows import published_page

TODAY = date(2026, 3, 18)
EN, KK = Tag("en"), Tag("kk")


def view(document: int, visitor: str, locale: Tag = EN, day: date = TODAY) -> View:
    return View(day=day, visitor=f"{visitor}@{document}{locale}".encode(), document=document, locale=locale)


def published(database: Database, *names: str) -> list[int]:
    with database.write() as session:
        return [published_page(session, name, EN, KK) for name in names]


def test_a_document_that_nobody_viewed_has_no_views(database: Database) -> None:
    with database.read() as session:
        assert views.total(session, 1) == 0
        assert views.total(session, 1, EN) == 0


def test_views_are_kept_by_language_and_shown_together(database: Database) -> None:
    here, there = published(database, "here", "there")
    with database.write() as session:
        batch = [view(here, "a"), view(here, "b"), view(here, "a", KK), view(there, "a")]
        assert views.count(session, batch) == 4
    with database.write() as session:
        assert views.count(session, [view(here, "c", KK)]) == 1
    with database.read() as session:
        assert (views.total(session, here, EN), views.total(session, here, KK)) == (2, 2)
        assert (views.total(session, here), views.total(session, there)) == (4, 1)


def test_views_are_counted_by_the_day_too_of_all_documents_together(database: Database) -> None:
    here, there = published(database, "here", "there")
    with database.write() as session:
        views.count(session, [view(here, "a"), view(here, "a"), view(there, "a"), view(there, "a", KK)])
        views.count(session, [view(here, "b"), view(here, "a", day=TODAY + timedelta(days=1))])
    with database.read() as session:
        days = session.execute(select(DbViewDay.day, DbViewDay.locale, DbViewDay.views).order_by(DbViewDay.day)).all()
    tomorrow = (TODAY + timedelta(days=1), EN, 1)
    assert sorted(map(tuple, days)) == [(TODAY, EN, 3), (TODAY, KK, 1), tomorrow]


def test_a_reload_on_the_same_day_does_not_count_and_on_the_next_day_does(database: Database) -> None:
    [document] = published(database, "x")
    with database.write() as session:
        assert views.is_new(session, view(document, "a"))
        assert views.count(session, [view(document, "a"), view(document, "a")]) == 1
    with database.write() as session:
        assert not views.is_new(session, view(document, "a"))
        assert views.is_new(session, view(document, "a", KK))
        assert views.count(session, [view(document, "a")]) == 0
        assert views.count(session, [view(document, "a", day=TODAY + timedelta(days=1))]) == 1
    with database.read() as session:
        assert views.total(session, document) == 2


def test_nothing_counts_on_a_page_that_is_not_published(database: Database) -> None:
    [document] = published(database, "x")
    with database.read() as session:
        assert not views.is_new(session, view(document + 1, "a"))
        assert not views.is_new(session, view(document, "a", Tag("tg")))


def test_digests_of_past_days_are_forgotten_and_the_counts_stay(database: Database) -> None:
    [document] = published(database, "x")
    with database.write() as session:
        views.count(session, [view(document, "a", day=TODAY - timedelta(days=day)) for day in range(3)])
        views.forget_before(session, TODAY)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM view_seen")).scalar() == 1
        assert not views.is_new(session, view(document, "a"))
        assert views.total(session, document) == 3


def test_thousands_of_views_are_counted_at_once(database: Database) -> None:
    [document] = published(database, "x")
    with database.write() as session:
        assert views.count(session, [view(document, str(number)) for number in range(1234)]) == 1234
    with database.read() as session:
        assert views.total(session, document) == 1234


COUNTER = """
import sys
from datetime import date
from app.domain.views import View
from app.storage import views
from app.storage.database import Database
from app.storage.views import DbViewDay
database = Database(sys.argv[1])
documents = [int(number) for number in sys.argv[2].split(",")]
turn = int(sys.argv[3])
for batch in range(10):
    visitors = [f"{batch}-{number}".encode() for number in range(20)]
    if turn % 2:
        visitors.reverse()
        documents.reverse()
    with database.write() as session:
        views.count(session, [
            View(day=date(2026, 3, 18), visitor=visitor + str(document).encode(), document=document, locale="en")
            for document in documents for visitor in visitors
        ])
"""


def test_the_same_views_arriving_at_six_processes_at_once_count_once(database_url: str) -> None:
    database = Database(database_url)
    documents = published(database, "x", "y")
    arguments = [sys.executable, "-c", COUNTER, database_url, ",".join(map(str, documents))]
    processes = [subprocess.Popen([*arguments, str(turn)]) for turn in range(6)]
    assert [process.wait(120) for process in processes] == [0] * 6
    with database.read() as session:
        assert [views.total(session, document) for document in documents] == [200, 200]
    database.dispose()
