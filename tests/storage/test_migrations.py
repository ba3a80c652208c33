"""What a database that an older build filled becomes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, select, text

from app.services import figures, site
from app.storage import schema
from app.storage.assigning import DbCalendarFeed
from app.storage.database import Database
from app.storage.embargoes import Embargo
from app.storage.memory import DbMemoryUnit
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork
from app.storage.published import DbCatalogue
from app.storage.talk import DbAssignment
from app.storage.texts import DbApproval
from tests import databases

_TEXT = (
    "INSERT INTO revision (id, translation_id, number, text, digest, packed_map, author, channel, created_at)"
    " VALUES (:id, :translation, :id, 'x', 'x', '', 'x', 'tree', '2026-03-18')"
)
_WORK = (
    "INSERT INTO outbox (kind, subject, payload, due_at, attempts)"
    " VALUES ('publish', 'news/x@en', :payload, '2026-03-19', 0)"
)
_PAGE = (
    "INSERT INTO published_page (document_id, locale, kind, slug, shown, position, title, page)"
    " VALUES (1, 'en', 'news', 'x', 'en', 'x', 'x', :page)"
)
OLD: tuple[tuple[str, dict[str, int | str | bytes]], ...] = (
    ("INSERT INTO document (id, kind, name, source, created_at) VALUES (1, 'news', 'x', 'en', '2026-03-18')", {}),
    ("INSERT INTO translation (id, document_id, locale, status) VALUES (1, 1, 'en', 'missing')", {}),
    ("INSERT INTO translation (id, document_id, locale, status) VALUES (2, 1, 'ru', 'missing')", {}),
    (_TEXT, {"id": 1, "translation": 1}),
    (_TEXT, {"id": 2, "translation": 1}),
    (_TEXT, {"id": 3, "translation": 2}),
    ("UPDATE translation SET head_id = 2, live_id = 1, status = 'approved' WHERE id = 1", {}),
    ("UPDATE translation SET head_id = 3, status = 'draft' WHERE id = 2", {}),
    ("INSERT INTO publication (translation_id, revision_id, minor, at) VALUES (1, 1, FALSE, '2026-03-18')", {}),
    (_WORK, {"payload": '{"translation": 1, "revision": 2, "minor": true}'}),
    (_WORK, {"payload": '{"translation": 2, "revision": 3, "minor": true}'}),
    (_PAGE, {"page": b"{}"}),
)

OF_PEOPLE = (
    (
        "INSERT INTO account (id, name, email, full_name, language, active, created_at, fs_uniquifier)"
        " VALUES (1, 'kanat', 'kanat@example.org', 'Kanat', 'ky', TRUE, '2026-11-01', 'x')"
    ),
    (
        "INSERT INTO assignment (id, document_id, locale, person, team, priority, reason, due, by, at)"
        " VALUES (1, 1, 'ru', 'kanat', '', 1, '', '2026-12-01', 'carim', '2026-11-30')"
    ),
    (
        "INSERT INTO notice (id, account_id, kind, document, locale, title, by, text, roles, at)"
        " VALUES (1, 1, 'assigned', 'news/x', 'ru', 'X', 'carim', '', 'translator', '2026-11-30')"
    ),
    "INSERT INTO calendar_feed (account_id, digest, made_at) VALUES (1, 'secret', '2026-11-30')",
)
"""What revision 0038 had of people: whose a text is, what they were told, and the address of their calendar."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the build before embargoes remembered what was live, brought up to date."""
    if request.param == "sqlite":
        yield from migrated(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        with databases.postgresql_database() as url:
            yield from migrated(url)


def migrated(url: str) -> Iterator[Database]:
    database = Database(url)
    fill(database.engine, "0002")
    with database.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(schema._config(connection), "0038")
        for statement in OF_PEOPLE:
            connection.execute(text(statement))
    schema.upgrade(database.engine)
    yield database
    database.dispose()


def fill(engine: Engine, revision: str) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(schema._config(connection), revision)
        for statement, values in OLD:
            connection.execute(text(statement), values)


def test_what_was_scheduled_by_an_older_build_remembers_what_is_live_now(database: Database) -> None:
    with database.read() as session:
        scheduled = select(DbWork).where(DbWork.kind == "publish").order_by(DbWork.id)
        assert [Embargo.of(work) for work in session.scalars(scheduled)] == [
            Embargo(translation=1, revision=2, minor=True, live=1),
            Embargo(translation=2, revision=3, minor=True, live=None),
        ]
        assert [(work.refusal, work.refused_at) for work in session.scalars(scheduled)] == [("", None)] * 2


def test_whose_a_text_is_what_they_were_told_and_their_calendar_outlive_a_new_build(database: Database) -> None:
    with database.read() as session:
        (given,) = session.scalars(select(DbAssignment))
        assert (given.person, given.priority, given.due, given.asked_by) == (
            "kanat", 1, datetime(2026, 12, 1, tzinfo=UTC), "carim",
        )  # fmt: skip
        (notice,) = session.scalars(select(DbNotice))
        assert (notice.kind, notice.title, notice.account.name, notice.read_at) == ("assigned", "X", "kanat", None)
        (feed,) = session.scalars(select(DbCalendarFeed))
        assert (feed.account_id, feed.digest, feed.everybody) == (1, "secret", False)


def test_it_is_as_one_that_was_made_new(database: Database) -> None:
    assert schema.differences(database.engine) == []


def test_what_an_older_build_published_or_holds_for_approved_counts_as_approved(database: Database) -> None:
    with database.read() as session:
        approved = select(DbApproval.translation_id, DbApproval.revision_id).order_by(DbApproval.id)
        assert session.execute(approved).all() == [(1, 1), (1, 2)]
        assert all(at.tzinfo is not None for at in session.scalars(select(DbApproval.at)))


def test_pages_that_an_older_build_made_are_to_be_made_anew(database: Database) -> None:
    with database.read() as session:
        assert site.pages_lag(session)


def test_a_new_database_has_no_pages_to_make_anew(tmp_path: Path) -> None:
    fresh = Database(f"sqlite:///{tmp_path / 'new.db'}")
    schema.upgrade(fresh.engine)
    with fresh.read() as session:
        assert not site.pages_lag(session)
    fresh.dispose()


def test_catalogues_that_an_older_build_made_are_to_be_made_anew(tmp_path: Path) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with old.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(schema._config(connection), "0006")
        connection.execute(text("INSERT INTO published_catalogue (domain, locale, mo) VALUES ('messages', 'kk', 'x')"))
    schema.upgrade(old.engine)
    with old.read() as session:
        assert site.pages_lag(session)
        assert session.scalars(select(DbCatalogue.publication)).all() == [0]
    old.dispose()


def test_the_memory_keeps_its_units_and_what_they_are_found_by(tmp_path: Path) -> None:
    """SQLite has another table for them since files can be brought: their numbers are those of the index."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    fill(database.engine, "0030")
    words = "a b c"
    unit = {"id": 7, "words": words, "digest": "0" * 64}
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO memory_unit (id, translation_id, key, form, source, target, source_text, target_text,"
                " origin, digest, before, after)"
                " VALUES (:id, 2, 'p1', 0, 'en', 'ru', :words, :words, 'human', :digest, '', '')"
            ),
            unit,
        )
        connection.execute(text("INSERT INTO memory_index (rowid, words) VALUES (7, '1 2 3')"))
    schema.upgrade(database.engine)
    with database.read() as session:
        row = session.execute(select(DbMemoryUnit.id, DbMemoryUnit.translation_id, DbMemoryUnit.source_text)).one()
        assert tuple(row) == (7, 2, words)
        assert session.scalars(text("SELECT rowid FROM memory_index WHERE memory_index MATCH '2'")).all() == [7]
    database.dispose()


def test_figures_that_an_older_build_made_are_to_be_made_anew(tmp_path: Path) -> None:
    """They did not say which texts went live on which day, and counted what was taken back."""
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    fill(old.engine, "0038")
    with old.engine.begin() as connection:
        connection.execute(text("INSERT INTO figure_mark (id, number, zone) VALUES (1, 7, 'UTC')"))
    schema.upgrade(old.engine)
    with old.read() as session:
        assert figures.needs_anew(session)
    old.dispose()
