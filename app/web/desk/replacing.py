"""Finding and replacing in the whole of a text, beyond the segments of one page, and without scripts."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.domain.replacing import Wanted
from app.domain.translations import Action
from app.formats.lines import unix
from app.queries.reviews import title_of
from app.services import replacing, sheets
from app.services.sheets import Bases
from app.services.working_copies import copies
from app.web.desk.address import TEXT, Address
from app.web.desk.collisions import tell
from app.web.desk.desk import Desk
from app.web.desk.open_text import open_document
from app.web.desk.refusals import status_of
from app.web.desk.sheet_form import bases_sent


class Replacing:
    """The page that shows every place, and its button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show what would change in the newest text."""
        return self._page(Address.of(kind, name, locale), Bases(), _wanted(request.args))

    def replace(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Change what is ticked."""
        at, bases, wanted = Address.of(kind, name, locale), bases_sent(), _wanted(request.form)
        ticked = {int(number) for number in request.form.getlist("place") if number.isdecimal() and len(number) < 6}
        try:
            with self._desk.reading() as session:
                at.require_place(session, self._desk.site.locales)
                sheet = sheets.sheet(session, at.name, at.locale, bases)
                shown, places = sheet.bases, replacing.chosen(sheet, wanted, ticked)
            with self._desk.writing() as session:
                saved = replacing.replace(
                    session, at.name, at.locale, self._desk.actor(at.locale), bases=shown, places=places
                )
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._page(at, bases, wanted, refusal), status_of(refusal)
        flash(ngettext("Replaced in %(num)s place.", "Replaced in %(num)s places.", len(places)), "done")
        tell(self._desk, saved)
        if saved.suggestions:
            return redirect(at.url("reviewing.text", part="suggestions"), 303)
        return redirect(at.url("translating.form"), 303)

    def _page(self, at: Address, bases: Bases, wanted: Wanted, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            document, _ = open_document(self._desk, session, at, Action.EDIT)
            sheet = sheets.sheet(session, at.name, at.locale, bases)
            try:
                found = replacing.compared(sheet, wanted)
            except Refusal as slow:
                found, refusal = (), slow
            return self._desk.render(
                "desk/replace.html", at=at, sheet=sheet, wanted=wanted, refusal=refusal, most=replacing.MOST,
                found=found,
                title=title_of(session, document, at.locale),
                waits=bool(copies(session, at.name, at.locale, self._desk.person().name)),
            )  # fmt: skip


def _wanted(said: "MultiDict[str, str]") -> Wanted:
    return Wanted(
        search=unix(said.get("search", "")), instead=unix(said.get("instead", "")), exact="exact" in said,
        rule="rule" in said,
    )  # fmt: skip


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("replacing", __name__), Replacing(desk)
    desk.rule(area, TEXT + "translate/replace", view.form, Right.READ)
    desk.rule(area, TEXT + "translate/replace", view.replace, Right.READ, methods="POST")
    return area
