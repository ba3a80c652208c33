"""Refusals and errors as pages of the desk: what happened, what was kept, what to do."""

import logging
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, ServiceUnavailable, Unauthorized

from app.domain.errors import BadText, Forbidden, NotAllowed, NotFound, Refusal, TooLarge
from app.storage.database import AWAY
from app.web.desk import kept, plain_answers
from app.web.desk.desk import Desk
from app.web.desk.not_kept import not_kept

log = logging.getLogger(__name__)

STATUS: dict[type[Refusal], int] = {Forbidden: 403, NotAllowed: 409, TooLarge: 413, BadText: 422, NotFound: 404}
"""The HTTP status of each refusal; the first of its own kinds counts."""


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status that says what kind of refusal this is."""
    return next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 409)


def given_back(error: Refusal | OSError | OperationalError) -> tuple[Refusal, int]:
    """Return what to say above a form that comes back with what was typed, and the status of the answer."""
    if isinstance(error, Refusal):
        return error, status_of(error)
    reason, status = not_kept(error)
    return NotAllowed(reason), status


def install(app: Flask, desk: Desk) -> None:
    """Answer every refusal and error with a page of ours; a stranger is led to signing in."""
    app.register_error_handler(Refusal, partial(_refused, desk))
    app.register_error_handler(HTTPException, partial(_failed, desk))
    for away in AWAY:
        app.register_error_handler(away, partial(_away, desk))


def _refused(desk: Desk, refusal: Refusal) -> ResponseReturnValue:
    return _page(desk, status_of(refusal), refusal.reasons)


def _failed(desk: Desk, error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response(request.environ)
    if plain_answers.wanted():
        code = 401 if isinstance(error, CSRFError) and desk.visitor() is None else error.code
        return plain_answers.refused(desk, code, (), _title(code))
    if isinstance(error, Unauthorized) and request.method == "GET":
        asked = request.script_root + request.full_path.rstrip("?")
        return redirect(f"{request.script_root}/sign-in?{urlencode({'next': asked})}", 303)
    if isinstance(error, Unauthorized | CSRFError):
        return kept.page(desk)
    return _page(desk, error.code, [])


def _away(desk: Desk, error: Exception) -> ResponseReturnValue:
    if plain_answers.wanted() and isinstance(error, OperationalError):
        reason, code = not_kept(error)
        return plain_answers.refused(desk, code, (reason,), "")
    log.error("the database is away: %s", error)
    return _failed(desk, ServiceUnavailable(retry_after=5))


def _page(desk: Desk, code: int, reasons: Sequence[str]) -> ResponseReturnValue:
    if plain_answers.wanted():
        return plain_answers.refused(desk, code, reasons, _title(code))
    try:
        return kept.refused(desk, code, reasons) or _told(desk, code, reasons), code
    except Exception:  # the page that tells of a failure must not fail itself
        log.exception("no error page in the desk's layout")
        return kept.alone("bare.html"), code


def _told(desk: Desk, code: int, reasons: Sequence[str]) -> str:
    return desk.render("desk/refused.html", title=_title(code), advice=_advice(code), code=code, reasons=reasons)


def _title(code: int) -> str:
    titles: dict[int, str] = {
        401: gettext("Please sign in again"),
        403: gettext("Your roles do not allow this"),
        404: gettext("There is nothing at this address"),
        409: gettext("This is not possible now"),
        413: gettext("This is too large"),
        422: gettext("This text cannot be used yet"),
    }
    theirs: str = gettext("This request cannot be answered")
    ours: str = gettext("Something went wrong on our side")
    return titles.get(code, theirs if code < 500 else ours)


def _advice(code: int) -> str:
    """Return what became of what was sent, and what to do next."""
    advice: dict[int, str] = {
        400: gettext("Nothing was changed. Go back, load the page anew and send it once more."),
        403: gettext("Nothing was changed. Ask an administrator for the role that it takes."),
        404: gettext("Nothing was changed. The address may be mistyped, or what stood here was taken away."),
        405: gettext("Nothing was changed. This address takes a form: go back and press its button."),
        409: gettext("Nothing was changed. Go back and look how the text stands by now."),
        413: gettext("Nothing was kept of it, since it was too large to be read. Send it in smaller parts."),
        422: gettext("Nothing was changed. Go back, mend what is named here and send it once more."),
        500: gettext(
            "It is written down for those who look after the site. Look what was saved before you send it again."
        ),
        503: gettext("Nothing was changed. The database does not answer: wait a minute and send it once more."),
    }
    return advice.get(code, advice[400 if code < 500 else 500])
