"""Media: the photos and attachments that published pages name, under addresses that name their content."""

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from flask import Flask, Response, send_file
from werkzeug.exceptions import NotFound

from app.domain import errors
from app.queries import reading
from app.storage.media import MediaStore, media_type
from app.web.assets import FOR_EVER
from app.web.published import Published

FOR_A_WHILE: Final = "public, max-age=300"
"""For attachments: one that was withdrawn is soon gone from caches too, and one that is renamed has its new name."""


def install(app: Flask, folder: Path, published: Published) -> None:
    """Serve of the media store, below `/media/`, what is published."""
    app.add_url_rule("/media/<path:name>", "media", partial(_serve, MediaStore(folder), published))


def _serve(store: MediaStore, published: Published, name: str) -> Response:
    """Send a photo to be shown, anything else to be saved: what came in from outside never runs on our pages.

    The store also holds what drafts name, and keeps what was withdrawn: so the read model is asked first.
    """
    try:
        kind, path = media_type(name), store.path(name)
        saved_as = published.reader.ask(reading.media, name)
        if saved_as is None:
            raise NotFound
        shown = kind.startswith("image/")
        # the name is the content's, so it serves as its ETag on every machine
        response = send_file(
            path, mimetype=kind, as_attachment=not shown, download_name=saved_as or None, etag=PurePosixPath(name).stem
        )
    except (errors.NotFound, FileNotFoundError):
        raise NotFound from None
    response.headers["Cache-Control"] = FOR_EVER if shown else FOR_A_WHILE
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # a feed is read on pages of others, and its pictures with it
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shown else "same-origin"
    return response
