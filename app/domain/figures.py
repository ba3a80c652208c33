"""The figures: what each is called, what it is measured in, and how it is computed, on one screen.

`docs/figures.md` is drawn from `FIGURES`; `domain.figure_fold` makes what they are computed from out of the journal,
and `domain.figure_sums` computes them as it says here. Days are those of the site's zone, weeks begin on Monday.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from math import ceil
from typing import Final

from app.domain.said import Said, saying
from app.domain.segments import Tag


class Unit(StrEnum):
    """What the number of a figure is: how it is written is the page's affair."""

    SHARE = "share from 0 to 1"
    WORDS = "words"
    WORDS_A_WEEK = "words a week"
    ITEMS_A_WEEK = "items a week"
    VIEWS_A_WEEK = "views a week"
    SECONDS = "seconds"
    RATIO = "number of times"


class Name(StrEnum):
    """Names a figure in addresses, in the columns of a table and in tests."""

    CURRENT = "current"
    BACKLOG = "backlog"
    WORDS = "words"
    ITEMS = "items"
    LEAD_MEDIAN = "lead-median"
    LEAD_NINETIETH = "lead-90"
    WAITING = "waiting"
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    RETURNS = "returns"
    UNREAD = "unread"
    EXACT = "exact"
    NEAR = "near"
    VIEWS = "views"


