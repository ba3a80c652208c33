"""What stands where: the table of documents by languages, for whoever works here."""

from collections.abc import Container

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.documents import Kind
from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.queries.board import Asked, Due, Wanted, board
from app.web.desk.desk import Desk, Place

_LONGEST_WORDS = 100
_LONGEST_CURSOR = 60


class Texts:
    """The table, with filters that are its address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> ResponseReturnValue:
        """Show a page of the table."""
        asked = asked_for(request.args, self._desk.site.locales)
        with self._desk.reading() as session:
            found = board(session, asked, reader=self._desk.locale())
        return self._desk.render(
            "desk/texts.html", board=found, asked=asked, wanted=tuple(Wanted), kinds=tuple(Kind), dues=tuple(Due)
        )  # fmt: skip


def asked_for(said: MultiDict[str, str], languages: Container[Tag]) -> Asked:
    """Return the filters that an address or a form has; one that means nothing asks for nothing."""
    language, wanted, kind, due = (said.get(name, "") for name in ("language", "status", "kind", "due"))
    return Asked(
        language=Tag(language) if language in languages else None,
        wanted=Wanted(wanted) if wanted in list(Wanted) else None,
        kind=Kind(kind) if kind in list(Kind) else None,
        due=Due(due) if due in list(Due) else None,
        words=" ".join(said.get("words", "").replace("\0", "").split())[:_LONGEST_WORDS],
        older=said.get("older", "").replace("\0", "")[:_LONGEST_CURSOR],
    )


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, texts = Blueprint("texts", __name__), Texts(desk)
    desk.rule(area, "/texts", texts.table, Right.READ)
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.READ):
        return None
    here = request.endpoint == "texts.table"
    # Translators: an entry of the desk's menu: the table of all texts and how they stand
    return Place(href=url_for("texts.table"), label=gettext("All texts"), current=here)
