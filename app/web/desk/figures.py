"""The figures: a page of them with their definitions, charts at addresses of their own, and both as spreadsheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_domain, gettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.utils import secure_filename

from app.domain.figure_words import age_word, value_word, words_of
from app.domain.figures import FIGURES, Figure, Figures, Period, Report, Unit
from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.said import Said
from app.domain.segments import Tag
from app.formats import charts, spreadsheets
from app.formats.charts import Room
from app.formats.spreadsheets import Column, Sheet, Table, Value
from app.queries import figures as queries
from app.queries.people import people
from app.web.desk.desk import Desk, Place
from app.web.desk.pictures import PICTURES, drawn
from app.web.desk.series import Wanted, series

_USUAL: Final = 91
"""Days of the period that an address without one asks for: a quarter of a year."""
_SPANS: Final = (28, 91, 365)
_LONGEST: Final = timedelta(days=3660)
_EARLIEST: Final = date(1970, 1, 1)
_IN_MEMORY: Final = 1_000_000  # bytes of a file that goes out; what is larger waits on the disk
_DAY: Final = timedelta(days=1)
_DECIMALS: Final = {Unit.WORDS: 0, Unit.RATIO: 2, Unit.SECONDS: 3}
"""Decimals of a spreadsheet's numbers, where they are not one: a thousandth of a day is a minute and a half."""


class Pages:
    """The page, the charts and the files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show the figures of what the address asks for."""
        wanted, person = self._wanted(), self._desk.person()
        write = self._desk.frame().write
        with self._desk.reading() as session:
            report = queries.report(session, person, wanted.period, person=wanted.person)
            drawn_from = None if report.up_to.anew else series(self._desk, session, wanted)
            others = people(session) if person.has(Right.FIGURES) else [person]
        return self._desk.render(
            "desk/figures.html", wanted=wanted, report=report, figures=shown_of(report),
            columns=_columns(report, wanted),
            pictures=[make(drawn_from, write) for make in PICTURES.values()] if drawn_from else [],
            age=age_word(report.up_to, get_domain(), self._desk.locale(), self._desk.zone),
            people=others, sizes=charts.SIZES, sheets=tuple(Sheet) if drawn_from else (), value_word=self._value,
            words_of=said, spans=[(days, period_until(self._today(), days)) for days in _SPANS],
        )  # fmt: skip

    def chart(self, chart: str) -> ResponseReturnValue:
        """Send one chart; there is none while its numbers are counted anew."""
        wanted, make = self._wanted(), PICTURES.get(chart)
        if make is None:
            raise NotFound
        with self._desk.reading() as session:
            drawn_from = series(self._desk, session, wanted)
        if drawn_from.up_to.anew:
            raise NotFound
        room = Room.NARROW if request.args.get("room") == Room.NARROW else Room.WIDE
        return svg(drawn(make(drawn_from, self._desk.frame().write), room, self._desk.frame().write))

    def table(self, form: str) -> ResponseReturnValue:
        """Send the figures as a spreadsheet: a row for the site and each language, or for the one that is asked for.

        While they are counted anew, lead to the page, which says so.
        """
        wanted = self._wanted()
        with self._desk.reading() as session:
            report = queries.report(session, self._desk.person(), wanted.period, person=wanted.person)
        if report.up_to.anew:
            return redirect(f"{url_for('figures.page')}?{urlencode(wanted.address)}", 303)
        write, site = self._desk.frame().write, self._desk.site.name
        rows = {gettext("all languages") if tag is None else write.language(tag): one
                for tag, one in _columns(report, wanted).items()}  # fmt: skip
        days = f"{wanted.period.first}–{wanted.period.last}"
        table = _table(f"{days} {wanted.person or site}", shown_of(report), rows)
        whose = "-".join(one for one in (secure_filename(wanted.person or "site"), wanted.language) if one)
        return sent(self._desk, Sheet(form), table, f"figures-{whose}-{wanted.period.first}-{wanted.period.last}")

    def _value(self, value: float | None, unit: Unit) -> str:
        return value_word(value, unit, get_domain(), self._desk.locale())

    def _today(self) -> date:
        return datetime.now(UTC).astimezone(self._desk.zone).date()

    def _wanted(self) -> Wanted:
        asked = request.args
        language = asked.get("language", "")
        return Wanted(
            period=period_of(asked, self._today()),
            language=Tag(language) if language in self._desk.site.locales else None,
            person=asked.get("person") or None,
        )  # fmt: skip


