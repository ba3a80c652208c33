"""Figures that nobody computed, for tests of how they are shown."""

from datetime import UTC, date, datetime, timedelta

from app.domain.figures import (
    FIGURES,
    Band,
    Bin,
    Figures,
    FlowDay,
    Forecast,
    Month,
    Name,
    Period,
    Report,
    Series,
    Unit,
    UpTo,
    Week,
)
from app.domain.segments import Tag

RU, KY, KK = Tag("ru"), Tag("ky"), Tag("kk")
UP_TO = UpTo(number=90, at=datetime(2026, 11, 30, 9, 5, tzinfo=UTC), rows=3)
COUNTED = UpTo(number=93, at=datetime(2026, 11, 30, 9, 6, tzinfo=UTC))
_OF = {Unit.SHARE: 0.855, Unit.SECONDS: 86400 * 3.25, Unit.RATIO: 0.25}


def figures(times: float = 1) -> Figures:
    values = {one.name: _OF.get(one.unit, 1234.5) * times for one in FIGURES}
    return Figures(values=values | {Name.NEAR: None}, weeks=(Week(monday=date(2026, 11, 23), items=4, words=900),))


def report(period: Period, person: str | None = None) -> Report:
    return Report(
        period=period, whole=figures(), languages={RU: figures(), KY: figures(0.5), KK: figures(0.3)}, up_to=UP_TO,
        person=person, since={Name.VIEWS: date(2026, 11, 1), Name.EXACT: None},
    )  # fmt: skip


def series(period: Period) -> Series:
    days = [period.first + timedelta(days=at) for at in range(period.days)]
    flow = tuple(
        FlowDay(day=day, texts={band: 5 + at * (place + 1) // 9 for place, band in enumerate(Band)})
        for at, day in enumerate(days)
    )
    spans = [timedelta(hours=6), timedelta(days=1), timedelta(days=2), timedelta(days=4), timedelta(days=8), None]
    return Series(
        period=period, before=dict.fromkeys(Band, 4), flow=flow,
        leads=tuple(Bin(longest=one, texts=3 * at % 7) for at, one in enumerate(spans)),
        coverage=tuple(
            Month(first=date(2026, month, 1), shares={RU: 0.9, KY: month / 20, KK: None if month < 4 else 0.4})
            for month in range(1, 12)
        ),
        forecasts={
            RU: Forecast(backlog=0, pace=80, early=period.last, likely=period.last, late=period.last),
            KY: Forecast(backlog=1200, pace=210.4, early=date(2026, 12, 24), likely=date(2027, 1, 1), late=None),
            KK: Forecast(backlog=12000, pace=20, early=date(2027, 5, 24), likely=date(2028, 1, 11), late=None),
        },
        up_to=UP_TO,
    )  # fmt: skip
