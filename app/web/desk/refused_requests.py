"""What the log hears of requests that were refused: which, to whom, and nothing of what they held (ASVS 16.3)."""

import logging
from typing import Final

from flask import Flask, Response, request
from flask_security import current_user as visitor

log = logging.getLogger(__name__)

_TOLD: Final = frozenset({400, 401, 403, 413, 429})


def install(app: Flask) -> None:
    """Write a line for each of them."""
    app.after_request(_told)


def _told(response: Response) -> Response:
    if response.status_code in _TOLD:
        who = f"account {visitor.id}" if visitor.is_authenticated else "a stranger"
        log.warning("%d for %s: %s %s", response.status_code, who, request.method, request.endpoint)
    return response