class Band(StrEnum):
    """Where a text stands in the flow; each stands in one of them. The order is that of the work."""

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. `formula` says exactly how it is computed; all three are messages of the interface."""

    name: Name
    unit: Unit
    title: Said
    sentence: Said
    formula: Said
    of_people: bool = True


FIGURES: tuple[Figure, ...] = (
    Figure(
        name=Name.CURRENT, unit=Unit.SHARE, title=saying("Live and current"),
        sentence=saying("Which part of the items readers find in the language, and up to date."),
        formula=saying(
            "Items that are live and current in the language ÷ items of which the source text is live, when the "
            "period ended. Of the site: the sum over its languages ÷ (items × languages). Of a person: of their "
            "texts that are live, those that are current."
        ),
    ),
    Figure(
        name=Name.BACKLOG, unit=Unit.WORDS, title=saying("Backlog in words"),
        sentence=saying("How many words of source texts readers still lack in the language."),
        formula=saying(
            "Source words of the items of which the source text is live − source words of those that are live "
            "and current in the language, when the period ended. Of the site: the sum over its languages. Of a "
            "person: source words of their texts that are not live and current."
        ),
    ),
    Figure(
        name=Name.WORDS, unit=Unit.WORDS_A_WEEK, title=saying("Words a week"),
        sentence=saying("How many words went live in a week."),
        formula=saying(
            "Source words of the segments that read differently from what readers saw last (at first: of all "
            "that are translated), summed over the texts that went live in the period ÷ its weeks."
        ),
    ),
    Figure(
        name=Name.ITEMS, unit=Unit.ITEMS_A_WEEK, title=saying("Items a week"),
        sentence=saying("How many texts went live in a week."),
        formula=saying("Texts that went live in the period, each as often as it did ÷ its weeks."),
    ),
    Figure(
        name=Name.LEAD_MEDIAN, unit=Unit.SECONDS, title=saying("Half of the translations were live within"),
        sentence=saying("The time from the source text until the translation was live: the median."),
        formula=saying(
            "The 50th percentile of the lead times of the translations that went live, and were current then, "
            "in the period: from when readers began to lack them (the source text went live, or was changed and "
            "not by a minor edit) until then; none of those that were withdrawn in between. Rounded up: to "
            "minutes, from three hours on to hours, from a day on to six hours."
        ),
    ),
    Figure(
        name=Name.LEAD_NINETIETH, unit=Unit.SECONDS, title=saying("Nine in ten translations were live within"),
        sentence=saying("The time from the source text until the translation was live: the 90th percentile."),
        formula=saying("The 90th percentile of the same lead times."),
    ),
    Figure(
        name=Name.WAITING, unit=Unit.SECONDS, title=saying("Time until somebody began"),
        sentence=saying("How long translations were waited for until somebody began them."),
        formula=saying(
            "The mean time from when the source text went live until the text in the language had its first "
            "revision, of those that were begun in the period."
        ),
    ),
    Figure(
        name=Name.DRAFT, unit=Unit.SECONDS, title=saying("Time as a draft"),
        sentence=saying("How long a text stays a draft at a time."),
        formula=saying("The mean length of the stays as a draft that ended in the period."),
    ),
    Figure(
        name=Name.REVIEW, unit=Unit.SECONDS, title=saying("Time in review"),
        sentence=saying("How long a text stays in review at a time."),
        formula=saying("The mean length of the stays in review that ended in the period."),
    ),
    Figure(
        name=Name.APPROVED, unit=Unit.SECONDS, title=saying("Time from approval until live"),
        sentence=saying("How long an approved text waits until readers see it."),
        formula=saying("The mean length of the stays as approved and not live that ended in the period."),
    ),
    Figure(
        name=Name.RETURNS, unit=Unit.RATIO, title=saying("Returns per submission"),
        sentence=saying("How often a reviewer sends back what was submitted."),
        formula=saying("Returns in the period ÷ submissions in the period."),
    ),
    Figure(
        name=Name.UNREAD, unit=Unit.WORDS, title=saying("Machine text not reviewed, in words"),
        sentence=saying("How many words of a machine nobody has confirmed or changed yet."),
        formula=saying(
            "Words of the segments of the newest revisions that a machine made, as readers are told of what is "
            "live, when the period ended."
        ),
    ),
    Figure(
        name=Name.EXACT, unit=Unit.SHARE, title=saying("Known to the memory word for word"),
        sentence=saying("Which part of the submitted words the translation memory knew exactly."),
        formula=saying(
            "Source words of submitted segments of which the memory had the same source text ÷ source words of "
            "submitted segments, of what was submitted at the desk in the period."
        ),
    ),
    Figure(
        name=Name.NEAR, unit=Unit.SHARE, title=saying("Known to the memory nearly"),
        sentence=saying("For which part of the submitted words the translation memory had something similar."),
        formula=saying(
            "The same of segments for which the memory had no equal source text, but one that is three quarters "
            "alike or more."
        ),
    ),
    Figure(
        name=Name.VIEWS, unit=Unit.VIEWS_A_WEEK, title=saying("Views a week"),
        sentence=saying("How often readers opened items in the language in a week."),
        formula=saying("Views in the days of the period ÷ its weeks."),
        of_people=False,
    ),
)  # fmt: skip
"""Each figure, in the order in which they are shown; `of_people` tells that there is one of a person too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of the site's zone, the first and the last included. ValueError if it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on the day it begins on, or later")

    @property
    def days(self) -> int:
        """Return how many days it has, one at least."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> float:
        """Return how many weeks that is, with their fractions."""
        return self.days / 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What went live in the days of one week that are in the period, and how often readers looked.

    `monday` is its first day, which may be before the period. `views` is None where nobody counted by days yet, and of
    a person.
    """

    monday: date
    items: int = 0
    words: int = 0
    views: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one language, of one person, or of the whole site: a number each, in the unit that `FIGURES` says.

    None where there is nothing to compute it from (nothing was submitted; nothing went live).
    """

    values: Mapping[Name, float | None]
    weeks: tuple[Week, ...] = ()


AT_ONCE: Final = 4_000
"""Rows of the journal that are taken into the figures at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpTo:
    """How old figures are: true up to this row of the journal, which was written `at` (aware; None: it was empty).

    `rows` counts those that have come since, and are not in it yet. `anew` says that they are being counted from the
    beginning, or as good as that: what they come to until then is a part of the past, and no figure.
    """

    number: int
    at: datetime | None
    rows: int = 0
    anew: bool = False

    def has(self, end: datetime) -> bool:
        """Tell whether all that was done before `end` (aware) is in them."""
        return not self.anew and (not self.rows or (self.at is not None and self.at >= end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures over a period: of the whole site, and of each language.

    Of a `person` (the name of an account), if there is one, they are those of the texts that are theirs. `since` says
    of what has not been recorded from the beginning from which day on it is known; it lacks what is known throughout,
    and has None for what nothing is known of yet.
    """

    period: Period
    whole: Figures
    languages: Mapping[Tag, Figures]
    up_to: UpTo
    person: str | None = None
    since: Mapping[Name, date | None] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to count: that there is no backlog is then no news."""
        return not any(self.whole.values.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowDay:
    """How many texts stood in each band when a day ended."""

    day: date
    texts: Mapping[Band, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many texts went live within `longest` of their source text, and not within the bin before; None: longer."""

    longest: timedelta | None
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Which share of the items was live and current in each language when a month (or the period) ended."""

    first: date
    shares: Mapping[Tag, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the backlog clears, if it goes on as in the last `WEEKS` whole weeks of the period's end.

    `backlog` is in words, `pace` in words by which it shrank in the median week (negative: it grew). `likely` is the
    day on which nothing is left at that pace, `early` and `late` at those of the third and the first quartile; None
    where there is no such day within `FURTHEST`.
    """

    backlog: int
    pace: float
    early: date | None
    likely: date | None
    late: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What the charts of one language, one person, or the whole site are drawn from, over a period.

    Of a whole site or person, `forecasts` and `coverage` have each language; of one language, that one. `before` says
    how many texts stood in each band when the period began.
    """

    period: Period
    before: Mapping[Band, int]
    flow: tuple[FlowDay, ...]
    leads: tuple[Bin, ...]
    coverage: tuple[Month, ...]
    forecasts: Mapping[Tag, Forecast]
    up_to: UpTo


WEEKS: Final = 12
"""How many weeks a forecast is made from."""

FURTHEST: Final = timedelta(weeks=104)
"""How far a forecast looks."""

BINS: Final = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 48, 72, 120, 168, 336, 720))
"""Where the bins of lead times end; the last has no end."""


def percentile(counts: Mapping[int, int], of: int) -> int | None:
    """Return the nearest rank: the smallest value that at least `of` per cent of all do not exceed; None of none.

    `counts` say how often each value is there.
    """
    rank = ceil(of * sum(counts.values()) / 100)
    reached = accumulate(counts[value] for value in sorted(counts))
    return next((value for value, many in zip(sorted(counts), reached, strict=True) if many >= rank), None)
