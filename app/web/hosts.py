"""Which hosts this server answers for, where `TILMASH_HOSTS` names them."""

from collections.abc import Iterable, Sequence
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.web.headers import SECURITY

HEALTH: Final = "/healthz"
"""Answered whatever host is named: a load balancer asks by a bare address, and nothing there depends on a name."""


class OwnHosts:
    """Refuses requests for other hosts before anything else looks at them (RFC 9110, 7.4): 421, and no page."""

    def __init__(self, app: WSGIApplication, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, if the host is one of ours; of what a proxy says of the host nothing is believed."""
        named = environ.get("HTTP_HOST", "").lower()
        if environ.get("PATH_INFO") == HEALTH or host_is_trusted(named, self._hosts):
            return self._app(environ, start_response)
        refusal = Response("This server does not answer for the host that was asked for.\n", 421, SECURITY)
        refusal.headers["Cache-Control"] = "no-store"
        return refusal(environ, start_response)


def install(app: Flask, hosts: Sequence[str]) -> None:
    """Answer for these hosts alone (`.example.org` is that and all below it); for any where there are none."""
    if hosts:
        app.wsgi_app = OwnHosts(app.wsgi_app, hosts)  # type: ignore[method-assign]  # as Flask's manual wraps an application
