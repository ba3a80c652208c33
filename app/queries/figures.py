"""The figures as people read them: over a period, of the site, its languages, or a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.figure_measures import EVERYBODY, LEVELS, STANDING, Measure
from app.domain.figure_sums import Known, Sums, bins, coverage, day_by_day, figures, flow, forecast
from app.domain.figures import AT_ONCE, WEEKS, Name, Period, Report, Series, UpTo
from app.domain.people import Person
from app.domain.permissions import Right, require
from app.domain.segments import Tag
from app.queries.reading import site
from app.storage import actors
from app.storage.figures import DbFigureLead, DbFigureSum, mark
from app.storage.journal import DbEvent
from app.storage.views import DbViewDay

_FLOWS: Final = frozenset(Measure) - LEVELS

_WENT: Final = frozenset({Measure.WENT, Measure.WENT_WORDS})

_BY_VALUE: Final[Mapping[str, Measure]] = {one.value: one for one in Measure}

_DRAWN: Final = frozenset(
    {*STANDING.values(), Measure.ITEMS, Measure.BEGUN, Measure.LIVE, Measure.CURRENT}
    | {Measure.ITEM_WORDS, Measure.BEGUN_WORDS, Measure.CURRENT_WORDS}
)
"""The levels that charts follow day by day."""


def report(session: Session, viewer: Person, period: Period, *, person: str | None = None) -> Report:
    """Return the figures of the site and of each of its languages, of all texts or of those that are a person's.

    `person` is the name of an account. Forbidden for who may see neither; a person's are for coordinators and that
    person alone. Some ten queries, of sums by day.
    """
    whose = _Whose(session, _digest(session, viewer, person))
    views = {} if person is not None else _views(session, period)
    known = Known(
        period=period,
        levels=whose.levels(LEVELS, period.last),
        flows=whose.flows(period),
        leads=whose.leads(period),
        went=whose.by_day(_WENT, period),
        views=views,
        personal=person is not None,
    )
    languages = _languages(session)
    since = {name: whose.first(Measure.MET_WORDS) for name in (Name.EXACT, Name.NEAR)}
    return Report(
        period=period,
        whole=figures(known, languages),
        languages={tag: figures(known, [tag]) for tag in languages},
        up_to=up_to(session),
        person=person,
        since=since if person is not None else {**since, Name.VIEWS: session.scalar(select(func.min(DbViewDay.day)))},
    )


def series(
    session: Session, viewer: Person, period: Period, *, language: Tag | None = None, person: str | None = None
) -> Series:
    """Return what charts are drawn from, of one language or of all, of all texts or a person's. Forbidden as above."""
    whose, personal = _Whose(session, _digest(session, viewer, person)), person is not None
    languages = _languages(session) if language is None else (language,)
    begin = min(period.first, period.last - timedelta(weeks=WEEKS))
    start = whose.levels(_DRAWN, begin - timedelta(days=1))
    all_days = Period(first=begin, last=period.last)
    days = dict(day_by_day(start, whose.by_day(_DRAWN, all_days), all_days))
    eve = period.first - timedelta(days=1)
    (began,) = flow([(eve, days.get(eve, start))], languages, personal=personal)
    within = [(day, levels) for day, levels in days.items() if day >= period.first]
    leads: dict[int, int] = defaultdict(int)
    for tag, times in whose.leads(period).items():
        for minutes, texts in times.items():
            leads[minutes] += texts if tag in languages else 0
    return Series(
        period=period,
        before=began.texts,
        flow=flow(within, languages, personal=personal),
        leads=bins(leads),
        coverage=coverage(within, languages, period, personal=personal),
        forecasts={tag: forecast(days, tag, period.last, personal=personal) for tag in languages},
        up_to=up_to(session),
    )


def up_to(session: Session) -> UpTo:
    """Return how old the figures are. They are made anew where there are none yet, or days of another zone."""
    reached, newest = mark(session), session.scalar(select(func.max(DbEvent.number))) or 0
    settings, rows = site(session), newest - reached.number
    is_of_zone = settings is None or reached.zone == settings.zone.key
    anew = rows > AT_ONCE or (newest > 0 and not (reached.number and is_of_zone))
    return UpTo(number=reached.number, at=reached.at, rows=rows, anew=anew)


