"""Photos and attachments of a document's folder: where each path leads in the media store."""

from collections.abc import Container, Iterable
from datetime import datetime

import msgspec
from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.documents import LONGEST_PATH
from app.domain.stored import StoredFile, StoredPhoto
from app.storage.base import Base, Moment


class DbMedia(Base):
    """A photo or attachment of a document, as it came in.

    `stored` is a `StoredPhoto` or `StoredFile` as JSON; `digest` is SHA-256 of the file that came in,
    `seen` its size and time of change when it was last read, so that a photo is not read again at each synchronisation.
    """

    __tablename__ = "media"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    seen: Mapped[str] = mapped_column(String(60), default="")
    stored: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(Moment)


_PHOTO, _FILE = msgspec.json.Decoder(StoredPhoto), msgspec.json.Decoder(StoredFile)


def photos_in(media: Iterable[DbMedia], paths: Container[str]) -> dict[str, StoredPhoto]:
    """Return the photos among these, by path."""
    return {row.path: _PHOTO.decode(row.stored) for row in media if row.path in paths}


def files_in(media: Iterable[DbMedia], paths: Container[str]) -> dict[str, StoredFile]:
    """Return the attachments among these, by path."""
    return {row.path: _FILE.decode(row.stored) for row in media if row.path in paths}
