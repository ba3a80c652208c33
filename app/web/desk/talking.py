"""Talk about one segment: a comment, a question to who wrote the source, and that one is settled."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.documents import Kind
from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.domain.segments import NO_LANGUAGE
from app.queries.people import full_names
from app.services import comments
from app.services.texts import find, held_or_begun, require_document
from app.web.desk.address import TEXT, Address
from app.web.desk.aside import row_at, source_key_of
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole
from app.web.desk.translating import Kept, Translating


class Talking:
    """What is done with what was said under a segment."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def talk(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep what was said, or settle what was; what is refused is given back under its segment."""
        at, said = Address.of(kind, name, locale), request.form
        try:
            if "settle" in said or "unsettle" in said:
                self._settle(at)
            else:
                self._say(at)
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._translating.refused(at, Kept(typed={}, refusal=refusal))
        pressed = "comment" if "to" in said else ""
        return self._translating.onward(at, {"at": said.get("at", "")}, pressed=pressed)

    def _say(self, at: Address) -> None:
        said, actor = request.form, self._desk.anywhere()
        with self._desk.writing() as session:
            at.require_place(session, self._desk.site.locales)
            self._translating.put(session, at)
            translation = held_or_begun(session, at.name, at.locale)
            row = row_at(session, at, said.get("at", ""))
            if said.get("to") == "author":
                document = require_document(session, at.name)
                source = find(session, at.name, NO_LANGUAGE if at.name.kind is Kind.CATALOGUE else document.source)
                key, question = source_key_of(row), said.get("say", "")
                _, told = comments.ask(session, source, question, actor, key=key, for_locale=at.locale)
            else:
                _, called = comments.add(session, translation, said.get("say", ""), actor, key=row.key)
                told = tuple(person.name for person in called)
            names = full_names(session, told)
        who = ", ".join(names.get(one, one) for one in told)
        if who:
            flash(gettext("Your comment is kept. It was sent to: %(who)s.", who=who), "done")
        elif said.get("to") == "author":
            flash(gettext("Your question is kept. Nobody could be told of it: the author has no account here."), "done")
        else:
            flash(gettext("Your comment is kept."), "done")

    def _settle(self, at: Address) -> None:
        settled = "settle" in request.form
        number = request.form.get("settle" if settled else "unsettle", 0, type=whole)
        with self._desk.writing() as session:
            self._translating.put(session, at)
            document = require_document(session, at.name)
            comments.settle(session, document, number, self._desk.anywhere(), settled=settled)


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("talking", __name__), Talking(desk)
    desk.rule(area, TEXT + "translate/talk", view.talk, Right.COMMENT, methods="POST")
    return area
