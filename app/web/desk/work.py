"""My work: what waits for this person, and what to do next."""

from datetime import UTC, datetime

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import Person
from app.domain.permissions import Right
from app.queries import teams as queries
from app.queries.asked import Wanted
from app.queries.left_behind import left_behind
from app.queries.work import Entry, Reason, late, work
from app.web.desk.address import Address, text_address
from app.web.desk.desk import Desk, Place
from app.web.desk.entrance import Entrance

_WANTED = {
    Reason.RETURNED: Wanted.DRAFT,
    Reason.ASSIGNED: None,
    Reason.TEAM: None,
    Reason.BEHIND: Wanted.BEHIND,
    Reason.REVIEW: Wanted.IN_REVIEW,
    Reason.PUBLISH: Wanted.TO_PUBLISH,
    Reason.DRAFT: Wanted.DRAFT,
    Reason.MISSING: Wanted.MISSING,
    Reason.COMING: Wanted.SCHEDULED,
}
"""Which filter of the table shows the rest, where there is more than a section holds."""


class Work:
    """The first page after signing in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mine(self) -> ResponseReturnValue:
        """Show what waits for this person."""
        person = self._desk.person()
        with self._desk.reading() as session:
            sections = work(
                session, person, four_eyes=self._desk.site.four_eyes, zone=self._desk.zone, reader=self._desk.locale()
            )
            overdue = late(session, datetime.now(UTC)) if person.has(Right.ASSIGN) else 0
            left = len(left_behind(session)) if person.has(Right.ASSIGN) else 0
            away = next(iter(queries.away(session, person.name)), None)
        return self._desk.render(
            "desk/work.html", sections=sections, heading=heading, next_step=next_step, asks_for=_WANTED,
            now=datetime.now(UTC), left=left, late=overdue, away=away, place=_place_of,
        )  # fmt: skip


def _place_of(one: Entry) -> str:
    """Return where to do what a text waits for: in what is behind, at the segments whose source was changed."""
    if one.cell.behind and one.cell.head is not None and one.note == "":
        at = Address(name=one.name, locale=one.cell.locale)
        return at.url("translating.form", asked={"q": "state:changed"})
    return text_address(one.name, one.cell.locale)


def heading(reason: Reason) -> str:
    """Return what stands over the texts that wait for one reason."""
    words: dict[Reason, str] = {
        Reason.RETURNED: gettext("Came back to you"),
        Reason.ASSIGNED: gettext("Asked of you"),
        Reason.TEAM: gettext("Waits for somebody of your team"),
        Reason.BEHIND: gettext("Went behind: the source was changed"),
        Reason.REVIEW: gettext("Waits for your review"),
        Reason.PUBLISH: gettext("Approved, and not yet live"),
        Reason.DRAFT: gettext("Your drafts"),
        Reason.MISSING: gettext("Not translated yet"),
        # Translators: a heading over texts that somebody gave a time to; they wait for nobody
        Reason.COMING: gettext("Goes live by itself at its time"),
    }
    return words[reason]


def next_step(reason: Reason) -> str:
    """Return what to do with a text that waits for this reason."""
    words: dict[Reason, str] = {
        Reason.RETURNED: gettext("Read the note and mend it"),
        Reason.ASSIGNED: gettext("Write it"),
        Reason.TEAM: gettext("Look at it, and take it"),
        Reason.BEHIND: gettext("See what changed"),
        Reason.REVIEW: gettext("Review it"),
        Reason.PUBLISH: gettext("Publish it"),
        Reason.DRAFT: gettext("Go on writing"),
        Reason.MISSING: gettext("Begin"),
        Reason.COMING: "",
    }
    return words[reason]


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, mine = Blueprint("work", __name__), Work(desk)
    desk.rule(area, "/", mine.mine, Entrance.OWN)
    desk.menu.append(_place)
    return area


def _place(_person: Person) -> Place:
    return Place(href=url_for("work.mine"), label=gettext("My work"), current=request.endpoint == "work.mine")
