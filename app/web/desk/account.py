"""One's own account: the language of the desk, how one signs in, and where one is signed in."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from app.domain.devices import device
from app.domain.locales import language
from app.domain.people import Person
from app.domain.segments import Tag
from app.queries import accounts as queries
from app.services import accounts as people
from app.services import sittings
from app.web.desk.account_words import said_of_role
from app.web.desk.desk import Desk, Place
from app.web.desk.entrance import Entrance
from app.web.desk.presence import Presence


class Own:
    """The page of one's own account."""

    def __init__(self, desk: Desk, presence: Presence) -> None:
        self._desk, self._presence = desk, presence

    def own(self) -> ResponseReturnValue:
        """Show the account of who asks."""
        name = self._desk.person().name
        with self._desk.reading() as session:
            found = queries.one(session, name)
            there = queries.sittings(session, name, self._presence.secret())
            codes = queries.recovery_codes_left(session, name)
        return self._desk.render(
            "desk/account.html", account=found, sittings=there, codes=codes, role=said_of_role,
            device=device, languages=[(tag, language(tag).endonym) for tag in self._desk.site.locales],
        )  # fmt: skip

    def speak(self) -> ResponseReturnValue:
        """Let the desk speak another language to who asks."""
        chosen = Tag(request.form.get("language", ""))
        with self._desk.writing() as session:
            people.speak(session, self._desk.person().name, chosen, self._desk.site)
        return redirect(url_for("account.own"), 303)

    def end(self, number: int) -> ResponseReturnValue:
        """End one of one's own sessions."""
        with self._desk.writing() as session:
            sittings.end_one(session, current_user.id, number)
        flash(gettext("The session was ended."), "done")
        return redirect(url_for("account.own"), 303)

    def end_others(self) -> ResponseReturnValue:
        """End all one's sessions but this."""
        with self._desk.writing() as session:
            sittings.end_all(session, current_user.id, but=self._presence.secret())
        flash(gettext("All other sessions were ended."), "done")
        return redirect(url_for("account.own"), 303)


def blueprint(desk: Desk, presence: Presence) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("account", __name__), Own(desk, presence)
    desk.rule(area, "/account/", view.own, Entrance.OWN)
    desk.rule(area, "/account/language", view.speak, Entrance.OWN, methods="POST")
    desk.rule(area, "/account/sessions/<int:number>/end", view.end, Entrance.OWN, methods="POST")
    desk.rule(area, "/account/sessions/end-others", view.end_others, Entrance.OWN, methods="POST")
    desk.menu.append(_place)
    return area


def _place(_person: Person) -> Place:
    current = (request.endpoint or "").startswith(("account.", "security."))
    return Place(href=url_for("account.own"), label=gettext("My account"), current=current)
