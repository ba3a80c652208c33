"""Media: photos and attachments, named by their digest, so that they can be kept for ever."""

from functools import partial
from pathlib import Path

from flask import Flask, Response, send_file
from werkzeug.exceptions import NotFound

from app.domain import errors
from app.storage.media import MediaStore, media_type
from app.web.assets import FOR_EVER


def install(app: Flask, folder: Path) -> None:
    """Serve the media store below `/media/`."""
    app.add_url_rule("/media/<path:name>", "media", partial(_serve, MediaStore(folder)))


def _serve(store: MediaStore, name: str) -> Response:
    """Send a photo to be shown, anything else to be saved: what came in from outside never runs on our pages."""
    try:
        kind, path = media_type(name), store.path(name)
        response = send_file(path, mimetype=kind, as_attachment=not kind.startswith("image/"))
    except (errors.NotFound, FileNotFoundError):
        raise NotFound from None
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
