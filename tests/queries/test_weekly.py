"""The weekly report: what is in it, of which days, and of which language."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.figures import Period, Report
from app.domain.people import Person
from app.domain.segments import Tag
from app.domain.translations import Status
from app.domain.weekly import IsoWeek, Part, WeeklyReport
from app.queries import figures as computed
from app.queries import weekly as module
from app.queries.people import person
from app.queries.weekly import weekly
from app.storage.figures import DbFigureWent
from app.storage.standings import DbStanding
from app.storage.texts import DbPublication
from tests.people import COORDINATOR, invite, translator
from tests.trees import FACTS, Place, article
from tests.web.desk import some_figures

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2020, 3, 9, 6, tzinfo=UTC)
WEEK = IsoWeek.parse("2020-W10") or pytest.fail("no week")
IN_WEEK = datetime(2020, 3, 5, 12, tzinfo=UTC)
SUNDAY_NIGHT, MONDAY = datetime(2020, 3, 8, 17, 59, tzinfo=UTC), datetime(2020, 3, 8, 18, 0, tzinfo=UTC)
"""Either side of midnight in Almaty, where it was UTC+6 then."""


@pytest.fixture
def place(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.item(
        item=FACTS,
        en=article("Opening", "The centre opens.", slug="opening"),
        ru=article("Открытие", "Центр открыт.", slug="otkrytie"),
    )
    place.sync()
    with place.database.write() as session:
        invite(session, "dana", COORDINATOR)
        invite(session, "kanat", translator("ky"))

    def report(_session: Session, _viewer: Person, period: Period, *, person: str | None = None) -> Report:
        return some_figures.report(period, person)

    monkeypatch.setattr(computed, "report", report)
    yield place
    place.database.dispose()


def told(place: Place, language: Tag | None = None, reader: str = "en") -> WeeklyReport:
    with place.database.read() as session:
        dana = person(session, "dana")
        assert dana is not None
        return weekly(session, dana, WEEK, language=language, reader=Tag(reader), now=NOW)


def publish(place: Place, *times: datetime) -> None:
    """Let both texts have gone live at these times, and be counted."""
    with place.database.write() as session:
        for one in session.scalars(select(DbPublication)).all():
            session.add_all(
                DbPublication(translation_id=one.translation_id, revision_id=one.revision_id, at=at) for at in times
            )
        texts = session.execute(select(DbStanding.document_id, DbStanding.locale).where(DbStanding.live.is_not(None)))
        for text in texts.all():
            session.add_all(
                DbFigureWent(day=day, document_id=text.document_id, locale=text.locale, texts=1)
                for day in {at.astimezone(ALMATY).date() for at in times}
            )


def stand(place: Place, locale: str, **values: object) -> None:
    with place.database.write() as session:
        session.execute(update(DbStanding).where(DbStanding.locale == locale).values(**values))


def texts(part: Part) -> list[tuple[str, str]]:
    return [(one.locale, one.who) for one in part.texts]


def test_what_went_live_within_the_week_of_the_sites_clocks_is_told_once(place: Place) -> None:
    publish(place, MONDAY)
    assert told(place).published.total == 0
    publish(place, IN_WEEK, SUNDAY_NIGHT)
    assert sorted((one.locale, one.at) for one in told(place).published.texts) == [
        ("en", SUNDAY_NIGHT),
        ("ru", SUNDAY_NIGHT),
    ]
    assert texts(told(place, Tag("ru")).published) == [("ru", "")]


def test_what_is_late_and_what_is_due_is_told_with_whom_and_only_while_it_is_to_be_done(place: Place) -> None:
    stand(place, "ky", person="kanat", owed=NOW - timedelta(hours=1))
    report = told(place)
    assert (texts(report.late), texts(report.due)) == ([("ky", "kanat")], [])
    assert report.names["kanat"] == "Kanat"
    stand(place, "ky", owed=NOW + timedelta(days=6))
    assert (texts(told(place).late), texts(told(place).due)) == ([], [("ky", "kanat")])
    assert texts(told(place, Tag("ru")).due) == []
    stand(place, "ky", owed=NOW + timedelta(days=8))
    assert texts(told(place).due) == []
    stand(place, "ky", due=NOW - timedelta(days=9), owed=None)
    assert texts(told(place).late) == [], "it was handed in"
    stand(place, "ky", person="", team="Kyrgyz news", owed=NOW - timedelta(days=9))
    assert texts(told(place).late) == [("ky", "Kyrgyz news")]


def test_what_fell_behind_is_what_follows_a_text_that_was_published_or_handed_in_in_the_week(place: Place) -> None:
    def behind(language: Tag | None = None) -> list[tuple[str, datetime]]:
        return [(one.locale, one.at) for one in told(place, language).behind.texts]

    long_ago = IN_WEEK - timedelta(days=30)
    stand(place, "ru", behind="en")
    publish(place, long_ago)
    stand(place, "en", head=2, since=IN_WEEK, status=Status.DRAFT)
    assert behind() == [], "what somebody writes and has not handed in puts nothing behind"
    for status in (Status.IN_REVIEW, Status.APPROVED):
        stand(place, "en", status=status)
        assert behind() == [("ru", IN_WEEK)]
    assert behind(Tag("ky")) == []
    stand(place, "en", since=long_ago)
    assert behind() == []
    stand(place, "en", live=2, since=long_ago)
    publish(place, SUNDAY_NIGHT)
    assert behind() == [("ru", SUNDAY_NIGHT)], "written long ago, published in the week"
    stand(place, "en", head=3, since=NOW, status=Status.DRAFT)
    assert behind() == [("ru", SUNDAY_NIGHT)], "and somebody goes on writing"
    stand(place, "en", status=Status.IN_REVIEW)
    assert behind() == [("ru", SUNDAY_NIGHT)], "or handed in more in the week after"


def test_texts_are_called_in_the_language_of_who_reads_where_their_document_has_it(place: Place) -> None:
    def titles(reader: str) -> list[list[str]]:
        report = told(place, reader=reader)
        parts = (report.published, report.late, report.due, report.behind)
        return [sorted(one.title for one in part.texts) for part in parts]

    publish(place, IN_WEEK)
    stand(place, "ru", behind="en", person="kanat", owed=NOW - timedelta(hours=1))
    stand(place, "ky", person="kanat", owed=NOW + timedelta(days=1))
    assert titles("ru") == [["Открытие"] * 2, ["Открытие"], ["Открытие"], ["Открытие"]]
    assert titles("en") == [["Opening"] * 2, ["Opening"], ["Opening"], ["Opening"]]
    assert titles("kk") == [["Opening", "Открытие"], ["Открытие"], ["Opening"], ["Открытие"]], "by their own"


def test_figures_are_those_of_the_week_and_of_the_week_before(place: Place) -> None:
    report = told(place)
    assert [f"{one.period.first}" for one in (report.figures, report.before)] == ["2020-03-02", "2020-02-24"]


def test_a_part_names_some_and_counts_all(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    publish(place, IN_WEEK)
    assert (len(told(place).published.texts), told(place).published.total) == (1, 2)
