"""A finding of a check is dismissed with a reason, or taken up again."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.domain.errors import Forbidden, Refusal
from app.domain.permissions import Right
from app.web.desk import below
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk
from app.web.desk.translating import Kept, Translating


class Checking:
    """What is done with what a check found."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def dismiss(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep why a finding is right as it is (an empty reason: that it is not); what is refused is given back."""
        at, said = Address.of(kind, name, locale), request.form
        finding = said.get("finding", "")
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                self._translating.put(session, at)
                reason = said.get(f"reason {finding}", "")
                below.dismiss(session, desk=self._desk, at=at, finding=finding, reason=reason)
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._translating.refused(at, Kept(typed={}, refusal=refusal))
        return self._translating.onward(at, {"at": said.get("at", "")}, pressed="reason")


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("checking", __name__), Checking(desk)
    desk.rule(area, TEXT + "translate/dismiss", view.dismiss, Right.READ, methods="POST")
    return area
