"""Blocks are divided, joined and moved by a button under the segment in front, or by its key."""

from typing import Final

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.domain.rearranging import Deed
from app.domain.segments import Key
from app.formats.lines import unix
from app.services import rearranging
from app.services.rearranging import Asked
from app.services.sheets import Bases
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole
from app.web.desk.sheet_form import bases_sent
from app.web.desk.translating import Translating, part_asked

_BACK: Final = "back"


class Rearranging:
    """One press: what was typed is saved first, so that nothing waits that was typed on the old text."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def rearrange(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Do what a button says of a block: `deed` is its name and the block's key, or `back` and a revision."""
        at, bases = Address.of(kind, name, locale), bases_sent()
        deed, _, about = request.form.get("deed", "").partition(" ")
        if deed != _BACK and deed not in set(Deed):
            raise BadRequest
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                self._translating.put(session, at, bases)
                asked = self._back(session, at, about) if deed == _BACK else self._do(session, at, deed, about, bases)
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._translating.refused_form(at, bases, refusal)
        return self._translating.onward(at, part_asked() | asked)

    def _do(self, session: Session, at: Address, deed: str, key: str, bases: Bases) -> dict[str, str]:
        said = request.form
        asked = Asked(
            deed=Deed(deed), key=Key(key), bases=bases,
            words=unix(said.get("words", "")), before=unix(said.get("before", "")),
        )  # fmt: skip
        front, number = rearranging.rearrange(session, at.name, at.locale, self._desk.actor(at.locale), asked)
        told = {
            Deed.DIVIDE: gettext("Split: both parts render the same source. “Take it back” makes them one again."),
            Deed.JOIN: gettext("Joined: it renders both sources. “Take it back” makes them two again."),
        }
        moved = gettext("Moved. “Take it back” puts it where it was.")
        flash(told.get(asked.deed, moved), "done")
        return {"at": front, "undo": str(number)}

    def _back(self, session: Session, at: Address, about: str) -> dict[str, str]:
        actor = self._desk.actor(at.locale)
        try:
            number = whole(about)
        except ValueError:
            raise BadRequest from None
        front = rearranging.take_back(session, at.name, at.locale, actor, number)
        flash(gettext("Taken back: it is as it was."), "done")
        return {"at": front}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("rearranging", __name__), Rearranging(desk)
    desk.rule(area, TEXT + "translate/rearrange", view.rearrange, Right.READ, methods="POST")
    return area
