"""Finished pages in front of Flask: what it answered once is answered from memory until something is published.

Flask makes a page and says which headers it has, and both are kept as they are. What is added concerns the bytes alone:
the coding they are sent in, whether a reader holds them already, and that `HEAD` wants none of them.
"""

from collections.abc import Callable, Collection, Iterable
from types import TracebackType
from typing import Final
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from app.web.published import Published
from app.web.shelf import Headers, Page

_KEPT: Final = "tilmash.kept"
"""Where a view leaves its response, in the WSGI environment, if the next reader may have it as well."""

_LONGEST_QUERY = 500
_Error = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None


def keep(response: Response) -> Response:
    """Let this answer be kept, as it is when it leaves Flask, if it is a whole page."""
    if response.status_code == 200 and not response.is_streamed:
        request.environ[_KEPT] = response
    return response


class FinishedPages:
    """Answers GET and HEAD of pages that are kept with the snapshot they were made from; everything else Flask does.

    `counted` are the parameters of a query that pages depend on. A page whose address a reader can make up (by a query,
    or by another host than the site's) stands on a shelf of its own, so that it pushes out none that others read.
    """

    def __init__(self, app: WSGIApplication, published: Published, counted: Collection[str]) -> None:
        self._app, self._published, self._counted = app, published, counted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request. The snapshot is taken before the page is made: a page may be newer than it, never older."""
        query = self._query(environ.get("QUERY_STRING", ""))
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("SCRIPT_NAME") or query is None:
            return self._app(environ, start_response)
        try:
            snapshot = self._published.now()
        except Exception:  # noqa: BLE001  # whatever it is, Flask meets it as well, and has a page for it
            return self._app(environ, start_response)
        host = environ.get("HTTP_HOST", "")
        snapshot.host = snapshot.host or host  # without a `url` the first host that is asked for
        shelf = snapshot.asked if query or host != snapshot.host else snapshot.pages
        name = (environ["wsgi.url_scheme"], host, environ.get("PATH_INFO", ""), query)
        page = shelf.take(name)
        if page is None:
            told = _Told()
            answer = self._app(environ, told)
            page = told.page(environ.get(_KEPT), answer)
            if page is None:
                start_response(told.status, told.headers)
                return answer
            shelf.put(name, page)
        if page.prepare(environ.get("HTTP_ACCEPT_ENCODING", "")):
            shelf.put(name, page)  # which is heavier now
        return page.answer(environ, start_response, snapshot.until)

    def _query(self, written: str) -> tuple[tuple[str, str], ...] | None:
        """Return what counts of a query, the first where a name is there twice; None if that is better left to Flask.

        Bytes that are no UTF-8 keep their difference.
        """
        if not written:
            return ()
        if len(written) > _LONGEST_QUERY or not written.isascii():
            return None
        found = dict(reversed(parse_qsl(written, keep_blank_values=True, errors="surrogateescape")))
        return tuple(sorted((name, value) for name, value in found.items() if name in self._counted))


class _Told:
    """What an application says of its answer (PEP 3333), before anybody else hears it."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, _error: _Error = None, /) -> Callable[[bytes], None]:
        self.status, self.headers = status, headers
        return lambda _: None

    def page(self, response: Response | None, answer: Iterable[bytes]) -> Page | None:
        """Return the page to be kept; None if the view left none, or what came after it made something else of it."""
        if response is None or not self.status.startswith("200 "):
            return None
        body = response.get_data()  # to HEAD Flask answers without it
        fields = dict(self.headers)
        if "Set-Cookie" in fields or fields.get("Content-Length") != str(len(body)):
            return None
        if hasattr(answer, "close"):
            answer.close()
        return Page(self.headers, body)


def install(app: Flask, published: Published, counted: Collection[str]) -> None:
    """Put the finished pages before Flask; proxies stand before them, who know the scheme."""
    app.wsgi_app = FinishedPages(app.wsgi_app, published, counted)  # type: ignore[method-assign]  # as Flask's manual wraps an application
