"""What gunicorn is told of how long an address may be: `--config python:app.web.request_line`.

Its own most, 8,190 bytes, is a question of 1,300 Cyrillic letters, and beyond that it answers in English. Without any
bound one connection would take as much memory as it likes.
"""

from typing import Final

from gunicorn.http import message  # type: ignore[import-untyped]  # ships no types

LONGEST: Final = 64 * 1024
"""Bytes: nginx takes as many (`large_client_header_buffers`)."""

limit_request_line = message.MAX_REQUEST_LINE = LONGEST
