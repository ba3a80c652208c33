"""Every figure of ten thousand events, from the tables of the journal to what people read, is as it is defined."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures import Figures, Name, Period
from app.domain.people import Grant, Person
from app.domain.segments import Tag
from app.domain.translations import Role
from app.queries import figures
from app.services import site
from app.services.views import ViewCounter
from app.storage.database import Database
from app.storage.figures import DbFigureWent
from app.storage.texts import DbDocument
from app.worker.figures import carry_on
from tests.domain.figure_histories import LANGUAGES, PEOPLE, histories
from tests.domain.naive_figures import Naive, Story
from tests.domain.test_figures import BEGINS, BERLIN, ENDS
from tests.services.written_histories import write
from tests.storage.rows import published_page

NAMES = dict(zip(PEOPLE, ("anna", "berik", "cholpon", "daria"), strict=True))
VIEWER = Person(
    name="carim", full_name="Carim", email="carim@example.org", language=Tag("en"),
    grants=frozenset({Grant(role=Role.COORDINATOR)}),
)  # fmt: skip
SITE = """
name = "Centre"
seat = { city = "Berlin", zone = "Europe/Berlin" }
countries = ["KZ", "KG"]
default = "en"
[locales]
en = ["ru"]
ru = ["en"]
kk = ["ru"]
ky = ["ru"]
"""
PERIODS = (
    Period(first=date(2026, 3, 1), last=date(2026, 3, 31)),  # a month in which clocks go forward
    Period(first=date(2026, 9, 28), last=date(2026, 11, 1)),  # the month before ends with it, and clocks go back
    Period(first=date(2026, 2, 28), last=date(2026, 2, 28)),
    Period(first=date(2026, 3, 17), last=date(2026, 10, 4)),
)


def look(database: Database, seed: int) -> list[tuple[datetime, Tag]]:
    """Let readers look at pages, most of them about the midnights of months that end; return when, and in what."""
    chance = Random(seed)  # noqa: S311  # no secret
    midnights = [datetime(2026, month, 1, tzinfo=BERLIN).astimezone(UTC) for month in range(3, 12)]
    seen = [
        (chance.choice(midnights) + timedelta(minutes=chance.randint(-200, 200)), chance.choice(LANGUAGES))
        for _ in range(200)
    ]
    now = [BEGINS]
    counter = ViewCounter(database, secret=b"secret", clock=lambda: now[0], every=3600, most=1000)
    with database.write() as session:
        page = published_page(session, "seen", *LANGUAGES)
    for number, (at, language) in enumerate(seen):
        now[0] = at
        counter.seen(page, language, address=f"192.0.2.{number}", agent="Mozilla/5.0 Firefox/137.0")
    counter.close()
    return seen


def check(session: Session, naive: Naive, name: str | None) -> None:
    report = figures.report(session, VIEWER, naive.period, person=name)

    def same(told: Figures, languages: Sequence[Tag]) -> None:
        wanted = Naive(
            stories=naive.stories, zone=BERLIN, period=naive.period, languages=tuple(languages), person=naive.person,
            views=naive.views,
        ).values()  # fmt: skip
        assert set(told.values) == set(Name)
        assert dict(told.values) == pytest.approx(wanted), (naive.period, languages, name)

    same(report.whole, LANGUAGES)
    for tag, told in report.languages.items():
        same(told, (tag,))
    assert set(report.languages) == set(LANGUAGES)
    if name is None:  # where texts stood at the end of the last day, which charts are drawn from
        drawn = figures.series(session, VIEWER, naive.period)
        assert drawn.flow[-1].texts == naive.standing(naive.period.last)
        assert drawn.before == naive.standing(naive.period.first - timedelta(days=1))


def test_every_figure_of_ten_thousand_events_in_the_journal_is_what_its_definition_says(database: Database) -> None:
    authors = histories(8, rows=10_000, begins=BEGINS, ends=ENDS)
    with database.write() as session:
        site.put(session, SITE)
        write(session, authors, NAMES)
    views = look(database, 8)
    carry_on(database)
    stories = [Story(author=author, zone=BERLIN) for author in authors]
    with database.read() as session:
        listed = select(DbDocument.name, DbFigureWent.locale, DbFigureWent.day, DbFigureWent.texts).join(
            DbDocument, DbDocument.id == DbFigureWent.document_id
        )
        assert Counter({tuple(row[:3]): row.texts for row in session.execute(listed) if row.texts}) == Counter(
            (f"2026-01-01-{place}", tag, day)
            for place, story in enumerate(stories)
            for tag in LANGUAGES
            for day in story.days(tag)
        ), "what the weekly report lists"
        for period, person in zip(PERIODS * 2, (None, None, None, None, *PEOPLE), strict=True):
            naive = Naive(
                stories=stories, zone=BERLIN, period=period, languages=LANGUAGES, person=person, views=views
            )  # fmt: skip
            check(session, naive, None if person is None else NAMES[person])
