"""Photos of drafts: they come in by drop, button or form, and are shown to people who may read drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from flask import Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from app.domain import errors
from app.domain.documents import DocumentName
from app.domain.errors import Refusal
from app.queries import writing as queries
from app.services import photos
from app.storage.media import media_type
from app.storage.photos import develop_photo
from app.web.desk.address import named
from app.web.desk.desk import Desk
from app.web.desk.reasons import told
from app.web.desk.refusals import status_of
from app.web.desk.uploads import is_full


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a file: the path by which facts name it, or why it was not taken, and the status that says so."""

    filename: str
    path: str = ""
    shown: str = ""
    fault: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumb:
    """A photo beside what is written of it: where it is shown small, how high then, and where a larger one is."""

    small: str
    height: int
    large: str


_THUMB: Final = 120  # pixels, its width
_LARGER: Final = 960


def thumbs(session: Session, document_id: int) -> Mapping[str, Thumb]:
    """Return the photos that came in with a document, by path, for people who may read drafts."""
    return {
        path: Thumb(
            small=_shown_at(photo.variants[0][0]),
            height=round(_THUMB * photo.height / photo.width),
            large=_shown_at(next((one for one, width in photo.variants if width >= _LARGER), photo.variants[-1][0])),
        )
        for path, photo in queries.photos_of(session, document_id).items()
    }


def _shown_at(stored_as: str) -> str:
    return f"{request.script_root}/media/{stored_as}"


class DraftMedia:
    """Views, and `add` for the form."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def photos(self, kind: str, name: str) -> ResponseReturnValue:
        """Take one photo, or several, and say as JSON what became of the first that could not be taken, or of all."""
        added = self.add(named(kind, name), request.files.getlist("new_photos"))
        fault = next((one for one in added if one.fault), None)
        if fault is not None:
            return jsonify(fault=fault.fault), fault.status
        return jsonify(photos=[{"path": one.path, "shown": self.address(one.shown)} for one in added])

    def add(self, name: DocumentName, files: Iterable[FileStorage]) -> list[Added]:
        """Keep each file that is a photo, in a transaction of its own: one that is none does not cost the others."""
        return [self._add(name, file) for file in files if file.filename]

    def _add(self, name: DocumentName, file: FileStorage) -> Added:
        filename = PurePosixPath((file.filename or "").replace("\\", "/")).name
        try:
            stored = develop_photo(file.read(), path=filename, store=self._desk.store)
            with self._desk.writing() as session:
                actor = self._desk.actor(queries.source_language(session, name))
                path = photos.keep(session, name, filename, stored, actor)
        except Refusal as refusal:
            reason = told(refusal.reasons[0], self._desk.frame().write)
            return Added(filename=filename, fault=f"{filename}: {reason}", status=status_of(refusal))
        except (OSError, OperationalError) as error:
            if not is_full(error):
                raise
            fault = gettext("%(file)s: there is no room for it on the server now.", file=filename)
            return Added(filename=filename, fault=fault, status=507)
        return Added(filename=filename, path=path, shown=stored.variants[0][0])

    def media(self, name: str) -> Response:
        """Send a photo or attachment of any document; it is private, and kept by this browser alone."""
        try:
            kind = media_type(name)
            with self._desk.reading() as session:
                if not queries.is_media(session, name):
                    raise NotFound
            response = send_file(
                self._desk.store.path(name), mimetype=kind, as_attachment=not kind.startswith("image/"),
                etag=PurePosixPath(name).stem,
            )  # fmt: skip
        except (errors.NotFound, FileNotFoundError):
            raise NotFound from None
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def address(self, stored_as: str) -> str:
        """Return where a file of the store is shown to people who may read drafts."""
        return _shown_at(stored_as)
