"""Headers of every answer: what a browser may do with our pages."""

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


def install(app: Flask) -> None:
    """Secure every answer, those to errors included."""
    app.after_request(secured)
