"""What strangers see by a signed link: the reader's page of a draft, and its photos, and nothing else."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

from flask import Blueprint, Response, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain import errors
from app.domain.errors import NotFound
from app.domain.pages import ItemPage
from app.domain.said import saying
from app.queries.preview import page_of
from app.services.previews import open_with
from app.storage.media import media_type
from app.web.desk.desk import Desk
from app.web.desk.entrance import Entrance
from app.web.desk.reader_page import reader_page


class Previews:
    """Views that take no account, but a token that was given out, has not expired and was not revoked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, token: str) -> ResponseReturnValue:
        """Show the newest text as readers would have it."""
        with self._desk.reading() as session:
            page, is_draft = _page(session, token)
        media = url_for("previews.media", token=token, name="-").removesuffix("/-")
        response = reader_page(self._desk, page, media=media, labelled=is_draft)
        response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
        return response

    def media(self, token: str, name: str) -> Response:
        """Send a photo or attachment that the page names, and no other."""
        with self._desk.reading() as session:
            page, _ = _page(session, token)
        if name not in named_by(page):
            raise NotFound(saying("this preview names no such file"))
        try:
            kind, path = media_type(name), self._desk.store.path(name)
            response = send_file(
                path, mimetype=kind, as_attachment=not kind.startswith("image/"), etag=PurePosixPath(name).stem
            )
        except (errors.NotFound, FileNotFoundError):
            raise NotFound(saying("this file is gone")) from None
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


def _page(session: Session, token: str) -> tuple[ItemPage, bool]:
    """Return the newest text as readers would have it, and whether they have another, or none."""
    translation = open_with(session, token, now=datetime.now(UTC))
    if translation.head is None:
        raise NotFound(saying("there is no text yet"))
    return page_of(session, translation, translation.head), translation.head_id != translation.live_id


def named_by(page: ItemPage) -> set[str]:
    """Return the names under which a page shows photos and offers files."""
    pictures = {path for picture in page.pictures for path, _ in picture.sources}
    return pictures | {picture.widest for picture in page.pictures} | {file.path for file in page.attachments}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("previews", __name__), Previews(desk)
    desk.rule(area, "/preview/<token>", view.page, Entrance.ANYBODY)
    desk.rule(area, "/preview/<token>/media/<path:name>", view.media, Entrance.ANYBODY)
    return area
