"""The figures, computed from sums as `domain.figures` says; a language's, a person's, or those of the whole site."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import Final

from app.domain.figure_measures import STANDING, STAYS, Measure
from app.domain.figures import (
    BINS,
    FURTHEST,
    WEEKS,
    Band,
    Bin,
    Figures,
    FlowDay,
    Forecast,
    Month,
    Name,
    Period,
    Week,
    percentile,
)
from app.domain.segments import Tag

_STAYED: Final = {
    Name.WAITING: Band.MISSING, Name.DRAFT: Band.DRAFT, Name.REVIEW: Band.IN_REVIEW, Name.APPROVED: Band.APPROVED,
}  # fmt: skip

_WEEK = timedelta(weeks=1)

Sums = Mapping[tuple[Tag, Measure], int]
"""By language and measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the figures of a period are computed from, of everybody's texts or (`personal`) of those of one person.

    `levels` are those of the period's end, `flows` and `leads` (how many translations took so many minutes, by
    language) those of its days, `went` what went live and `views` how often readers looked by day and language.
    """

    period: Period
    levels: Sums
    flows: Sums
    leads: Mapping[Tag, Mapping[int, int]]
    went: Mapping[date, Sums] = field(default_factory=dict)
    views: Mapping[date, Mapping[Tag, int]] = field(default_factory=dict)
    personal: bool = False


def figures(known: Known, languages: Sequence[Tag]) -> Figures:
    """Return the figures of some languages together: of one, or of all of the site."""
    flows = {one: sum(known.flows.get((tag, one), 0) for tag in languages) for one in Measure}
    leads = Counter[int]()
    for tag in languages:
        leads.update(known.leads.get(tag, {}))
    weeks, views = known.period.weeks, _views(known, languages)
    values: dict[Name, float | None] = {
        Name.CURRENT: _share_current(known.levels, languages, personal=known.personal),
        Name.BACKLOG: sum(backlog(known.levels, tag, personal=known.personal) for tag in languages),
        Name.WORDS: flows[Measure.WENT_WORDS] / weeks,
        Name.ITEMS: flows[Measure.WENT] / weeks,
        Name.LEAD_MEDIAN: _seconds(percentile(leads, 50)),
        Name.LEAD_NINETIETH: _seconds(percentile(leads, 90)),
        **{name: _part(flows[STAYS[band][1]], flows[STAYS[band][0]]) for name, band in _STAYED.items()},
        Name.RETURNS: _part(flows[Measure.RETURNED], flows[Measure.SUBMITTED]),
        Name.UNREAD: sum(known.levels.get((tag, Measure.UNREAD), 0) for tag in languages),
        Name.EXACT: _part(flows[Measure.EXACT_WORDS], flows[Measure.MET_WORDS]),
        Name.NEAR: _part(flows[Measure.NEAR_WORDS], flows[Measure.MET_WORDS]),
        Name.VIEWS: None if views is None else sum(views.values()) / weeks,
    }
    return Figures(values=values, weeks=tuple(_weeks(known, languages, views)))


def backlog(levels: Sums, tag: Tag, *, personal: bool) -> int:
    """Return the source words that readers lack in a language, or (`personal`) of the texts of one person there."""
    asked = levels.get((tag, Measure.BEGUN_WORDS), 0) if personal else _over_all(levels, Measure.ITEM_WORDS)
    return asked - levels.get((tag, Measure.CURRENT_WORDS), 0)


def _over_all(levels: Sums, measure: Measure) -> int:
    """Return a level whatever the language: items stand under that of their source text."""
    return sum(amount for (_, one), amount in levels.items() if one is measure)


def _share_current(levels: Sums, languages: Sequence[Tag], *, personal: bool) -> float | None:
    of_each = [
        levels.get((tag, Measure.LIVE), 0) if personal else _over_all(levels, Measure.ITEMS) for tag in languages
    ]
    return _part(sum(levels.get((tag, Measure.CURRENT), 0) for tag in languages), sum(of_each))


def _part(one: float, of: float) -> float | None:
    return one / of if of else None


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def _views(known: Known, languages: Iterable[Tag]) -> Mapping[date, int] | None:
    if not known.views:
        return None
    return {day: sum(views.get(tag, 0) for tag in languages) for day, views in known.views.items()}


def _weeks(known: Known, languages: Sequence[Tag], views: Mapping[date, int] | None) -> Iterator[Week]:
    monday = _monday(known.period.first)
    while monday <= known.period.last:
        days = [monday + timedelta(days=day) for day in range(7)]
        items, words = (
            sum(known.went.get(day, {}).get((tag, one), 0) for day in days for tag in languages)
            for one in (Measure.WENT, Measure.WENT_WORDS)
        )
        seen = None if views is None else sum(views.get(day, 0) for day in days)
        yield Week(monday=monday, items=items, words=words, views=seen)
        monday += _WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def day_by_day(start: Sums, changes: Mapping[date, Sums], period: Period) -> Iterator[tuple[date, Sums]]:
    """Yield the levels at the end of each day of a period, from those `start` before it; each is a copy of its own."""
    levels = Counter(start)
    for number in range(period.days):
        day = period.first + timedelta(days=number)
        levels.update(changes.get(day, {}))
        yield day, dict(levels)


def flow(days: Iterable[tuple[date, Sums]], languages: Sequence[Tag], *, personal: bool) -> tuple[FlowDay, ...]:
    """Return how many texts stood where at the end of each day; nobody in particular has what is missing."""
    return tuple(FlowDay(day=day, texts=_bands(levels, languages, personal=personal)) for day, levels in days)


def _bands(levels: Sums, languages: Sequence[Tag], *, personal: bool) -> Mapping[Band, int]:
    begun = sum(levels.get((tag, Measure.BEGUN), 0) for tag in languages)
    missing = 0 if personal else _over_all(levels, Measure.ITEMS) * len(languages) - begun
    standing = {band: sum(levels.get((tag, measure), 0) for tag in languages) for band, measure in STANDING.items()}
    return {Band.MISSING: missing, **standing}


def bins(leads: Mapping[int, int]) -> tuple[Bin, ...]:
    """Return how lead times (how many translations took so many minutes) are spread."""
    ends = [*(int(end / timedelta(minutes=1)) for end in BINS), None]
    found = Counter[int | None]()
    for minutes, many in leads.items():
        found[next((end for end in ends if end is None or minutes <= end), None)] += many
    return tuple(Bin(longest=longest, texts=found[end]) for longest, end in zip((*BINS, None), ends, strict=True))


def coverage(
    days: Iterable[tuple[date, Sums]], languages: Sequence[Tag], period: Period, *, personal: bool
) -> tuple[Month, ...]:
    """Return which share was live and current in each language when each month ended."""
    return tuple(
        Month(first=day.replace(day=1), shares={
            tag: _share_current(levels, [tag], personal=personal) for tag in languages
        })
        for day, levels in days
        if day == period.last or (day + timedelta(days=1)).day == 1
    )  # fmt: skip


def forecast(days: Mapping[date, Sums], tag: Tag, last: date, *, personal: bool) -> Forecast:
    """Return when a language's backlog clears, by the levels at the end of each day that ends one of the last weeks.

    The weeks are those of seven days that end with `last`.
    """
    ends = [last - _WEEK * number for number in range(WEEKS + 1)]
    left = [backlog(days[day], tag, personal=personal) for day in ends]
    shrank = Counter(before - after for after, before in pairwise(left))
    early, likely, late = (_clear(left[0], percentile(shrank, of) or 0, last) for of in (75, 50, 25))
    return Forecast(backlog=left[0], pace=percentile(shrank, 50) or 0, early=early, likely=likely, late=late)


def _clear(words: int, pace: int, last: date) -> date | None:
    """Return the day on which nothing is left, if so many words go each week."""
    if words <= 0:
        return last
    days = ceil(words * 7 / pace) if pace > 0 else None
    return None if days is None or timedelta(days=days) > FURTHEST else last + timedelta(days=days)
