"""One-time links: who follows one chooses a password, and says who they are if nobody knows yet."""

from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import hash_password

from app.domain.errors import NotFound
from app.domain.invitations import BadAccount
from app.domain.passwords import normal
from app.domain.people import Actor, Channel, Person
from app.services import accounts as people
from app.services import links, passwords
from app.web.desk.account_words import said_of_fault
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.gate import Gate
from app.web.desk.password_words import said_of
from app.web.desk.tongue import known


class Links:
    """The page that a one-time link leads to."""

    def __init__(self, desk: Desk, gate: Gate) -> None:
        self._desk, self._gate = desk, gate

    def follow(self, secret: str) -> ResponseReturnValue:
        """Ask for a password; use the link up with the first that is taken."""
        try:
            with self._desk.reading() as session:
                person = links.owner(session, secret, now=datetime.now(UTC)).person()
            if person.email:  # who sets the site up has not said yet what they speak
                known(person.language)
            return self._page(person) if request.method == "GET" else self._chosen(secret, person)
        except NotFound:
            return self._desk.render("desk/link-gone.html"), 404

    def _chosen(self, secret: str, person: Person) -> ResponseReturnValue:
        full_name = request.form.get("full_name", person.full_name) if not person.email else person.full_name
        email = request.form.get("email", "") if not person.email else person.email
        spoken, password = self._desk.locale(), normal(request.form.get("password", ""))
        about = (person.name, full_name, email.partition("@")[0])
        weak = passwords.refused(password, about=about, site=self._desk.site)
        faults = [said_of(weak)] if weak else []
        if normal(request.form.get("again", "")) != password:
            faults.append(gettext("The two passwords are not the same."))
        if faults:
            return self._page(person, faults)
        hashed = hash_password(password)
        try:
            with self._desk.writing() as session:
                account = links.redeem(session, secret, hashed, now=datetime.now(UTC))
                actor = Actor(name=account.name, channel=Channel.DESK, roles=frozenset())
                if not person.email:
                    people.describe(session, person.name, actor, self._desk.site, full_name=full_name, email=email)
                    people.speak(session, person.name, spoken, self._desk.site)
                people.note_event(session, account, "password", actor)
                self._gate.welcome(account.name, account.fs_uniquifier)(session)
        except BadAccount as refusal:
            return self._page(person, [said_of_fault(fault) for fault in refusal.faults])
        flash(gettext("Your password is set. Sign in with it."), "done")
        return redirect(url_for("security.login"), 303)

    def _page(self, person: Person, faults: list[str] | None = None) -> ResponseReturnValue:
        page = make_response(
            self._desk.render("desk/link.html", owner=person, faults=faults or [], typed=request.form),
            422 if faults else 200,
        )
        page.headers["Referrer-Policy"] = "no-referrer"
        return page


def blueprint(desk: Desk, gate: Gate) -> Blueprint:
    """Return the route of this area."""
    area, view = Blueprint("links", __name__), Links(desk, gate)
    desk.rule(area, "/link/<secret>", view.follow, Entrance.ANYBODY, methods="GET POST")
    return area
