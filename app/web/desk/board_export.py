"""The board as a spreadsheet: a row for each text that its filters leave, in the language of who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.permissions import Right
from app.domain.segments import Tag
from app.formats.spreadsheets import MOST, Column, Sheet, Table, Value
from app.queries.board import texts
from app.queries.cells import Text
from app.web.desk.address import root
from app.web.desk.board_address import Address, address
from app.web.desk.desk import Desk
from app.web.desk.figures import sent
from app.web.desk.status_words import kind_word, live_word, stand_word
from app.web.reader.writing import Writing

_AT_ONCE: Final = 1000
"""Rows that are read from the database together, so that however many there are, few are in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a spreadsheet has of a text; `address` is where the desk shows it."""

    document: str
    title: str
    kind: str
    language: str
    status: str
    live: str
    behind: str
    done: float | None
    whose: str
    due: datetime | None
    scheduled: datetime | None
    failing: int
    comments: int
    suggestions: int
    changed: datetime | None
    address: str

    @classmethod
    def of(cls, text: Text, write: Writing, site: str) -> "Row":
        """Return a text in the words of a language; `site` begins its address."""
        cell, name = text.cell, text.name
        return cls(
            document=str(name), title=text.title, kind=kind_word(name.kind), language=write.language(cell.locale),
            status=stand_word(cell), live=live_word(cell),
            behind=write.language(cell.behind) if cell.behind else "",
            done=cell.done / cell.segments if cell.segments else None, whose=cell.person_name or cell.team,
            due=cell.due, scheduled=cell.scheduled, failing=cell.failing, comments=cell.comments,
            suggestions=cell.suggestions, changed=cell.since, address=f"{site}/desk/{name}/{cell.locale}/",
        )  # fmt: skip

    def values(self) -> tuple[Value, ...]:
        """Return its cells, in the order of `_columns`."""
        return (
            self.document, self.title, self.kind, self.language, self.status, self.live, self.behind, self.done,
            self.whose, self.due, self.scheduled, self.failing, self.comments, self.suggestions, self.changed,
            self.address,
        )  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column(title=gettext("Document"), width=30),
        Column(title=gettext("Title"), width=50),
        Column(title=gettext("Kind"), width=12),
        Column(title=gettext("Language"), width=14),
        Column(title=gettext("How it stands"), width=14),
        # Translators: a column of the board as a spreadsheet: whether readers see the text
        Column(title=gettext("For readers"), width=20),
        # Translators: a column of the board as a spreadsheet: in which language there is a newer text
        Column(title=gettext("Behind which language"), width=14),
        # Translators: a column of the board as a spreadsheet: which part of the text is translated
        Column(title=gettext("Done"), width=8, share=True),
        Column(title=gettext("Whose it is"), width=24),
        Column(title=gettext("Asked for until"), width=17),
        # Translators: a column of the board as a spreadsheet: at what time the text goes live by itself
        Column(title=gettext("Goes live"), width=17),
        Column(title=gettext("Failing checks"), width=10),
        Column(title=gettext("Open comments"), width=10),
        Column(title=gettext("Open suggestions"), width=10),
        Column(title=gettext("Last changed"), width=17),
        Column(title=gettext("Address"), width=60, links=True),
    ]  # fmt: skip


class Export:
    """The files of the board."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self, form: str) -> ResponseReturnValue:
        """Send what the filters of the board leave, a row at a time."""
        desk, write = self._desk, self._desk.frame().write
        begins = root(desk.site)
        at = address(request.args, desk.site.locales, desk.zone)
        cut = gettext("Only the first %(most)s texts are here: choose fewer by the filters.", most=write.number(MOST))
        with desk.reading() as session:
            rows = (Row.of(one, write, begins).values() for one in _each(session, at, desk.locale()))
            table = Table(name=gettext("Board"), columns=_columns(), rows=rows, cut=cut)
            return sent(desk, Sheet(form), table, "board")


def _each(session: Session, at: Address, reader: Tag) -> Iterator[Text]:
    """Yield the texts in the order of the address, as the list has them; so many at the most that one is left out."""
    older, count = "", 0
    while count <= MOST:
        found = texts(session, at.asked, reader=reader, order=at.sorted_by, older=older, size=_AT_ONCE)
        shown = [one for one in found.texts if not at.columns or one.cell.locale in at.columns]
        yield from shown
        session.expunge_all()
        if found.older is None:
            return
        older, count = found.older, count + len(shown)


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, export = Blueprint("board_export", __name__), Export(desk)
    desk.rule(area, "/board/export.<any(csv, xlsx):form>", export.table, Right.READ)
    return area