def said(title: Said) -> str:
    """Return a title or sentence of a figure in the language of the page."""
    return words_of(title, get_domain())


def period_of(asked: MultiDict[str, str], today: date) -> Period:
    """Return the days that an address asks for; the past quarter where it says none that make sense."""
    first, last = (_day(asked.get(name, "")) for name in ("first", "last"))
    last = min(max(last or today, _EARLIEST), today)
    if first is None or not timedelta() <= last - first <= _LONGEST:
        return period_until(last, _USUAL)
    return Period(first=first, last=last)


def period_until(last: date, days: int) -> Period:
    """Return so many days of which this is the last."""
    return Period(first=last - (days - 1) * _DAY, last=last)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def shown_of(report: Report) -> tuple[Figure, ...]:
    """Return which figures there are: not all are of a person."""
    return tuple(one for one in FIGURES if one.of_people or report.person is None)


def _columns(report: Report, wanted: Wanted) -> Mapping[Tag | None, Figures]:
    """Return the columns of the page: the site and each language, or the one language that is asked for."""
    if wanted.language is not None and wanted.language in report.languages:
        return {wanted.language: report.languages[wanted.language]}
    columns: dict[Tag | None, Figures] = {None: report.whole}
    return columns | {tag: report.languages[tag] for tag in report.languages}


def _table(name: str, shown: Sequence[Figure], figures: Mapping[str, Figures]) -> Table:
    """Return the table: whose and of when is its name, `figures` are its rows by what they are of."""
    columns = [Column(title=gettext("Language"), width=20)]
    for one in shown:
        # Translators: the title of a column of numbers; title is that of a figure
        title = gettext("%(title)s, in days", title=said(one.title)) if one.unit is Unit.SECONDS else said(one.title)
        columns.append(Column(title=title, share=one.unit is Unit.SHARE, decimals=_DECIMALS.get(one.unit, 1)))

    def rows() -> Iterator[list[Value]]:
        for of, row in figures.items():
            yield [of, *(_number(row.values.get(one.name), one.unit) for one in shown)]

    return Table(name=name, columns=columns, rows=rows(), cut="")


def _number(value: float | None, unit: Unit) -> Value:
    return value if value is None or unit is not Unit.SECONDS else value / _DAY.total_seconds()


def sent(desk: Desk, form: Sheet, table: Table, name: str) -> Response:
    """Return the answer that is a spreadsheet, in the language and zone of who asks."""
    out = cast("IO[bytes]", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # the answer closes it
    spreadsheets.write(form, table, out, locale=desk.locale(), zone=desk.zone)
    out.seek(0)
    answer: Response = send_file(
        out, mimetype=spreadsheets.TYPES[form].partition(";")[0], as_attachment=True, download_name=f"{name}.{form}"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def svg(document: bytes) -> Response:
    """Return the answer that is a chart, which may do nothing but look as it does."""
    answer = Response(document, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = charts.POLICY
    return answer


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, pages = Blueprint("figures", __name__), Pages(desk)
    desk.rule(area, "/figures/", pages.page, Right.READ)
    desk.rule(area, "/figures/<chart>.svg", pages.chart, Right.READ)
    desk.rule(area, "/figures/figures.<any(csv, xlsx):form>", pages.table, Right.READ)
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.READ):
        return None
    # Translators: an entry of the desk's menu: how much was done, how long it took, what is left
    return Place(href=url_for("figures.page"), label=gettext("Figures"), current=request.endpoint == "figures.page")
