"""The weekly report: a page that prints well, a PDF where the machine can make one, and a letter by one press."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_domain, gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest, NotFound

from app.domain.figure_words import age_word
from app.domain.figures import Period
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.domain.weekly import IsoWeek, WeeklyReport
from app.domain.weekly_words import compared, heading, nothing_counted, part_of, sections, standing_at, title_of
from app.formats import charts
from app.formats.charts import Room
from app.queries.people import full_names, people
from app.queries.weekly import weekly
from app.services import weekly as services
from app.web.desk import pdf
from app.web.desk.desk import Desk
from app.web.desk.forgotten import can_mail
from app.web.desk.pictures import PICTURES, Picture, drawn
from app.web.desk.series import Wanted, series

_DRAWN: Final = timedelta(weeks=13)
"""How far back the charts look from the end of the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which week and language an address asks for, and on which day; `figures` is what the charts show."""

    today: date
    week: IsoWeek
    language: Tag | None

    @property
    def address(self) -> Mapping[str, str]:
        """Return how it stands in an address."""
        return {"week": str(self.week)} | ({"language": self.language} if self.language else {})

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"{url_for('report.page')}?{urlencode(self.address)}"

    @property
    def figures(self) -> Wanted:
        """Return what of the page of figures its charts are: nothing is drawn of days to come."""
        last, first = min(self.week.sunday, self.today), self.week.sunday - _DRAWN + timedelta(days=1)
        return Wanted(period=Period(first=first, last=last), language=self.language)


class Reports:
    """The page, the file and the letter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show the report of a week."""
        asked = self._asked()
        this, wanted = IsoWeek.of(asked.today), asked.figures.address
        with self._desk.reading() as session:
            report, pictures = self._made(session, asked)
            others = [one for one in people(session) if one.has(Right.READ)]
        return self._desk.render(
            "desk/report.html", asked=asked, people=others, may_print=pdf.can_print(),
            later=asked.week.after if asked.week < this else None,
            of=self._body(report, pictures, lambda one, room: _chart(one.name, {"room": room.value, **wanted})),
        )  # fmt: skip

    def file(self) -> ResponseReturnValue:
        """Send the report as a PDF; where none can be made, lead to the page, which says so."""
        asked = self._asked()
        if not pdf.can_print():
            return redirect(asked.url, 303)
        with self._desk.reading() as session:
            report, pictures = self._made(session, asked)
        write, static = self._desk.frame().write, Path(current_app.root_path) / "static"
        of = self._body(report, pictures, lambda one, _: f"{pdf.BASE}{one.name}.svg", root=self._desk.site.url)
        page = render_template("desk/report_print.html", frame=self._desk.frame(), of=of)
        parts = {f"{one.name}.svg": (drawn(one, Room.WIDE, write), "image/svg+xml") for one in pictures}
        parts["style.css"] = ((static / "css" / "report-print.css").read_bytes(), "text/css")
        answer = Response(pdf.printed(page, parts), mimetype="application/pdf")
        whose = f"{asked.week}-{asked.language}" if asked.language else f"{asked.week}"
        answer.headers.set("Content-Disposition", "attachment", filename=f"report-{whose}.pdf")
        return answer

    def send(self) -> ResponseReturnValue:
        """Send the report by mail to the people who were chosen, each once."""
        week = IsoWeek.parse(request.form.get("week", ""))
        if week is None:
            raise BadRequest
        language = self._language(request.form.get("language", ""))
        asked, now = Asked(today=self._today(), week=week, language=language), datetime.now(UTC)
        with self._desk.writing() as session:
            sent = services.order(
                session, week, request.form.getlist("person"), self._desk.anywhere(), language=language, now=now
            )
            names = full_names(session, sent)
        if sent and not can_mail(self._desk):
            flash(gettext("The report waits: no mail goes out of this site yet."), "warning")
        elif sent:
            flash(
                gettext("The report goes out by mail to: %(people)s.", people=", ".join(names[one] for one in sent)),
                "done",
            )
        else:
            flash(gettext("The report goes to nobody: choose people who have not had it."), "warning")
        return redirect(asked.url, 303)

    def _made(self, session: Session, asked: Asked) -> tuple[WeeklyReport, list[Picture]]:
        person, of = self._desk.person(), asked.figures
        report = weekly(
            session, person, asked.week, language=asked.language, reader=self._desk.locale(), now=datetime.now(UTC)
        )
        drawn_from = series(self._desk, session, of)
        return report, [make(drawn_from, self._desk.frame().write) for make in PICTURES.values()]

    def _body(
        self, report: WeeklyReport, pictures: list[Picture], drawing: Callable[[Picture, Room], str], *, root: str = ""
    ) -> Mapping[str, object]:
        """Return what the report itself is made of, on the page and in a file; `root` begins its addresses."""
        locale, up_to = self._desk.locale(), report.figures.up_to
        is_known = not (up_to.anew or report.figures.is_empty)
        return {
            "title": title_of(report.week, get_domain(), locale),
            "report": report,
            "parts": [(one, heading(one, get_domain()), part_of(report, one)) for one in sections(report)],
            "standing_at": standing_at(report, get_domain(), locale, self._desk.zone),
            "age": age_word(up_to, get_domain(), locale, self._desk.zone),
            "nothing_counted": nothing_counted(report, get_domain()),
            "compared": compared(report, get_domain(), locale) if is_known else [],
            "pictures": [(one, drawing(one, Room.WIDE), drawing(one, Room.NARROW)) for one in pictures if is_known],
            "is_over": report.week < IsoWeek.of(self._today()),
            "sizes": charts.SIZES,
            "root": root,
        }

    def _asked(self) -> Asked:
        today = self._today()
        written = request.args.get("week", "")
        week = IsoWeek.parse(written) if written else IsoWeek.of(today).before
        if week is None or week > IsoWeek.of(today):
            raise NotFound
        return Asked(today=today, week=week, language=self._language(request.args.get("language", "")))

    def _today(self) -> date:
        return datetime.now(UTC).astimezone(self._desk.zone).date()

    def _language(self, written: str) -> Tag | None:
        return Tag(written) if written in self._desk.site.locales else None


def _chart(name: str, asked: Mapping[str, str]) -> str:
    return f"{url_for('figures.chart', chart=name)}?{urlencode(asked)}"


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, reports = Blueprint("report", __name__), Reports(desk)
    desk.rule(area, "/report/", reports.page, Right.READ)
    desk.rule(area, "/report/report.pdf", reports.file, Right.READ)
    desk.rule(area, "/report/send", reports.send, Right.ASSIGN, methods="POST")
    return area
