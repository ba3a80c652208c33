"""Signing in and out, and showing again that one is oneself: the library's views behind our routes."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_security import views

from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts


class SignIn:
    """Signing in and out."""

    def __init__(self, accounts: Accounts, presence: Presence) -> None:
        self._accounts, self._presence = accounts, presence

    def enter(self) -> ResponseReturnValue:
        """Ask for a name and a password, and let in who has both."""
        answer: ResponseReturnValue = views.login()
        return answer

    def leave(self) -> ResponseReturnValue:
        """End the session, here and in the table."""
        self._presence.leave()
        answer = views.logout()
        self._accounts.commit()
        return answer


def blueprint(desk: Desk, accounts: Accounts, presence: Presence) -> Blueprint:
    """Return the routes of this area; the library finds them by these names."""
    area, sign_in = Blueprint("security", __name__), SignIn(accounts, presence)
    desk.rule(area, "/sign-in", sign_in.enter, Entrance.ANYBODY, name="login", methods="GET POST")
    desk.rule(area, "/sign-out", sign_in.leave, Entrance.OWN, name="logout", methods="POST")
    desk.rule(area, "/account/confirm", views.verify, Entrance.OWN, name="verify", methods="GET POST")
    desk.rule(
        area, "/account/password", views.change_password, Entrance.OWN, name="change_password", methods="GET POST"
    )
    return area
