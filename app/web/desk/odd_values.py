"""What no form of ours sends and no database takes: NUL characters, and numbers beyond those of a row."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from flask import Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, NotFound

from app.web.desk import kept, plain_answers
from app.web.desk.desk import Desk

MOST: Final = 2**31 - 1
"""The greatest number that a row has."""

_LONGEST: Final = 20  # digits that are worth reading: Python itself stops at 4300


def install(app: Flask, desk: Desk) -> None:
    """Refuse such values before any view reads them."""
    app.before_request(partial(_refuse, desk))


def whole(written: str) -> int:
    """Return a number that somebody sent; ValueError if it is none, or beyond those of a row."""
    number = int(written) if len(written) <= _LONGEST else MOST + 1
    if abs(number) > MOST:
        raise ValueError("this number is too large")
    return number


def _refuse(desk: Desk) -> ResponseReturnValue | None:
    if any(isinstance(value, int) and value > MOST for value in (request.view_args or {}).values()):
        raise NotFound
    if not any("\0" in value for value in _values()):
        return None
    if request.method == "POST" and request.endpoint not in kept.NOTHING_OF and not plain_answers.wanted():
        return kept.page(desk)
    if request.method == "POST" and request.endpoint == "security.login":
        flash(gettext("The sign-in failed: the name, the e-mail address or the password is wrong."), "error")
        return redirect(url_for("security.login"), 303)
    raise BadRequest


def _values() -> Iterator[str]:
    """Give every name and value of the path, the query and the form."""
    yield from (value for value in (request.view_args or {}).values() if isinstance(value, str))
    for sent in (request.args, request.form):
        for name, values in sent.lists():
            yield name
            yield from values
    yield from (file.filename for file in request.files.values() if file.filename)
