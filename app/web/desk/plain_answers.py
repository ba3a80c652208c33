"""Refusals as JSON, for the addresses that a script asks while somebody types: never a page, whatever went wrong."""

import re
from collections.abc import Sequence

from flask import Response, jsonify, request

from app.storage.database import AWAY
from app.web.desk.desk import Desk
from app.web.desk.reasons import told

_ASKED_BY_SCRIPTS = re.compile(r"/translate/(?:typed|present|fold|drop|token)")


def wanted() -> bool:
    """Tell whether a script asks, which reads no page."""
    return _ASKED_BY_SCRIPTS.search(request.path) is not None


def refused(
    desk: Desk, code: int, reasons: Sequence[str], otherwise: str, **more: Sequence[int]
) -> tuple[Response, int]:
    """Return why something was not done, in the person's language; `otherwise` is said where no reason is known."""
    try:
        words = [told(reason, desk.frame().write) for reason in reasons]
    except AWAY:  # nor can be asked who this is
        words = list(reasons)
    return jsonify(reasons=words or [otherwise], **more), code
