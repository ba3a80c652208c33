"""Every figure, folded from what happened and summed by days, is what its definition says of the whole list."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.figure_fold import fold
from app.domain.figure_measures import EVERYBODY, LEVELS, Lead, Measure, Row
from app.domain.figure_states import Document
from app.domain.figure_sums import Known, Sums, bins, coverage, day_by_day, figures, flow, forecast
from app.domain.figures import Band, Name, Period, percentile
from app.domain.segments import Tag
from tests.domain.figure_histories import KK, LANGUAGES, PEOPLE, Author, histories
from tests.domain.naive_figures import Naive, Story
from tests.journeys.histories import LONG

BERLIN = ZoneInfo("Europe/Berlin")  # where days have 23 hours, and 25
BEGINS, ENDS = datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC)


class Summary:
    """What the fold adds, all of it, as the tables have it."""

    def __init__(self, authors: Iterable[Author]) -> None:
        self.sums, self.leads, self.went = Counter[Row](), Counter[Lead](), Counter[tuple[int, Tag, date]]()
        for place, author in enumerate(authors):
            document = Document()
            for moment in author.moments:
                folded = fold(document, moment.happening, author.book, zone=BERLIN)
                document = folded.document
                self.sums.update(folded.sums)
                self.leads.update(folded.leads)
                self.went.update({(place, *text): times for text, times in folded.went.items()})

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
            if many and lead.person == whose and period.first <= lead.day <= period.last:
                leads[lead.locale][lead.minutes] += many
        return Known(period=period, levels=levels, flows=flows, leads=leads, personal=person is not None)


def check(seed: int, rows: int, readings: int) -> None:
    authors = histories(seed, rows=rows, begins=BEGINS, ends=ENDS)
    assert sum(len(moment.happening.deeds) for author in authors for moment in author.moments) >= rows
    summary, stories = Summary(authors), [Story(author=author, zone=BERLIN) for author in authors]
    assert +summary.went == Counter(
        (place, tag, day) for place, story in enumerate(stories) for tag in LANGUAGES for day in story.days(tag)
    ), seed
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


def summed(summary: Summary, person: str | None, period: Period) -> dict[date, Sums]:
    """How each level stood when each day of a period was over."""
    whose = EVERYBODY if person is None else person
    start, changes = Counter[tuple[Tag, Measure]](), defaultdict[date, dict[tuple[Tag, Measure], int]](dict)
    for row, amount in summary.sums.items():
        if row.person == whose and row.day < period.first:
            start[row.locale, row.measure] += amount
        elif row.person == whose:
            changes[row.day][row.locale, row.measure] = amount
    return dict(day_by_day(start, changes, period))


def went(summary: Summary) -> dict[date, dict[tuple[Tag, Measure], int]]:
    found = defaultdict[date, dict[tuple[Tag, Measure], int]](dict)
    for row, amount in summary.sums.items():
        if row.person == EVERYBODY:
            found[row.day][row.locale, row.measure] = amount
    return found


@settings(max_examples=100 if LONG else 2)
@given(st.integers(min_value=0))
@pytest.mark.soak
def test_what_charts_are_drawn_from_is_what_its_definition_says(seed: int) -> None:
    authors = histories(seed, rows=600, begins=BEGINS, ends=ENDS)
    summary, stories = Summary(authors), [Story(author=author, zone=BERLIN) for author in authors]
    period = Period(first=date(2026, 6, 24), last=date(2026, 9, 29))
    naive = Naive(stories=stories, zone=BERLIN, period=period, languages=LANGUAGES, person=None)
    days = summed(summary, None, period)
    for one_day in flow(list(days.items())[::7], LANGUAGES, personal=False):
        assert one_day.texts == naive.standing(one_day.day), one_day
    months = coverage(days.items(), LANGUAGES, period, personal=False)
    assert [one.first.month for one in months] == [6, 7, 8, 9]
    for one, last in zip(months, ((6, 30), (7, 31), (8, 31), (9, 29)), strict=True):
        assert one.shares == {tag: naive.at(date(2026, *last), tag)[Name.CURRENT] for tag in LANGUAGES}
    known = summary.known(period, None)
    within = {day: one for day, one in went(summary).items() if period.first <= day <= period.last}
    weeks = figures(replace(known, went=within), LANGUAGES).weeks
    assert {one.monday: (one.items, one.words) for one in weeks} == naive.weeks()
    left = [naive.at(period.last - timedelta(weeks=weeks), KK)[Name.BACKLOG] or 0 for weeks in range(13)]
    shrank = sorted(before - after for after, before in pairwise(left))
    told = forecast(days, KK, period.last, personal=False)
    assert (told.backlog, told.pace) == (left[0], shrank[5])
    for day, pace in ((told.late, shrank[2]), (told.likely, shrank[5]), (told.early, shrank[8])):
        clears = [days for days in range(104 * 7 + 1) if left[0] - pace * days / 7 <= 0]
        assert day == (period.last + timedelta(days=clears[0]) if clears else None)


def test_lead_times_are_spread_over_bins_of_which_each_has_its_longest() -> None:
    found = bins({1: 2, 60: 3, 61: 5, 1440: 7, 1800: 1, 43_200: 1, 43_560: 4})
    many = {one.longest: one.texts for one in found if one.texts}
    hours = {hour: timedelta(hours=hour) for hour in (1, 3, 24, 48, 720)}
    assert many == {hours[1]: 5, hours[3]: 5, hours[24]: 7, hours[48]: 1, hours[720]: 1, None: 4}


def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    assert [percentile({5: 1, 7: 1}, of) for of in (1, 50, 51, 100)] == [5, 5, 7, 7]
    assert percentile({3: 9, 8: 1}, 90) == 3
    assert percentile({}, 50) is None


@settings(max_examples=2000 if LONG else 15)
@given(st.integers(min_value=0), st.sampled_from([20, 100, 400]))
@pytest.mark.soak
def test_every_figure_is_what_its_definition_says_of_any_history(seed: int, rows: int) -> None:
    check(seed, rows, readings=6)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40 if LONG else 1))
def test_every_figure_is_what_its_definition_says_of_ten_thousand_events(seed: int) -> None:
    check(seed, 10_000, readings=24 if LONG else 8)
