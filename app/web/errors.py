"""Error pages, in the reader's language and within the layout."""

import logging
import re
from functools import partial

from flask import Flask, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from app.storage.database import AWAY
from app.web.published import Published
from app.web.reader.door import locale_of
from app.web.reader.frame import Place, frame

log = logging.getLogger(__name__)

_GONE = frozenset({404, 410})
_WORD = re.compile(r"[^\W_]+")
_LONGEST_QUESTION = 100
_KEPT_HEADERS = frozenset({"Allow", "Retry-After"})


def install(app: Flask, published: Published) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, partial(_answer, published))
    for away in AWAY:
        app.register_error_handler(away, partial(_wait, published))


def _wait(published: Published, error: Exception) -> AnyResponse:
    log.error("the database is away: %s", error)
    return _answer(published, ServiceUnavailable(retry_after=5))


def _answer(published: Published, error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:  # the routing redirects by raising
        return error.get_response(request.environ)
    try:
        body, language = _in_layout(published, error.code)
    except Exception:  # the page that tells of a failure must not fail itself
        log.exception("no error page in the layout")
        body, language = render_template("bare.html"), "en"
    headers = [(name, value) for name, value in error.get_headers(request.environ) if name in _KEPT_HEADERS]
    response = AnyResponse(body, status=error.code, headers=headers, content_type="text/html; charset=utf-8")
    response.headers.update({"Content-Language": language, "Cache-Control": "no-store"})
    return response


def _in_layout(published: Published, code: int) -> tuple[str, str]:
    """Return the page and its locale; without a site there is no layout, and the plain page has to do."""
    site = published.now().site
    if site is None:
        return render_template("bare.html"), "en"
    locale = locale_of(request, site)
    around = frame(published.now(), Place(locale=locale, path=""), root="", named=False)
    title, advice = _sentences(code)
    gone = code in _GONE
    page = render_template(
        "reader/error.html",
        frame=around,
        title=title,
        advice=advice,
        code=code,
        gone=gone,
        asked=words_in(request.path) if gone else "",
        newest=published.now().newest(locale) if gone else (),
    )
    return page, locale


def words_in(path: str) -> str:
    """Return what to search for instead of an address: the words of its last part, 100 letters at most."""
    words = " ".join(_WORD.findall(path.rstrip("/").rpartition("/")[2]))[:_LONGEST_QUESTION].strip()
    return words if any(letter.isalpha() for letter in words) else ""


def _sentences(code: int) -> tuple[str, str]:
    """Return what happened, and what to do."""
    if code == 404:
        return (
            gettext("This page does not exist"),
            gettext("The address may be mistyped, or the page may have been removed."),
        )
    if code == 410:
        return gettext("This page was withdrawn"), gettext("The text is no longer published here.")
    if code < 500:
        return (
            gettext("This request cannot be answered"),
            gettext("Please go back and try again, or begin with the news."),
        )
    return (
        gettext("Something went wrong on our side"),
        gettext("It has been recorded. Please try again in a few minutes."),
    )
