"""A machine is asked to translate what is missing, or one segment; its words come in by themselves (the worker)."""

from datetime import UTC, datetime

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Forbidden, NotAllowed, NotFound, Refusal
from app.domain.locales import parse_tag
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import Key
from app.formats.lines import unix
from app.services import machine
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk
from app.web.desk.reasons import told
from app.web.desk.translating import Kept, Translating


class Asking:
    """What is pressed."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def ask(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Write the order down; where it is refused the page says why."""
        at, front = Address.of(kind, name, locale), unix(request.form.get("at", ""))
        key = "" if "all" in request.args else front
        source, service = request.args.get("source", type=parse_tag), self._desk.settings.machine
        if service is None:
            raise NotFound(saying("no machine translates here"))
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                self._translating.put(session, at)
                machine.ask(
                    session, at.name, at.locale, self._desk.actor(at.locale), service, source=source,
                    key=Key(key) if key else None, now=datetime.now(UTC),
                )  # fmt: skip
        except Forbidden:
            raise
        except Refusal as refusal:
            if "base" in request.form or not isinstance(refusal, NotAllowed):
                return self._translating.refused(at, Kept(typed={}, refusal=refusal))
            flash(told(refusal.reason, self._desk.frame().write), "error")
        else:
            flash(gettext("The machine was asked. Its words come in by themselves."), "done")
        there = {"at": front, "source": source or ""}
        return self._translating.onward(at, {name: value for name, value in there.items() if value})


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("machine", __name__), Asking(desk)
    desk.rule(area, TEXT + "translate/machine", view.ask, Right.READ, methods="POST")
    return area
