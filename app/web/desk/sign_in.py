"""Signing in and out, and showing again that one is oneself: the library's views behind our routes."""

from collections.abc import Callable
from datetime import timedelta
from math import ceil

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_security import views

from app.domain.invitations import email_of
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.gate import Gate
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts


class SignIn:
    """Signing in and out."""

    def __init__(self, desk: Desk, accounts: Accounts, presence: Presence, gate: Gate) -> None:
        self._desk, self._accounts, self._presence, self._gate = desk, accounts, presence, gate

    def enter(self) -> ResponseReturnValue:
        """Ask for a name and a password, and let in who has both."""
        if request.method == "POST":
            typed = request.form.get("email", "")
            found = self._accounts.typed(typed)
            wait = self._gate.of_name(found.name if found else email_of(typed))
            if wait is not None:
                return self.later(wait)
        answer: ResponseReturnValue = views.login()
        return answer

    def leave(self) -> ResponseReturnValue:
        """End the session, here and in the table."""
        self._presence.leave()
        answer = views.logout()
        self._accounts.commit()
        return answer

    def confirm(self) -> ResponseReturnValue:
        """Ask somebody who is signed in for the password again."""
        return self._own(views.verify)

    def change(self) -> ResponseReturnValue:
        """Give somebody who is signed in another password."""
        return self._own(views.change_password)

    def later(self, wait: timedelta) -> ResponseReturnValue:
        """Say how long to wait: the same to everybody, whether there is such a name or not."""
        minutes = ceil(wait / timedelta(minutes=1))
        sentence = ngettext(
            "There were too many attempts. Try again in %(num)s minute.",
            "There were too many attempts. Try again in %(num)s minutes.",
            minutes,
        )
        page = make_response(self._desk.render("desk/wait.html", sentence=sentence), 429)
        page.headers["Retry-After"] = str(minutes * 60)
        return page

    def _own(self, view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        if request.method == "POST":
            wait = self._gate.of_name(self._desk.person().name)
            if wait is not None:
                return self.later(wait)
        return view()


def blueprint(desk: Desk, accounts: Accounts, presence: Presence, gate: Gate) -> Blueprint:
    """Return the routes of this area; the library finds them by these names."""
    area, sign_in = Blueprint("security", __name__), SignIn(desk, accounts, presence, gate)
    desk.rule(area, "/sign-in", sign_in.enter, Entrance.ANYBODY, name="login", methods="GET POST")
    desk.rule(area, "/sign-out", sign_in.leave, Entrance.OWN, name="logout", methods="POST")
    desk.rule(area, "/account/confirm", sign_in.confirm, Entrance.OWN, name="verify", methods="GET POST")
    desk.rule(area, "/account/password", sign_in.change, Entrance.OWN, name="change_password", methods="GET POST")
    return area
