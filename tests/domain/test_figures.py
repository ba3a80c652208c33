"""Every figure, folded from what happened and summed by days, is what its definition says of the whole list."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.figure_fold import fold
from app.domain.figure_measures import EVERYBODY, LEVELS, Lead, Measure, Row
from app.domain.figure_states import Document
from app.domain.figure_sums import Known, figures, flow
from app.domain.figures import Band, Period
from app.domain.segments import Tag
from tests.domain.figure_histories import LANGUAGES, PEOPLE, Author, histories
from tests.domain.naive_figures import Naive, Story
from tests.journeys.histories import LONG

BERLIN = ZoneInfo("Europe/Berlin")  # where days have 23 hours, and 25
BEGINS, ENDS = datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC)


class Summary:
    """What the fold adds, all of it, as the tables have it."""

    def __init__(self, authors: Iterable[Author]) -> None:
        self.sums, self.leads = Counter[Row](), Counter[Lead]()
        for author in authors:
            document = Document()
            for moment in author.moments:
                folded = fold(document, moment.happening, author.book, zone=BERLIN)
                document = folded.document
                self.sums.update(folded.sums)
                self.leads.update(folded.leads)

    def known(self, period: Period, person: str | None) -> Known:
        whose = EVERYBODY if person is None else person
        mine = [(row, amount) for row, amount in self.sums.items() if row.person == whose]
        levels, flows = Counter[tuple[Tag, Measure]](), Counter[tuple[Tag, Measure]]()
        leads = defaultdict[Tag, Counter[int]](Counter)
        for row, amount in mine:
            if row.measure in LEVELS and row.day <= period.last:
                levels[row.locale, row.measure] += amount
            elif row.measure not in LEVELS and period.first <= row.day <= period.last:
                flows[row.locale, row.measure] += amount
        for lead, many in self.leads.items():
            if lead.person == whose and period.first <= lead.day <= period.last:
                leads[lead.locale][lead.minutes] += many
        return Known(period=period, levels=levels, flows=flows, leads=leads, personal=person is not None)


def check(seed: int, rows: int, readings: int) -> None:
    authors = histories(seed, rows=rows, begins=BEGINS, ends=ENDS)
    assert sum(len(moment.happening.deeds) for author in authors for moment in author.moments) >= rows
    summary, stories = Summary(authors), [Story(author=author) for author in authors]
    chance = Random(seed)  # noqa: S311  # no secret
    for number in range(readings):
        first = (BEGINS + (ENDS - BEGINS) * chance.random()).date()
        last = first + timedelta(days=chance.choice((0, 6, 13, 30, 90)))
        period = Period(first=first, last=last)
        person = None if number % 2 == 0 else chance.choice(PEOPLE)
        languages = LANGUAGES if number % 3 == 0 else (chance.choice(LANGUAGES),)
        naive = Naive(stories=stories, zone=BERLIN, period=period, languages=languages, person=person)
        known = summary.known(period, person)
        assert dict(figures(known, languages).values) == pytest.approx(naive.values(), nan_ok=False), (seed, period)
        (ended,) = flow([(last, known.levels)], languages, personal=person is not None)
        standing = naive.standing(last)
        if person is not None:
            standing[Band.MISSING] = 0
        assert ended.texts == standing, (seed, period)


@settings(max_examples=2000 if LONG else 25)
@given(st.integers(min_value=0), st.sampled_from([20, 100, 400]))
@pytest.mark.soak
def test_every_figure_is_what_its_definition_says_of_any_history(seed: int, rows: int) -> None:
    check(seed, rows, readings=6)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40 if LONG else 1))
def test_every_figure_is_what_its_definition_says_of_ten_thousand_events(seed: int) -> None:
    check(seed, 10_000, readings=24 if LONG else 12)
