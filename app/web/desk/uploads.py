"""How much may be sent to the desk: photos and files, of who is signed in, where some are taken; else a text."""

from errno import EDQUOT, ENOSPC

from flask import Flask, request, session
from sqlalchemy.exc import OperationalError

from app.web.desk.desk import Desk

MOST = 120_000_000
"""Bytes: what a form with a dozen photos from a camera may have."""

MOST_WORDS = 16_000_000
"""Bytes: what may be typed into one form, pictures not counted."""

MOST_FIELDS = 20_000
"""Fields of one form: a catalogue's page of messages with all their plural forms has a few hundred."""

_TAKERS = frozenset(
    {"writing.save", "writing.photos", "files.upload", "packages.upload", "memory_files.bring", "templates.upload"}
)
_FULL = ("disk is full", "No space left", "disk full")


def install(app: Flask, desk: Desk) -> None:
    """Let photos and files in; called before anything reads a form."""

    @app.before_request
    def let_files_in() -> None:
        if desk.visitor() is None and "sitting" not in session:  # whose session ran out gets back what they typed
            return
        request.max_form_parts, request.max_form_memory_size = MOST_FIELDS, MOST_WORDS
        if request.endpoint in _TAKERS:
            request.max_content_length = MOST


def let_all_in() -> None:
    """Let a form be read that is too large to be taken, so that it can be given back; no stranger's."""
    if "sitting" in session:
        request.max_content_length = MOST


def is_full(error: OSError | OperationalError) -> bool:
    """Tell whether something could not be written since the disk, or one's share of it, is full."""
    if isinstance(error, OSError):
        return error.errno in {ENOSPC, EDQUOT}
    return any(words in str(error) for words in _FULL)
