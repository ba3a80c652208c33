"""Signing in and out, and showing again that one is oneself: the library's views behind our routes."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from math import ceil

from flask import Blueprint, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_security import views
from flask_security.recovery_codes import mf_recovery, mf_recovery_codes
from flask_security.tf_plugin import tf_select
from flask_security.webauthn import (
    webauthn_delete,
    webauthn_register,
    webauthn_register_response,
    webauthn_signin,
    webauthn_signin_response,
    webauthn_verify,
    webauthn_verify_response,
)

from app.domain.invitations import email_of
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.gate import Gate
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts
from app.web.desk.tongue import known

log = logging.getLogger(__name__)


class SignIn:
    """Signing in and out."""

    def __init__(self, desk: Desk, accounts: Accounts, presence: Presence, gate: Gate) -> None:
        self._desk, self._accounts, self._presence, self._gate = desk, accounts, presence, gate

    def enter(self) -> ResponseReturnValue:
        """Ask for a name and a password, and let in who has both."""
        found = None
        if request.method == "POST":
            typed = email_of(request.form.get("email", ""))
            found = self._accounts.typed(typed)
            wait = self._gate.of_name(found.name if found else typed, typed)
            if wait is not None:
                return too_many(self._desk, wait)
            if found is None:
                log.warning("a sign-in failed: nobody is called so")
        answer: ResponseReturnValue = views.login()
        if found is not None and session.get("tf_user_id") == found.fs_uniquifier:
            known(found.person.language)  # the password was right, and a second step follows
        return answer

    def code(self) -> ResponseReturnValue:
        """Ask for a code of an app after the password."""
        return self._second(views.two_factor_token_validation)

    def recovery(self) -> ResponseReturnValue:
        """Ask for a recovery code in place of a code or a passkey."""
        return self._second(mf_recovery)

    def passkey(self) -> ResponseReturnValue:
        """Begin to sign in with a passkey, alone or after a password."""
        return self._counted(webauthn_signin)

    def passkey_shown(self, token: str) -> ResponseReturnValue:
        """Let in whose passkey it is."""
        return self._counted(partial(webauthn_signin_response, token))

    def help(self) -> ResponseReturnValue:
        """Lead who has no code at hand to the recovery codes."""
        return redirect(url_for("security.mf_recovery"))

    def leave(self) -> ResponseReturnValue:
        """End the session, here and in the table."""
        self._presence.leave()
        answer = make_response(views.logout())
        self._accounts.commit()
        answer.headers["Clear-Site-Data"] = '"storage"'  # what was typed and not saved does not stay for who comes next
        return answer

    def confirm(self) -> ResponseReturnValue:
        """Ask somebody who is signed in for the password again."""
        return self._own(views.verify)

    def change(self) -> ResponseReturnValue:
        """Give somebody who is signed in another password."""
        return self._own(views.change_password)

    def _second(self, view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        if self._desk.visitor() is not None and "tf_state" not in session:
            return redirect(url_for("work.mine"), 303)  # the library would end the session of who is in already
        if request.method == "POST":
            wait = self._gate.of_code(str(session.get("tf_user_id", "")))
            if wait is not None:
                return too_many(self._desk, wait)
        return view()

    def _counted(self, view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        if request.method == "POST":
            wait = self._gate.of_address()
            if wait is not None:
                return too_many(self._desk, wait)
        return view()

    def _own(self, view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        if request.method == "POST":
            name = self._desk.person().name
            wait = self._gate.of_name(name, name)
            if wait is not None:
                return too_many(self._desk, wait)
        return view()


def too_many(desk: Desk, wait: timedelta) -> ResponseReturnValue:
    """Say how long to wait: the same to everybody, whether there is such a name or not."""
    minutes = ceil(wait / timedelta(minutes=1))
    sentence = ngettext(
        "There were too many attempts. Try again in %(num)s minute.",
        "There were too many attempts. Try again in %(num)s minutes.",
        minutes,
    )
    page = make_response(desk.render("desk/wait.html", sentence=sentence), 429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page


def blueprint(desk: Desk, accounts: Accounts, presence: Presence, gate: Gate) -> Blueprint:
    """Return the routes of this area; the library finds them by these names."""
    area, sign_in = Blueprint("security", __name__), SignIn(desk, accounts, presence, gate)
    desk.rule(area, "/sign-in", sign_in.enter, Entrance.ANYBODY, name="login", methods="GET POST")
    desk.rule(area, "/sign-out", sign_in.leave, Entrance.OWN, name="logout", methods="POST")
    desk.rule(area, "/account/confirm", sign_in.confirm, Entrance.OWN, name="verify", methods="GET POST")
    desk.rule(area, "/account/password", sign_in.change, Entrance.OWN, name="change_password", methods="GET POST")
    for path, view, name in (
        ("/sign-in/code", sign_in.code, "two_factor_token_validation"),
        ("/sign-in/second", tf_select, "tf_select"),
        ("/sign-in/recovery", sign_in.recovery, "mf_recovery"),
        ("/sign-in/help", sign_in.help, "two_factor_rescue"),
        ("/sign-in/passkey", sign_in.passkey, "wan_signin"),
        ("/second-factor", views.two_factor_setup, "two_factor_setup"),  # also on the way in, where it is required
    ):
        desk.rule(area, path, view, Entrance.ANYBODY, name=name, methods="GET POST")
    for path, view, name in (
        ("/account/recovery-codes", mf_recovery_codes, "mf_recovery_codes"),
        ("/account/passkeys", webauthn_register, "wan_register"),
        ("/account/passkeys/delete", webauthn_delete, "wan_delete"),
        ("/account/confirm/passkey", webauthn_verify, "wan_verify"),
    ):
        desk.rule(area, path, view, Entrance.OWN, name=name, methods="GET POST")
    shown = sign_in.passkey_shown
    desk.rule(area, "/sign-in/passkey/<token>", shown, Entrance.ANYBODY, name="wan_signin_response", methods="POST")
    for path, answered, name in (
        ("/second-factor/<token>", views.two_factor_setup_validate, "two_factor_setup_validate"),
        ("/account/passkeys/<token>", webauthn_register_response, "wan_register_response"),
        ("/account/confirm/passkey/<token>", webauthn_verify_response, "wan_verify_response"),
    ):
        desk.rule(area, path, answered, Entrance.OWN, name=name, methods="POST")
    return area
