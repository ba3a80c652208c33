"""What is due for somebody as a calendar: the address that a program reads, and the page that gives it out."""

from datetime import datetime, time
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.locales import called
from app.domain.people import Person
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.working_days import at
from app.formats.calendars import Entry, calendar
from app.queries import words
from app.queries.due import Due, due_for
from app.services import calendar_feeds
from app.web.desk.address import root, text_address
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance


class Calendars:
    """Views of one's own calendar; that which a program reads takes no account, but a token that was not revoked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show whether there is an address, and give out another; to who coordinates, of both calendars."""
        name, coordinates = self._desk.person().name, self._desk.person().has(Right.ASSIGN)
        with self._desk.reading() as session:
            made = {
                everybody: calendar_feeds.made_at(session, name, everybody=everybody)
                for everybody in ((False, True) if coordinates else (False,))
            }
        return self._desk.render("desk/calendar.html", made=made)

    def renew(self) -> ResponseReturnValue:
        """Make a new address, and show it once; the one before leads nowhere from now on."""
        with self._desk.writing() as session:
            token = calendar_feeds.renew(session, self._desk.person().name, everybody=self._everybody())
        link = root(self._desk.site) + url_for("calendars.feed", token=token)
        # Translators: %(link)s is an address of which a calendar program reads what is due
        flash(gettext("Give this address to your calendar. It is shown here once: %(link)s", link=link), "link")
        return redirect(url_for("calendars.page"), 303)

    def revoke(self) -> ResponseReturnValue:
        """Let the address lead nowhere."""
        with self._desk.writing() as session:
            calendar_feeds.revoke(session, self._desk.person().name, everybody=self._everybody())
        flash(gettext("The address leads nowhere any more."), "done")
        return redirect(url_for("calendars.page"), 303)

    def _everybody(self) -> bool:
        """Tell whether the calendar of everybody is meant. Forbidden for who does not coordinate."""
        everybody = request.form.get("of") == "everybody"
        if everybody:
            require(self._desk.anywhere().roles, Right.ASSIGN)
        return everybody

    def feed(self, token: str) -> ResponseReturnValue:
        """Send what is due for whose token this is, or that nothing of it has changed."""
        with self._desk.reading() as session:
            shown = calendar_feeds.whose(session, token)
            if shown is None:
                raise NotFound(saying("there is no such calendar"))
            person = shown.person
            zone = self._desk.site.zone
            today = at(datetime.now(zone).date(), time(), zone)
            due = due_for(session, person, since=today, everybody=shown.everybody)
            name = self._name(session, person, everybody=shown.everybody)
        begins = root(self._desk.site)
        raw = calendar(name, [_entry(one, person, begins, whose=shown.everybody) for one in due])
        response = Response(raw, content_type="text/calendar; charset=utf-8")
        response.set_etag(sha256(raw).hexdigest()[:32])
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
        return response.make_conditional(request)

    def _name(self, session: Session, person: Person, *, everybody: bool) -> str:
        """Return what a calendar is called among those that a program shows."""
        spoken = words.of(session, self._desk.site, person.language)
        site = spoken.name(self._desk.site.name)
        if everybody:
            # Translators: the name of a calendar: what is due on this site, whoever was asked for it
            return spoken.gettext("%(site)s: due for everybody", site=site)
        # Translators: the name of a calendar: what is due on this site for the person whose calendar it is
        return spoken.gettext("%(site)s: due for me", site=site)


def _entry(one: Due, person: Person, begins: str, *, whose: bool) -> Entry:
    """Return what is due as an entry; in a calendar of everybody with whose it is."""
    host, of_whom = urlsplit(begins).hostname or "localhost", f" · {one.whose}" if whose and one.whose else ""
    return Entry(
        uid=f"{sha256(f'{one.name}@{one.locale}'.encode()).hexdigest()[:32]}@{host}",
        summary=f"{one.title} ({called(one.locale, person.language)}){of_whom}",
        address=begins + text_address(one.name, one.locale), due=one.due, asked=one.asked, priority=one.priority,
    )  # fmt: skip


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("calendars", __name__), Calendars(desk)
    desk.rule(area, "/account/calendar", view.page, Entrance.OWN)
    desk.rule(area, "/account/calendar/new", view.renew, Entrance.OWN, methods="POST")
    desk.rule(area, "/account/calendar/revoke", view.revoke, Entrance.OWN, methods="POST")
    desk.rule(area, "/calendar/<token>.ics", view.feed, Entrance.ANYBODY)
    return area
