"""Headers of every answer: what a browser may do with our pages, and what is kept of them."""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

POLICY: Final = "; ".join((
    "default-src 'none'",
    *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "manifest")),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
))  # fmt: skip
"""Scripts, styles, photos and requests are ours alone, and none of them stands in the page itself.

No script of ours makes markup or code of a text (Trusted Types), so there is no policy by which one could.
"""

TRANSPORT: Final = "max-age=31536000"
"""HSTS (RFC 6797): for a year, this host alone. Its subdomains and a browser's own list are for their owner to name."""

_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)

_LONGEST = 2_400  # bytes of a path, and of a query, where a redirect leads

SECURITY: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that came before `frame-ancestors`
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On each answer whose view says nothing else; the same for every reader, so a finished page may hold them."""


def secured(response: Response) -> Response:
    """Add the security headers that the view did not set itself, and HSTS to what was asked for by TLS."""
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = TRANSPORT
    return response


def not_kept(response: Response) -> Response:
    """Forbid caches to keep what went wrong: a file that one reader asked for in an odd way would be gone for all."""
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


def not_endless() -> None:
    """Refuse a path that no page has: a redirect from it would be as long, and proxies take 4 or 8 kB of headers."""
    if len(request.path.encode("utf-8", "replace")) > _LONGEST // 3:  # each byte may be written as three letters
        raise NotFound


class Elsewhere(Response):
    """A redirect that leads to another site on purpose."""


def kept_here(response: Response) -> Response:
    """Take the host out of a redirect, and a query that is too long for a proxy.

    The router writes the host that the request named, and it can name any.
    """
    address = response.headers.get("Location")
    if address is not None and not isinstance(response, Elsewhere):
        _, _, path, query, fragment = urlsplit(address)
        query = query if len(query) <= _LONGEST else ""
        response.headers["Location"] = urlunsplit(("", "", f"/{path.lstrip('/')}", query, fragment))
        response.set_data(b"")  # a sentence with the same address, which nobody sees
    return response


def install(app: Flask) -> None:
    """Secure every answer, those to errors included."""
    app.before_request(not_endless)
    app.after_request(secured)
    app.after_request(not_kept)
    app.after_request(kept_here)
