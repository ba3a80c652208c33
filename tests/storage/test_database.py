"""What a database says of words that it did not take."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.people import Channel
from app.domain.segments import SegmentMap, Tag
from app.logs import Lines
from app.storage.accounts import DbAccount
from app.storage.base import Base
from app.storage.database import Database
from app.storage.texts import DbRevision
from tests.storage.rows import NOON, published_revision

log = logging.getLogger(__name__)


def a_draft_that_is_refused(database: Database) -> Base:
    with database.write() as session:
        live = published_revision(session)
    draft = DbRevision(
        translation_id=live.translation_id, number=2, text="Embargoed words", author="victoria", channel=Channel.DESK,
        created_at=NOON,
    )  # fmt: skip  # without a digest, which each has
    draft.segment_map = SegmentMap(rows=())
    return draft


def an_account_that_is_refused(database: Database) -> Base:
    def account(name: str) -> DbAccount:
        return DbAccount(
            name=name, email="victoria@example.org", full_name="Victoria Embargoed", language=Tag("en"),
            created_at=NOON, fs_uniquifier=name,
        )  # fmt: skip

    with database.write() as session:
        session.add(account("somebody"))
    return account("victoria")


@pytest.mark.parametrize("refused", [a_draft_that_is_refused, an_account_that_is_refused])
def test_what_a_database_refuses_stands_in_no_log(
    database: Database, refused: Callable[[Database], Base], caplog: pytest.LogCaptureFixture
) -> None:
    row = refused(database)
    try:
        with database.write() as session:
            session.add(row)
    except IntegrityError as error:
        log.exception("whole")
        log.error("told: %s, and by the driver: %s %r", error, error.orig, error.orig)  # noqa: TRY400  # as we tell it
    lines = "\n".join(Lines().format(record) for record in caplog.records)
    assert "constraint" in lines, "what was wrong is told"
    assert "INSERT INTO" in lines
    assert not [word for word in ("mbargoed", "ictoria", "example.org") if word in lines]
