"""Words that are in no text and find no way into one: shown to who typed them, or to who answers for the texts."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.domain.segments import Key
from app.formats.lines import unix
from app.queries.left_behind import left_behind
from app.services import working_copies
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk
from app.web.desk.translating import Kept, Translating, part_asked

_DIGITS = 19
"""Of a serial that the database can hold it has less."""


class LeftBehind:
    """The list, and letting one's own go."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def page(self) -> ResponseReturnValue:
        """Show what people typed who may not write there any more."""
        with self._desk.reading() as session:
            return self._desk.render("desk/left_behind.html", left=left_behind(session))

    def settle(self) -> ResponseReturnValue:
        """Let go what is on the list and dealt with, by its row; nothing of what is not on it, or was written anew."""
        said = request.form
        asked = said.get("number", 0, type=int), said.get("serial", 0, type=int)
        with self._desk.writing() as session:
            for one in left_behind(session):
                if (one.number, one.serial) == asked:
                    actor = self._desk.actor(one.locale)
                    working_copies.settle(
                        session, one.name, one.locale, actor, number=one.number, serial=one.serial
                    )  # fmt: skip
        return redirect(url_for("left_behind.page"), 303)

    def let_go(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Let go words of one's own for a segment that the text has no more; a sheet that is sent along is saved."""
        at = Address.of(kind, name, locale)
        serial, _, key = unix(request.form.get("loose", "")).partition(" ")
        serials = {Key(key): int(serial) if serial.isdecimal() and len(serial) < _DIGITS else 0}
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                self._translating.put(session, at)
                working_copies.drop(session, at.name, at.locale, self._desk.person().name, serials)
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._translating.refused(at, Kept(typed={}, refusal=refusal))
        return self._translating.onward(at, part_asked())


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("left_behind", __name__), LeftBehind(desk)
    desk.rule(area, "/left-behind", view.page, Right.ASSIGN)
    desk.rule(area, "/left-behind", view.settle, Right.ASSIGN, methods="POST")
    desk.rule(area, TEXT + "translate/let-go", view.let_go, Right.READ, methods="POST")
    return area
