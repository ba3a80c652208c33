"""How long rows are kept that say who came from where, as `docs/data.md` has it: whoever else comes, or nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.services import links, site, sittings, throttle
from app.services.throttle import NAME
from app.storage.accounts import DbAccount
from app.storage.base import Base
from app.storage.database import Database
from app.storage.sign_ins import DbBucket, DbLink, DbSitting
from app.storage.views import DbViewSeen
from app.worker.sweeping import EVERY, Sweep
from tests.people import COORDINATOR, invite
from tests.trees import SITE, Place

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Iterator[Database]:
    """Somebody's session, reset, attempt and view, all of now; and nobody comes again."""
    place = Place(tmp_path, database_url)
    with place.database.write() as session:
        invite(session, "dana", COORDINATOR)
        session.flush()
        dana = session.scalars(select(DbAccount).where(DbAccount.name == "dana")).one()
        sittings.begin(session, dana.id, "secret", address="192.0.2.1", agent="a browser", now=NOW)
        links.issue(session, dana, lasting=links.RESET, now=NOW)
        throttle.take(session, "a name", NAME, now=NOW)
        session.add(DbViewSeen(day=NOW.date(), visitor=b"x"))
    yield place.database
    place.database.dispose()


@pytest.mark.parametrize(
    ("table", "end"),
    [
        (DbSitting, NOW + sittings.IDLE),
        (DbLink, NOW + links.RESET),
        (DbBucket, NOW + timedelta(days=1)),
        (DbViewSeen, datetime(2026, 11, 29, 1, tzinfo=UTC)),
    ],
)
def test_what_counts_no_more_is_gone_within_the_hour(database: Database, table: type[Base], end: datetime) -> None:
    def left(when: datetime) -> int:
        Sweep(database).look(when)
        with database.read() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    assert (left(end - SECOND), left(end + SECOND)) == (1, 0)


def test_who_looked_is_forgotten_when_the_day_is_over_at_the_site(database: Database) -> None:
    with database.write() as session:
        site.put(session, SITE)  # in Almaty, where it is midnight at 19:00 of UTC
    for when, left in ((datetime(2026, 11, 28, 19, 59, tzinfo=UTC), 1), (datetime(2026, 11, 28, 20, 0, tzinfo=UTC), 0)):
        Sweep(database).look(when)
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(DbViewSeen)) == left


def test_it_is_swept_once_an_hour(database: Database) -> None:
    sweep = Sweep(database)
    assert [sweep.look(NOW), sweep.look(NOW + EVERY - SECOND), sweep.look(NOW + EVERY)] == [True, False, True]
