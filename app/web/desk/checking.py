"""A finding of a check is dismissed with a reason, or taken up again."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.checks.pair import Check
from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.services import checks
from app.services.texts import held_or_begun
from app.web.desk.address import TEXT, Address
from app.web.desk.aside import row_at
from app.web.desk.desk import Desk
from app.web.desk.translating import Kept, Translating


class Checking:
    """What is done with what a check found."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def dismiss(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep why a finding is right as it is (an empty reason: that it is not); what is refused is given back."""
        at, said = Address.of(kind, name, locale), request.form
        check, _, subject = said.get("finding", "").partition(" ")
        if check not in set(Check) or len(subject) != _DIGEST:
            return redirect(at.url("translating.form"), 303)
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                self._translating.put(session, at)
                row = row_at(session, at, said.get("at", ""))
                translation = held_or_begun(session, at.name, at.locale)
                checks.dismiss(
                    session, translation, self._desk.actor(at.locale), key=row.key, check=Check(check),
                    subject=subject, reason=said.get(f"reason {subject}", ""),
                )  # fmt: skip
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._translating.refused(at, Kept(typed={}, refusal=refusal))
        return redirect(at.url("translating.form", asked={"at": said.get("at", "")}), 303)


_DIGEST = 64


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("checking", __name__), Checking(desk)
    desk.rule(area, TEXT + "translate/dismiss", view.dismiss, Right.READ, methods="POST")
    return area
