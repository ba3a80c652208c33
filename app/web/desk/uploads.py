"""How much may be sent to the desk: photos, of who is signed in, at the addresses that take some; else a text."""

from errno import EDQUOT, ENOSPC

from flask import Flask, request
from sqlalchemy.exc import OperationalError

from app.web.desk.desk import Desk

MOST = 120_000_000
"""Bytes: what a form with a dozen photos from a camera may have."""

_TAKERS = frozenset({"writing.save", "writing.photos"})
_FULL = ("disk is full", "No space left", "disk full")


def install(app: Flask, desk: Desk) -> None:
    """Let photos in; called before anything reads a form."""

    @app.before_request
    def let_photos_in() -> None:
        if request.endpoint in _TAKERS and desk.visitor() is not None:
            request.max_content_length = MOST


def is_full(error: OSError | OperationalError) -> bool:
    """Tell whether something could not be written since the disk, or one's share of it, is full."""
    if isinstance(error, OSError):
        return error.errno in {ENOSPC, EDQUOT}
    return any(words in str(error) for words in _FULL)