def _languages(session: Session) -> Sequence[Tag]:
    settings = site(session)
    return () if settings is None else tuple(settings.locales)


def allow(viewer: Person, person: str | None) -> None:
    """Refuse (Forbidden) who may not see these figures: everybody's are for who may read the desk.

    A person's are for coordinators and that person alone.
    """
    if person is None:
        require(viewer.everywhere, Right.READ)
    elif person != viewer.name:
        require(viewer.everywhere, Right.FIGURES)


def _digest(session: Session, viewer: Person, person: str | None) -> str:
    """Return by whose digest to look: everybody's, or that of a person whom the viewer may look at. Forbidden."""
    allow(viewer, person)
    return EVERYBODY if person is None else actors.known(session, person) or "nobody"


def _views(session: Session, period: Period) -> Mapping[date, Mapping[Tag, int]]:
    rows = session.execute(
        select(DbViewDay.day, DbViewDay.locale, DbViewDay.views).where(DbViewDay.day.between(period.first, period.last))
    )
    found = defaultdict[date, dict[Tag, int]](dict)
    for row in rows:
        found[row.day][row.locale] = row.views
    return found


@dataclass(frozen=True, slots=True)
class _Whose:
    """Reads the sums of one person, or of everybody."""

    session: Session
    person: str

    def levels(self, measures: Collection[Measure], last: date) -> Sums:
        """Return what stood there when a day ended: all that was added up to it."""
        return self._added(measures, DbFigureSum.day <= last)

    def flows(self, period: Period) -> Sums:
        """Return what flowed in a period."""
        return self._added(_FLOWS, DbFigureSum.day.between(period.first, period.last))

    def by_day(self, measures: Collection[Measure], period: Period) -> Mapping[date, Sums]:
        """Return what was added to measures on each day of a period."""
        found = defaultdict[date, dict[tuple[Tag, Measure], int]](dict)
        columns = select(DbFigureSum.day, DbFigureSum.locale, DbFigureSum.measure, DbFigureSum.amount)
        of_days = columns.where(
            DbFigureSum.person == self.person,
            DbFigureSum.measure.in_(sorted(measures)),
            DbFigureSum.day.between(period.first, period.last),
        )
        for day, locale, measure, amount in self.session.execute(of_days):
            found[day][locale, _BY_VALUE[measure]] = amount
        return found

    def leads(self, period: Period) -> Mapping[Tag, Mapping[int, int]]:
        """Return how many translations took so many minutes, by language."""
        found = defaultdict[Tag, dict[int, int]](dict)
        texts = func.sum(DbFigureLead.texts)
        for row in self.session.execute(
            select(DbFigureLead.locale, DbFigureLead.minutes, texts.label("texts"))
            .where(DbFigureLead.person == self.person, DbFigureLead.day.between(period.first, period.last))
            .group_by(DbFigureLead.locale, DbFigureLead.minutes)
            .having(texts > 0)
        ):
            found[row.locale][row.minutes] = int(row.texts)
        return found

    def first(self, measure: Measure) -> date | None:
        """Return the first day on which anything was added to a measure."""
        of_it = select(func.min(DbFigureSum.day))
        return self.session.scalar(of_it.where(DbFigureSum.person == self.person, DbFigureSum.measure == measure))

    def _added(self, measures: Collection[Measure], within: ColumnElement[bool]) -> Sums:
        amount = func.sum(DbFigureSum.amount).label("amount")
        rows = self.session.execute(
            select(DbFigureSum.locale, DbFigureSum.measure, amount)
            .where(DbFigureSum.person == self.person, DbFigureSum.measure.in_(sorted(measures)), within)
            .group_by(DbFigureSum.measure, DbFigureSum.locale)
        )
        return {(row.locale, _BY_VALUE[row.measure]): int(row.amount) for row in rows}
