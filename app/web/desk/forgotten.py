"""Asking for a link by mail, where a password was forgotten: one answer to everybody."""

from datetime import UTC, datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.services import link_letters
from app.services.link_letters import Why
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.gate import Gate
from app.web.desk.sign_in import too_many


class Forgotten:
    """The page, where mail goes out; nothing where it does not."""

    def __init__(self, desk: Desk, gate: Gate) -> None:
        self._desk, self._gate = desk, gate

    def page(self) -> ResponseReturnValue:
        """Ask for a name or address; say the same whatever was typed."""
        if not can_mail(self._desk):
            raise NotFound
        if request.method == "GET":
            return self._desk.render("desk/forgotten.html", asked=False)
        wait = self._gate.of_address()
        if wait is not None:
            return too_many(self._desk, wait)
        with self._desk.writing() as session:
            link_letters.ask(session, request.form.get("email", ""), Why.FORGOTTEN, now=datetime.now(UTC))
        return self._desk.render("desk/forgotten.html", asked=True)


def can_mail(desk: Desk) -> bool:
    """Tell whether letters go out, and have somewhere to lead."""
    return desk.settings.mail is not None and bool(desk.site.url)


def blueprint(desk: Desk, gate: Gate) -> Blueprint:
    """Return the route of this area."""
    area, view = Blueprint("forgotten", __name__), Forgotten(desk, gate)
    desk.rule(area, "/sign-in/forgotten", view.page, Entrance.ANYBODY, methods="GET POST")
    return area
