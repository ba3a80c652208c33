"""Who is away, and who stands in: said by whom it concerns, or by who coordinates."""

from datetime import date, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.assigning import Absence
from app.domain.errors import Forbidden, NotAllowed, Refusal
from app.domain.permissions import Right
from app.domain.said import saying
from app.queries import teams as queries
from app.queries.people import full_names, people
from app.services import absences
from app.web.desk.desk import Desk
from app.web.desk.refusals import status_of

_FIELDS = ("person", "first", "last", "substitute")


class Leave:
    """One page: one's own absences, and for who coordinates everybody's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, refusal: Refusal | None = None) -> str:
        """Show who is away, and a form."""
        person, today = self._desk.person(), datetime.now(self._desk.zone).date()
        of = None if person.has(Right.ASSIGN) else person.name
        with self._desk.reading() as session:
            everybody = people(session)
            return self._desk.render(
                "desk/away.html", away=queries.away(session, of), today=today, refusal=refusal, typed=_typed_again(),
                everybody=[one for one in everybody if one.active and one.has(Right.READ)],
                names=full_names(session, (one.name for one in everybody)),
            )  # fmt: skip

    def announce(self) -> ResponseReturnValue:
        """Note that somebody will be away; what is refused is given back."""
        said, own = request.form, self._desk.person().name
        try:
            wanted = Absence(
                person=said.get("person", "") or own, substitute=said.get("substitute", ""),
                first=_typed("first"), last=_typed("last"),
            )  # fmt: skip
            with self._desk.writing() as session:
                begun = absences.announce(session, wanted, self._desk.anywhere()).begun_at is not None
        except Forbidden:
            raise
        except Refusal as refusal:
            return self.page(refusal), status_of(refusal)
        if begun:
            flash(
                gettext("The absence has begun. What is due in it was handed over, and both people are told."), "done"
            )
        else:
            flash(gettext("It is noted. What is due in these days is handed over on the first of them."), "done")
        return redirect(url_for("away.page"), 303)

    def end(self, number: int) -> ResponseReturnValue:
        """Let somebody be there again."""
        with self._desk.writing() as session:
            absences.call_off(session, number, self._desk.anywhere())
        flash(gettext("The absence has ended. What was not begun came back."), "done")
        return redirect(url_for("away.page"), 303)


def _typed_again() -> dict[str, str]:
    """Return what a form that is given back holds."""
    return {name: request.form.get(name, "") for name in _FIELDS}


def _typed(field: str) -> date:
    """Return a day of the form. NotAllowed where none was chosen."""
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        raise NotAllowed(saying("choose the first and the last day")) from None


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("away", __name__), Leave(desk)
    desk.rule(area, "/away", view.page, Right.READ)
    desk.rule(area, "/away/announce", view.announce, Right.READ, methods="POST")
    desk.rule(area, "/away/<int:number>/end", view.end, Right.READ, methods="POST")
    return area
