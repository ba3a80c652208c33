"""The board: what stands where, who has it, what is late; as a table, a list in one language, or a calendar."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from app.domain.documents import Kind
from app.domain.people import Person, languages
from app.domain.permissions import Right
from app.domain.segments import Origin, Tag
from app.domain.translations import Role
from app.queries.asked import MARKS, STANDS, Asked, Due
from app.queries.board import board, texts
from app.queries.board_choices import choices
from app.queries.calendar import appointments
from app.queries.sums import Sums, sums
from app.services import board_views
from app.storage import journal
from app.web.desk.board_address import ORDERS, Address, View, address, days_of, midnight, month_after
from app.web.desk.board_rows import calendar_of, grouped, nothing_to
from app.web.desk.bulk_form import offered
from app.web.desk.desk import Desk, Place
from app.web.desk.odd_values import whole

CHOICES: Final[Mapping[str, object]] = {
    "stands": STANDS, "marks_of_texts": MARKS, "dues": tuple(Due), "kinds": tuple(Kind), "origins": tuple(Origin),
    "nothing_to": nothing_to,
}  # fmt: skip
"""What the filters can be, and what a menu leaves out."""

_MOST_PARTS: Final = 100
_YOUNG: Final = timedelta(seconds=30)
_MOST_SUMS: Final = 200

SUMMED_AT_ONCE: Final = 1000
"""Texts that are counted while the page is made; the sums of more come after it, and say when they were counted."""


class Board:
    """Views of the board; what they show is their address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sums: dict[Asked, Sums] = {}

    def table(self) -> ResponseReturnValue:
        """Show a page of the board; without an address of its own as this person likes it to open."""
        person, at = self._desk.person(), self._address(request.args)
        if "" in request.args.values():  # a form sends the fields that nobody filled in, too
            return redirect(f"{url_for('board.table')}?{at.query()}")
        with self._desk.reading() as session:
            chosen = choices(session, person)
            if chosen.start and not request.args:
                return redirect(f"{url_for('board.table')}?{chosen.start}")
            return self._desk.render(
                "desk/board.html", choices=chosen, own_language=self._own_language(person),
                offered=offered(self._desk, person), orders=ORDERS[at.view][1:], **CHOICES, **self._shown(session, at),
            )  # fmt: skip

    def rows(self) -> ResponseReturnValue:
        """Send what of the page can change while somebody looks: 304 where nothing happened since the last time."""
        at = self._address(request.args)
        with self._desk.reading() as session:
            seen = self._state(journal.newest(session))
            if request.if_none_match.contains_weak(seen):
                answer = Response(status=304)
            else:
                page = self._desk.render("desk/board_rows.html", **CHOICES, **self._shown(session, at))
                answer = make_response(page)
        answer.set_etag(seen, weak=True)
        return answer

    def sums(self) -> ResponseReturnValue:
        """Count all that the filters leave, however much that is, as a page and as the head of the table."""
        at = self._address(request.args)
        with self._desk.reading() as session:
            counted = self._counted(session, at.asked)
        return self._desk.render("desk/board_sums.html", at=at, sums=counted, shown=self._columns(at), **CHOICES)

    def keep(self) -> ResponseReturnValue:
        """Keep the view that a form holds under a name."""
        try:
            parts = parse_qsl(request.form.get("query", ""), max_num_fields=_MOST_PARTS)
        except ValueError:
            raise BadRequest from None
        at = self._address(MultiDict(parts))
        with self._desk.writing() as session:
            board_views.keep(
                session, self._desk.person(), request.form.get("name", ""), at.query(),
                shared="shared" in request.form, start="start" in request.form,
            )  # fmt: skip
        return redirect(f"{url_for('board.table')}?{at.query()}", 303)

    def forget(self) -> ResponseReturnValue:
        """Let go of a view."""
        with self._desk.writing() as session:
            number = request.form.get("number", type=whole, default=0)
            board_views.forget(session, self._desk.person(), number)
        return redirect(url_for("board.table", view=View.TABLE), 303)

    def _address(self, said: MultiDict[str, str]) -> Address:
        site = self._desk.site
        return address(said, site.locales, site.zone)

    def _counted(self, session: Session, asked: Asked) -> Sums:
        """Return all sums, as young as one process has them for everybody: to count much takes a second."""
        now = datetime.now(UTC)
        known = self._sums.get(asked)
        if known is None or now - known.at > _YOUNG:
            if len(self._sums) >= _MOST_SUMS:
                self._sums.clear()
            known = self._sums[asked] = sums(session, asked, now=now)
        return known

    def _own_language(self, person: Person) -> Tag:
        """Return the language of a list where none was asked for: one that this person works in, or their own."""
        theirs = languages(person.grants, Role.TRANSLATOR) or languages(person.grants, Role.REVIEWER)
        return next((tag for tag in theirs if tag in self._desk.site.locales), self._desk.locale())

    def _columns(self, at: Address) -> tuple[Tag, ...]:
        if at.asked.language is not None:
            return (at.asked.language,)
        return at.columns or tuple(self._desk.site.locales)

    def _shown(self, session: Session, at: Address) -> dict[str, object]:
        """Return what the template of a view takes."""
        now, zone = datetime.now(UTC), self._desk.zone
        shown: dict[str, object] = {"at": at, "now": now, "shown": self._columns(at)}
        if at.view is View.CALENDAR:
            month = at.month or now.astimezone(zone).date().replace(day=1)
            days = days_of(month)
            start, end = midnight(days[0], zone), midnight(days[-1] + timedelta(days=1), zone)
            found = appointments(session, at.asked, reader=self._desk.locale(), start=start, end=end)
            return shown | {
                "calendar": calendar_of(found.entries, days, month, zone), "complete": found.complete, "month": month,
                "earlier": month_after(month, -1), "later": month_after(month, 1),
                "today": now.astimezone(zone).date(), "state": self._state(journal.newest(session)), "older": None,
            }  # fmt: skip
        counted = sums(session, at.asked, now=now, most=SUMMED_AT_ONCE)
        shown["state"] = self._state(counted.number)
        if at.view is View.LIST:
            listed = texts(session, at.asked, reader=self._desk.locale(), order=at.sorted_by, older=at.older)
            return shown | {"sums": counted, "groups": grouped(listed.texts, at, zone), "older": listed.older}
        page = board(session, at.asked, reader=self._desk.locale(), order=at.sorted_by, older=at.older)
        return shown | {"sums": counted, "groups": grouped(page.lines, at, zone), "older": page.older}

    def _state(self, number: int) -> str:
        """Return what the rows depend on besides their address; what is late is looked at anew each ten minutes."""
        minutes = int(datetime.now(UTC).timestamp()) // 600
        said = f"{number}.{minutes}.{self._desk.person().name}.{self._desk.locale()}"
        return hashlib.sha256(said.encode()).hexdigest()[:20]


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, shown = Blueprint("board", __name__), Board(desk)
    desk.rule(area, "/board", shown.table, Right.READ)
    desk.rule(area, "/board/rows", shown.rows, Right.READ)
    desk.rule(area, "/board/sums", shown.sums, Right.READ)
    desk.rule(area, "/board/views", shown.keep, Right.READ, methods="POST")
    desk.rule(area, "/board/views/forget", shown.forget, Right.READ, methods="POST")
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.READ):
        return None
    # Translators: an entry of the desk's menu: all texts, how they stand, who has them, and what is late
    return Place(href=url_for("board.table"), label=gettext("Board"), current=request.endpoint == "board.table")
