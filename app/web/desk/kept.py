"""What was typed into a form that could not be taken, whatever the reason: given back whole.

Nothing is stored for it: the page holds the fields, and sends them again once somebody has signed in, in another tab.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from app.storage.database import AWAY
from app.web.desk import uploads
from app.web.desk.desk import Desk
from app.web.desk.field_words import label

SECRET: Final = frozenset(
    {"csrf_token", "password", "again", "new_password", "new_password_confirm", "code", "credential"}
)
"""Fields that no page gives back."""

WHY: Final[Mapping[int, str]] = {403: "role", 413: "large", 503: "away"}
"""Why a form could not be taken though it was as it should be, by the status that says so."""

NOTHING_OF: Final = frozenset({"security.login", None})
"""Forms of which there is nothing to give back but what is secret."""


@dataclass(frozen=True, slots=True)
class Field:
    """What was typed into one field; `label` is the msgid of what it is called, empty for what no person types."""

    name: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """All fields of a form that are given back, and the names of its files."""

    fields: tuple[Field, ...] = ()
    files: tuple[str, ...] = ()


def page(desk: Desk) -> ResponseReturnValue:
    """Return what to do now, with all that was typed: sign in if need be, and send it again."""
    person = desk.visitor()
    if request.endpoint == "security.login":
        flash(gettext("That page had been open for too long. Please sign in once more."), "warning")
        return redirect(url_for("security.login", next=request.form.get("next") or None), 303)
    why = "lost" if person is None else "other"
    return desk.render("desk/kept.html", person=person, **_told(why, _typed(), ())), 401 if person is None else 400


def refused(desk: Desk, code: int, reasons: Sequence[str]) -> str | None:
    """Return a page with all that was typed into a form that a missing role, the database or its size stopped.

    None where nothing was typed that can be given back.
    """
    why = WHY.get(code)
    if why is None or request.method != "POST" or request.endpoint in NOTHING_OF:
        return None
    typed = _typed()
    if not (typed.fields or typed.files):
        return None
    shown = _told(why, typed, reasons)
    try:
        return desk.render("desk/kept.html", person=desk.visitor(), **shown)
    except (*AWAY, ServiceUnavailable):  # nor can be asked who this is, or in which language they work
        return alone("desk/kept_bare.html", gettext=_english, **shown)


def alone(template: str, **values: object) -> str:
    """Return a page that asks the database nothing: not even, as every page else, who is signed in."""
    return current_app.jinja_env.get_template(template).render(**values)


def _english(words: str, **values: object) -> str:
    return words % values if values else words


def _told(why: str, typed: Typed, reasons: Sequence[str]) -> dict[str, object]:
    most = uploads.MOST_WORDS // 1_000_000
    address = request.script_root + request.full_path.rstrip("?")
    return {
        "why": why, "fields": typed.fields, "files": typed.files, "reasons": reasons, "address": address, "most": most,
    }  # fmt: skip


def _typed() -> Typed:
    """Return all that this form holds and may be given back."""
    if not is_ours():
        return Typed()
    try:
        said = request.form
    except RequestEntityTooLarge:
        uploads.let_all_in()  # it was not read yet, since its head said how long it is
        try:
            said = request.form
        except RequestEntityTooLarge:
            return Typed()
    fields = tuple(
        Field(name.replace("\0", ""), value.replace("\0", ""), label(name))
        for name, values in said.lists()
        if name not in SECRET
        for value in values
    )
    names = tuple(file.filename for file in request.files.values() if file.filename)
    for file in request.files.values():
        file.close()
    return Typed(fields=fields, files=names)


def is_ours() -> bool:
    """Tell whether a page of this site sent the form: what another site made up is not offered to be sent again."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "same-origin")
    return site in {"same-origin", "none"} and (origin is None or urlsplit(origin).netloc == request.host)
