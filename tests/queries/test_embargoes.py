"""What is scheduled, and what could not go live, as `tilmash status` and the desk will say it."""

from datetime import UTC, timedelta, timezone

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Tag
from app.queries.embargoes import Scheduled, scheduled
from app.storage.database import Database
from app.storage.embargoes import Embargo
from app.storage.texts import DbRevision
from tests.queries.test_reading import counted
from tests.storage.rows import NOON, published_revision

DOCUMENT = DocumentName(kind=Kind.NEWS, name="x")


def embargo(session: Session, revision: DbRevision, subject: str, *, refusal: str = "") -> None:
    work = Embargo(translation=revision.translation_id, revision=revision.id, minor=False, live=None).work(subject)
    work.put_off(NOON.astimezone(timezone(timedelta(hours=5))))
    if refusal:
        work.refuse(refusal, now=NOON)
    session.add(work)


def test_what_waits_and_what_was_refused_is_told_by_name_and_locale_with_its_time_in_utc(database: Database) -> None:
    with database.write() as session:
        revision = published_revision(session)
        embargo(session, revision, "news/x@ru", refusal="its source text (en) has never been published")
        embargo(session, revision, "news/x@kk")
        embargo(session, revision, "news/x-y@kk")
        embargo(session, revision, "page/x@kk")
    with database.read() as session:
        assert scheduled(session, DOCUMENT) == [
            Scheduled(document=DOCUMENT, locale=Tag("kk"), revision=1, due=NOON),
            Scheduled(
                document=DOCUMENT, locale=Tag("ru"), revision=1, due=NOON,
                refusal="its source text (en) has never been published",
            ),
        ]  # fmt: skip
        assert [one.due.tzinfo for one in scheduled(session, DOCUMENT)] == [UTC, UTC]
        everything = [f"{one.document}@{one.locale}" for one in scheduled(session, None)]
    assert sorted(everything) == ["news/x-y@kk", "news/x@kk", "news/x@ru", "page/x@kk"]


def test_however_much_is_scheduled_two_queries_tell_it_and_one_that_there_is_nothing(sqlite: Database) -> None:
    with sqlite.read() as session, counted(session) as sent:
        assert scheduled(session, None) == []
    assert len(sent) == 1
    with sqlite.write() as session:
        revision = published_revision(session)
        for locale in ("en", "ru", "kk"):
            embargo(session, revision, f"news/x@{locale}")
    with sqlite.read() as session, counted(session) as sent:
        assert len(scheduled(session, None)) == 3
    assert len(sent) == 2
