"""The charts of figures: what is drawn, the sentence that says it, and the table that stands beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from flask_babel import get_domain, gettext

from app.domain import dates
from app.domain.figure_words import duration_word
from app.domain.figures import BINS, Band, Bin, Forecast, Series
from app.domain.segments import Tag
from app.formats.charts import Chart, Kind, Room, draw
from app.formats.charts import Series as Row
from app.web.desk.status_words import band_word
from app.web.reader.writing import Writing

_DAILY, _MOST_WEEKS = 35, 53  # days of a flow that are drawn one by one; of longer ones these weeks at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart under its name in addresses, and its numbers: titles of columns, and rows that begin with their own."""

    name: str
    chart: Chart
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to be seen: through a single month goes no line, and its points hide others."""
        rows = [row.values for row in self.chart.series]
        places = sum(any(value is not None for value in those) for those in zip(*rows, strict=True))
        return not any(value for row in rows for value in row) or (self.chart.kind is Kind.LINES and places == 1)


def drawn(picture: Picture, room: Room, write: Writing) -> bytes:
    """Return a picture as an SVG document."""
    return draw(picture.chart, room, _numbers(picture.chart, write))


def _numbers(chart: Chart, write: Writing) -> Callable[[float], str]:
    if chart.whole:
        return lambda number: write.number(round(number, 1))
    return lambda number: write.percent(round(number * 100))


def _flow(series: Series, write: Writing) -> Picture:
    length = len(series.flow)
    step = 1 if length <= _DAILY else 7 * -(-length // (7 * _MOST_WEEKS))
    days = series.flow[::-1][::step][::-1]
    said = gettext("No text was there yet.")
    if days:
        last = days[-1].texts
        said = gettext(
            "When the period ended, %(live)s of %(all)s texts were live; %(before)s when it began.",
            live=write.number(last.get(Band.LIVE, 0)), all=write.number(sum(last.values())),
            before=write.number(series.before.get(Band.LIVE, 0)),
        )  # fmt: skip
    chart = Chart(
        kind=Kind.AREAS, title=gettext("How texts went through the work"), said=said,
        labels=[dates.day_in_digits(day.day, write.locale) for day in days],
        series=[
            Row(name=band_word(band), values=[day.texts.get(band, 0) for day in days]) for band in reversed(Band)
        ],
    )  # fmt: skip
    return _with_table("flow", chart, gettext("Day"), [write.day(day.day) for day in days], write)


def _leads(series: Series, write: Writing) -> Picture:
    spans, counted = _spans(series.leads, write), [at for at, one in enumerate(series.leads) if one.texts]
    some = slice(counted[0], counted[-1] + 1) if counted else slice(0)
    labels, bins = spans[some], series.leads[some]
    said = _half(bins, write) if counted else gettext("No translation went live in this time.")
    chart = Chart(
        kind=Kind.BARS, title=gettext("From source text to translation"), said=said, labels=labels,
        series=[Row(name=gettext("Translations"), values=[one.texts for one in bins])],
    )  # fmt: skip
    return _with_table("leads", chart, gettext("Time"), labels, write)


def _half(bins: Sequence[Bin], write: Writing) -> str:
    """Return within which time half of the translations were live, as finely as the bins tell it."""
    total, reached = sum(one.texts for one in bins), accumulate(one.texts for one in bins)
    half = next(one.longest for one, many in zip(bins, reached, strict=True) if 2 * many >= total)
    time = duration_word(half or BINS[-1], get_domain(), write.locale)
    if half is None:
        return str(gettext(
            "Translations that went live: %(all)s. More than half of them took longer than %(time)s from their source "
            "text.", all=write.number(total), time=time,
        ))  # fmt: skip
    return str(gettext(
        "Translations that went live: %(all)s. At least half of them took no longer than %(time)s from their source "
        "text.", all=write.number(total), time=time,
    ))  # fmt: skip


def _spans(bins: Sequence[Bin], write: Writing) -> list[str]:
    words, before = list[str](), ""
    for one in bins:
        longest = "" if one.longest is None else duration_word(one.longest, get_domain(), write.locale)
        words.append(f"≤ {longest}" if longest else f"> {before}")
        before = longest
    return words


def _coverage(series: Series, write: Writing) -> Picture:
    months = series.coverage
    tags = list(dict.fromkeys(tag for month in months for tag in month.shares))
    chart = Chart(
        kind=Kind.LINES, title=gettext("Live and current, by month and language"), whole=False,
        said=_covered(months[-1].shares if months else {}, write),
        labels=[dates.month_in_digits(month.first, write.locale) for month in months],
        series=[Row(name=write.language(tag), values=[month.shares.get(tag) for month in months]) for tag in tags],
    )  # fmt: skip
    titles = [dates.month_heading(month.first.year, month.first.month, write.locale) for month in months]
    return _with_table("coverage", chart, gettext("Month"), titles, write)


def _covered(shares: Mapping[Tag, float | None], write: Writing) -> str:
    known = sorted((share, tag) for tag, share in shares.items() if share is not None)
    if not known:
        return str(gettext("Nothing was live in this time."))
    (least, worst), (most, best) = known[0], known[-1]
    if worst == best:
        return str(gettext(
            "When the period ended, %(share)s of the items were live and current in this language: %(language)s.",
            share=write.percent(round(most * 100)), language=write.language(best),
        ))  # fmt: skip
    return str(gettext(
        "When the period ended, the greatest share of items was live and current in %(best)s (%(most)s), "
        "the smallest in %(worst)s (%(least)s).",
        best=write.language(best), most=write.percent(round(most * 100)), worst=write.language(worst),
        least=write.percent(round(least * 100)),
    ))  # fmt: skip


def _forecast(series: Series, write: Writing) -> Picture:
    waiting = {tag: one for tag, one in series.forecasts.items() if one.backlog}
    end = series.period.last

    def weeks(of: Callable[[Forecast], date | None]) -> list[float | None]:
        days = (of(one) for one in waiting.values())
        return [None if day is None else (day - end).days / 7 for day in days]

    chart = Chart(
        kind=Kind.BARS, title=gettext("Weeks until the backlog clears"), said=_cleared(waiting, write),
        labels=[write.language(tag) for tag in waiting],
        series=[
            Row(name=gettext("at the fastest"), values=weeks(lambda one: one.early)),
            Row(name=gettext("most likely"), values=weeks(lambda one: one.likely)),
            Row(name=gettext("at the slowest"), values=weeks(lambda one: one.late)),
        ],
    )  # fmt: skip
    head = [
        gettext("Language"), gettext("Backlog in words"), gettext("Words a week by which it shrinks"),
        *(row.name for row in chart.series),
    ]  # fmt: skip
    rows = [
        [write.language(tag), write.number(one.backlog), write.number(round(one.pace)),
         *(_day_or_never(day, write) for day in (one.early, one.likely, one.late))]
        for tag, one in waiting.items()
    ]  # fmt: skip
    return Picture(name="forecast", chart=chart, head=head, rows=rows)


def _cleared(waiting: Mapping[Tag, Forecast], write: Writing) -> str:
    if not waiting:
        return str(gettext("There is no backlog."))
    never = [write.language(tag) for tag, one in waiting.items() if one.likely is None]
    if never:
        said = gettext(
            "At the present pace the backlog does not clear within two years in: %(languages)s.",
            languages=", ".join(never),
        )
        return str(said)
    tag, last = max(waiting.items(), key=lambda pair: pair[1].likely or date.max)
    said = {"language": write.language(tag), "likely": _day_or_never(last.likely, write)}
    if last.early is None or last.late is None:
        return str(gettext(
            "At the present pace the last backlog clears about %(likely)s (%(language)s); it may take longer than two "
            "years.",
            **said,
        ))  # fmt: skip
    return str(gettext(
        "At the present pace the last backlog clears about %(likely)s (%(language)s): not before %(early)s, and hardly "
        "after %(late)s.",
        early=write.day(last.early), late=write.day(last.late), **said,
    ))  # fmt: skip


def _day_or_never(day: date | None, write: Writing) -> str:
    # Translators: when a backlog clears, in a table; stands where others have a date
    return write.day(day) if day is not None else str(gettext("not within two years"))


def _with_table(name: str, chart: Chart, first: str, titles: Sequence[str], write: Writing) -> Picture:
    """Return a picture whose table has what is drawn, a row for each place."""
    number = _numbers(chart, write)
    rows = [
        [title, *("–" if (value := row.values[at]) is None else number(value) for row in chart.series)]
        for at, title in enumerate(titles)
    ]
    return Picture(name=name, chart=chart, head=[first, *(row.name for row in chart.series)], rows=rows)


PICTURES: Final[Mapping[str, Callable[[Series, Writing], Picture]]] = {
    "flow": _flow, "leads": _leads, "coverage": _coverage, "forecast": _forecast,
}  # fmt: skip
"""How each is made, by its name in addresses, in the order of the page."""
