"""My work: what waits for this person, and what to do next."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import Person
from app.web.desk.desk import Desk, Place
from app.web.desk.entrance import Entrance


class Work:
    """The first page after signing in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mine(self) -> ResponseReturnValue:
        """Show what waits for this person."""
        return self._desk.render("desk/work.html")


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, work = Blueprint("work", __name__), Work(desk)
    desk.rule(area, "/", work.mine, Entrance.OWN)
    desk.menu.append(_place)
    return area


def _place(_person: Person) -> Place:
    return Place(href=url_for("work.mine"), label=gettext("My work"), current=request.endpoint == "work.mine")
