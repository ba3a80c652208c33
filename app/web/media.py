"""Media: photos and attachments, named by their digest, so that they can be kept for ever."""

import re
from functools import partial
from pathlib import Path

from flask import Flask, Response, send_from_directory
from werkzeug.exceptions import NotFound

from app.web.assets import FOR_EVER

_NAME = re.compile(r"([0-9a-z_-]+/){0,4}[0-9a-z][0-9a-z_-]{7,}(\.[0-9a-z_-]+)*\.(?P<kind>[0-9a-z]{2,5})", re.ASCII)
_SHOWN = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}


def install(app: Flask, folder: Path) -> None:
    """Serve the media folder below `/media/`."""
    app.add_url_rule("/media/<path:name>", "media", partial(_serve, folder))


def _serve(folder: Path, name: str) -> Response:
    """Send a photo to be shown, anything else to be saved: what came in from outside never runs on our pages."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound
    shown = _SHOWN.get(found["kind"])
    kind = shown or ("application/pdf" if found["kind"] == "pdf" else "application/octet-stream")
    response = send_from_directory(folder, name, mimetype=kind, as_attachment=shown is None)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
