"""A selection of texts: what to do with them, what that would mean for each, and what it did; and how it is undone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from app.domain.bulk import MOST, BulkKind
from app.domain.errors import BadText, Refusal
from app.domain.permissions import Right
from app.formats.files import Form
from app.queries import bulk as queries
from app.queries import teams
from app.queries.asked import NOBODY
from app.queries.people import full_names, people
from app.services import bulk, bulk_undoing
from app.services.bulk import Became, Deed
from app.services.bulk_exporting import Exporting
from app.services.bulk_undoing import Undone
from app.storage.bulk import DbBulkAction
from app.web.desk.bulk_form import FORMS, OWN, Filled, back, bases, deed_of, filled, offered, require_pressed
from app.web.desk.bulk_words import ChangeTeller, action_word, done_word, look_word, press_word, undo_word
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole
from app.web.desk.packages import sent
from app.web.desk.refusals import status_of

_SHOWN_AT_ONCE: Final = frozenset({BulkKind.REMIND, BulkKind.PUBLISH, BulkKind.TRANSLATE})
"""What takes no field to be typed: an address is enough to see what it would do."""

_FORM_NAMES: Final[Mapping[str, str]] = {
    Form.DOCX: "Word", Form.PO: "PO", Form.XLIFF12: "XLIFF 1.2", Form.XLIFF20: "XLIFF 2.0", Form.MD: "Markdown",
}  # fmt: skip


class Bulk:
    """Views of a selection, and of what was done to one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show what can be done with the chosen texts; where an action was asked for, what it would do to each."""
        asked = filled(request.form if request.method == "POST" else request.args)
        if (asked.kind is None and not asked.entered) or (request.method == "GET" and asked.kind not in _SHOWN_AT_ONCE):
            return self._page(asked)
        try:
            require_pressed(asked)
            deed = deed_of(self._desk, asked)
        except BadText as refusal:
            return self._page(asked, refusal=refusal), status_of(refusal)
        return self._page(asked, deed)

    def do(self) -> ResponseReturnValue:
        """Do what was shown to the texts that are ticked; lead to what became of them, or send their files."""
        asked, deed = filled(request.form), None
        try:
            deed = deed_of(self._desk, asked)
            require_pressed(asked)
        except BadText as refusal:
            return self._page(asked, deed, refusal=refusal), status_of(refusal)
        number = self._carried_out(deed, asked)
        if number is None:
            return self._page(asked, deed, idle=True), 409
        if isinstance(deed, Exporting):
            return sent(deed.files)
        return redirect(url_for("bulk.done", number=number, back=asked.back or None), 303)

    def _carried_out(self, deed: Deed, asked: Filled) -> int | None:
        """Do it, part by part; return the number of what is remembered, None where nothing was done."""
        seen, acts, by = bases(request.form, asked.texts), self._desk.actor, self._desk.person().name
        became, number = list[Became](), None
        with self._desk.reading() as session:
            parts = bulk.parts(session, asked.texts)
            if isinstance(deed, Exporting):
                became += bulk.carry_out(session, deed, seen, acts, writes=False)
                parts = [[]]
        for part in parts:
            with self._desk.writing() as session:
                became += bulk.carry_out(session, deed, {one: seen[one] for one in part}, acts)
                number = bulk.remember(session, deed.kind, by, became, to=number)
            if number is not None:
                became.clear()
        return number

    def _lately(self, session: Session) -> Sequence[queries.Done]:
        person = self._desk.person()
        return queries.lately(session, "" if person.has(Right.UNDO) else person.name)

    def _page(
        self, asked: Filled, deed: Deed | None = None, *, refusal: Refusal | None = None, idle: bool = False
    ) -> str:
        with self._desk.reading() as session:
            seen = bulk.look(session, deed, asked.texts, self._desk.actor) if deed is not None else {}
            titles = queries.titles(session, {one.name for one in asked.texts}, self._desk.locale())
            everybody = people(session)
            names = {one.name: one.full_name for one in everybody}
            called = {one: titles.get(one.name, queries.Title(one.name.name, one.locale)) for one in asked.texts}
            readers = [one for one in everybody if one.has(Right.READ)]
            return self._desk.render(
                "desk/bulk.html",
                asked=asked,
                seen=[seen[one] for one in asked.texts if one in seen],
                called=called,
                teller=self._teller(names),
                offered=offered(self._desk, self._desk.person()),
                everybody=readers,
                teams=[one.name for one in teams.teams(session)],
                lately=self._lately(session),
                names=names,
                forms=FORMS,
                own=OWN,
                nobody=NOBODY,
                most=MOST,
                refusal=refusal,
                idle=idle,
            )

    def _teller(self, names: Mapping[str, str]) -> ChangeTeller:
        return ChangeTeller(self._desk.frame().write, names, _FORM_NAMES)

    def done(self, number: int) -> ResponseReturnValue:
        """Show what was done, to which texts, and what of it can be undone."""
        return self._done(number)

    def _found(self, session: Session, number: int) -> DbBulkAction:
        """Return an action of one's own, of anybody's for who undoes such; Forbidden else, since it tells of people."""
        action, person = bulk_undoing.find(session, number), self._desk.person()
        if action.by != person.name and not person.has(Right.UNDO):
            raise Forbidden
        return action

    def _done(self, number: int, undone: Iterable[Undone] = ()) -> str:
        with self._desk.reading() as session:
            action = self._found(session, number)
            shown, items = queries.done(session, action), queries.items(session, action, self._desk.locale())
            against = {one.id: bulk_undoing.against(session, one) for one in action.items if one.stands}
            names = full_names(session, _of_items(items) | {action.by})
        return self._desk.render(
            "desk/bulk-done.html", shown=shown, items=items, teller=self._teller(names), against=against,
            refused={one.item: one.reasons for one in undone if one.reasons},
            can_be_undone=shown.kind is not BulkKind.EXPORT, back=back(request.args),
        )  # fmt: skip

    def undo(self, number: int) -> ResponseReturnValue:
        """Undo what was done to the texts that are ticked, or to all; what cannot be undone is said."""
        wanted = None if "all" in request.form else request.form.getlist("item", type=whole)
        with self._desk.reading() as session:
            parts = bulk_undoing.parts(session, number, self._desk.anywhere(), wanted=wanted)
        undone = list[Undone]()
        for part in parts:
            with self._desk.writing() as session:
                undone += bulk_undoing.undo(session, part, self._desk.actor)
        if count := sum(not one.reasons for one in undone):
            flash(
                ngettext("%(num)s text is as it was before.", "%(num)s texts are as they were before.", count), "done"
            )
        if not undone:
            flash(gettext("Nothing was undone: tick what is to be put back, and is not put back yet."), "error")
        if any(one.reasons for one in undone):
            return self._done(number, undone), 200 if count else 409
        return redirect(url_for("bulk.done", number=number, back=back(request.args) or None), 303)


def _of_items(items: Iterable[queries.Item]) -> set[str]:
    named = {name for one in items for name in (one.was.person, one.now.person, one.undone_by, *one.people)}
    return named - {""}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("bulk", __name__), Bulk(desk)
    desk.rule(area, "/board/bulk", view.page, Right.READ, methods="GET POST")
    desk.rule(area, "/board/bulk/do", view.do, Right.READ, methods="POST")
    desk.rule(area, "/board/bulk/<int:number>", view.done, Right.READ)
    desk.rule(area, "/board/bulk/<int:number>/undo", view.undo, Right.READ, methods="POST")
    for word in (action_word, done_word, look_word, press_word, undo_word):
        area.add_app_template_global(word)
    return area
