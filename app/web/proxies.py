"""Whom a request came from and over which scheme, where proxies stand in front (nginx, a load balancer).

What they say of the host is never believed: proxies pass on an `X-Forwarded-Host` of the reader's own.
"""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Networks, Proxies


class KnownProxies:
    """Takes the nearest address that isn't a proxy of ours for the reader's; of anyone else it believes nothing."""

    def __init__(self, app: WSGIApplication, known: Networks) -> None:
        self._app, self._known = app, known

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as if it had come straight from the reader."""
        peer = environ.get("REMOTE_ADDR", "")
        if self._is_ours(peer):
            environ["REMOTE_ADDR"] = self._reader(peer, environ.get("HTTP_X_FORWARDED_FOR", ""))
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in {"http", "https"}:
                environ["wsgi.url_scheme"] = scheme
        return self._app(environ, start_response)

    def _reader(self, peer: str, told: str) -> str:
        """Return whom the proxies saw; where one says what is no address, that one's own."""
        for written in reversed(told.split(",")):
            address = plain(written.strip())
            if not address:
                break
            peer = address
            if not self._is_ours(address):
                break
        return peer

    def _is_ours(self, address: str) -> bool:
        if not address:
            return True  # a socket in the file system, which this machine alone can reach
        spelled = plain(address)
        return bool(spelled) and any(ip_address(spelled) in network for network in self._known)


def plain(written: str) -> str:
    """Return an IP address in its one spelling, IPv4 never inside IPv6; nothing of what is none."""
    try:
        address = ip_address(written)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def install(app: Flask, proxies: Proxies) -> None:
    """Believe the proxies that the settings name: those of some networks, or so many in a row."""
    inner = app.wsgi_app
    app.wsgi_app = (  # type: ignore[method-assign]  # as Flask's manual wraps an application
        ProxyFix(inner, x_for=proxies, x_proto=proxies) if isinstance(proxies, int) else KnownProxies(inner, proxies)
    )
