"""Headers of every answer: what a browser may do with our pages, and what is kept of them."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
"""Scripts, styles, photos and requests are ours alone, and none of them stands in the page itself."""

_SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secured(response: Response) -> Response:
    """Add the security headers that the view did not set itself."""
    for name, value in _SECURITY.items():
        response.headers.setdefault(name, value)
    return response


def not_kept(response: Response) -> Response:
    """Forbid caches to keep what went wrong: a file that one reader asked for in an odd way would be gone for all."""
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


def kept_here(response: Response) -> Response:
    """Take the host out of a redirect: the router writes the one that the request named, and it can name any."""
    address = response.headers.get("Location")
    if address is not None:
        _, _, path, query, fragment = urlsplit(address)
        response.headers["Location"] = urlunsplit(("", "", f"/{path.lstrip('/')}", query, fragment))
        response.set_data(b"")  # a sentence with the same address, which nobody sees
    return response


def install(app: Flask) -> None:
    """Secure every answer, those to errors included."""
    app.after_request(secured)
    app.after_request(not_kept)
    app.after_request(kept_here)
