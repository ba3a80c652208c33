"""Cookies of the desk: one that came by TLS goes back by TLS alone, and its name says so."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


def cookie_name(name: str) -> str:
    """Return what a cookie is called in this request; no line without TLS can set such a one (RFC 6265bis, 4.1.3.1)."""
    return f"__Secure-{name}" if request.is_secure else name


class Cookies(SecureCookieSessionInterface):
    """The cookie of a session."""

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name of the cookie in this request."""
        return cookie_name(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie is for TLS alone."""
        return request.is_secure or super().get_cookie_secure(app)
