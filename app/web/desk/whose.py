"""Whose a text is, for who has it or could: a form's choice of somebody, declining, and taking a team's text."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext
from sqlalchemy.orm import Session

from app.domain.assigning import CAN_WAIT, PRIORITIES, URGENT, USUAL
from app.domain.permissions import Right
from app.queries.asked import TEAM
from app.services import assignments
from app.services.texts import require_document
from app.storage.texts import DbDocument
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk


def chosen(written: str) -> tuple[str, str]:
    """Return the person and the team that a choice means; one of them is empty, or both are.

    It is written as the filter by person of the board is; no name of an account has a colon.
    """
    team = written.removeprefix(TEAM)
    return ("", team) if team != written else (written, "")


def choice_of(person: str, team: str) -> str:
    """Return the choice that means a person, or else a team."""
    return person or (TEAM + team if team else "")


def priority_word(priority: int) -> str:
    """Return how urgent a text is."""
    words: dict[int, str] = {
        # Translators: of a text that somebody is asked to translate
        URGENT: pgettext("priority", "urgent"),
        USUAL: pgettext("priority", "usual"),
        CAN_WAIT: pgettext("priority", "can wait"),
    }
    return words[priority]


def typed_priority(written: str) -> int:
    """Return a priority that was chosen in a form; the usual one for what is none."""
    return int(written) if written in {str(one) for one in PRIORITIES} else USUAL


class Whose:
    """What people press at a text that is theirs, or their team's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def decline(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Give back what was asked of who presses, with the reason."""
        at = Address.of(kind, name, locale)
        reason = request.form.get("reason", "")
        actor = self._desk.actor(at.locale)
        self._do(at, lambda session, document: assignments.decline(session, document, at.locale, actor, reason))
        flash(gettext("You gave it back, and who asked you is told why."), "done")
        return self._back(at)

    def take(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Let a team's text be that of who presses."""
        at = Address.of(kind, name, locale)
        actor = self._desk.actor(at.locale)
        self._do(at, lambda session, document: assignments.take(session, document, at.locale, actor))
        flash(gettext("The text is yours now."), "done")
        return self._back(at)

    def _do(self, at: Address, deed: Callable[[Session, DbDocument], None]) -> None:
        with self._desk.writing() as session:
            deed(session, require_document(session, at.name))

    def _back(self, at: Address) -> ResponseReturnValue:
        """Lead to where it was pressed."""
        if request.form.get("back") == "work":
            return redirect(url_for("work.mine"), 303)
        return redirect(at.url("reviewing.text", part="whose"), 303)


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("whose", __name__), Whose(desk)
    desk.rule(area, TEXT + "decline", view.decline, Right.READ, methods="POST")
    desk.rule(area, TEXT + "take", view.take, Right.READ, methods="POST")
    area.add_app_template_global(choice_of)
    area.add_app_template_global(priority_word)
    return area
