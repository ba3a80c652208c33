"""What was typed into a form that could not be taken, since the session was over or the page too old: given back whole.

Nothing is stored for it: the page holds the fields, and sends them again once somebody has signed in, in another tab.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.web.desk.desk import Desk

SECRET: Final = frozenset(
    {"csrf_token", "password", "again", "new_password", "new_password_confirm", "code", "credential"}
)
"""Fields that no page gives back."""


@dataclass(frozen=True, slots=True)
class Field:
    """What was typed into one field."""

    name: str
    value: str


def page(desk: Desk) -> ResponseReturnValue:
    """Return what to do now, with all that was typed: sign in if need be, and send it again."""
    person = desk.visitor()
    if request.endpoint == "security.login":
        flash(gettext("That page had been open for too long. Please sign in once more."), "warning")
        return redirect(url_for("security.login", next=request.form.get("next") or None), 303)
    fields = [
        Field(name, value)
        for name, values in request.form.lists() if name not in SECRET
        for value in values
    ] if _is_ours() else []  # fmt: skip
    files = [file.filename for file in request.files.values() if file.filename] if _is_ours() else []
    address = request.script_root + request.full_path.rstrip("?")
    shown = desk.render("desk/kept.html", person=person, fields=fields, files=files, address=address)
    return shown, 401 if person is None else 400


def _is_ours() -> bool:
    """Tell whether a page of this site sent the form: what another site made up is not offered to be sent again."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "same-origin")
    return site in {"same-origin", "none"} and (origin is None or urlsplit(origin).netloc == request.host)
