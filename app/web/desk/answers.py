"""What every answer of the desk has: it is kept nowhere, leads nowhere else, and may ask for a passkey."""

from urllib.parse import unquote, urlsplit

from flask import Flask, Response, request

from app.web.desk.address import ADDRESS
from app.web.desk.security import passkeys_allowed


def install(app: Flask) -> None:
    """See to every answer, those to errors included."""
    app.after_request(_kept_nowhere)
    app.after_request(_led_inside)
    app.after_request(passkeys_allowed)


def _kept_nowhere(response: Response) -> Response:
    """Forbid every cache to keep a page of the desk, but for what says otherwise itself."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response


def _led_inside(response: Response) -> Response:
    """Lead who signed in to no address of this host outside of the desk, however oddly it is written."""
    where = urlsplit(response.location or "")
    if where.path and where.netloc in {"", request.host}:
        path = unquote(where.path)
        if not path.startswith(f"{ADDRESS}/") or "\\" in path or "/.." in path or "//" in path:
            response.location = f"{ADDRESS}/"
    return response
