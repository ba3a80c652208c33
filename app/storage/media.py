"""Media files: immutable, named by the digest of what came in, in one folder.

A name is `ab/<digest>-<width>.webp` for a photo at one width, `ab/<digest>-share.jpg` for what of it stands beside a
link, and `ab/<digest>.pdf` for an attachment, where the digest is SHA-256 of the bytes as they came in and `ab` begins
it. What stands under a name never changes, so it can be cached for ever, written by several machines at once and moved
to an object store: all that such a store has to offer are the methods of `MediaStore`.
"""

import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import NotFound
from app.domain.said import saying

_NAME = re.compile(
    r"(?P<shard>[0-9a-f]{2})/(?P=shard)[0-9a-f]{62}(?P<kind>-[1-9][0-9]{0,4}\.webp|-share\.jpg|\.pdf)", re.ASCII
)
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "pdf": "application/pdf"}


def photo_name(digest: str, width: int) -> str:
    """Return the name of a photo at one width in pixels."""
    return f"{digest[:2]}/{digest}-{width}.webp"


def cut_name(digest: str) -> str:
    """Return the name of what of a photo stands beside a link."""
    return f"{digest[:2]}/{digest}-share.jpg"


def file_name(digest: str) -> str:
    """Return the name of an attachment."""
    return f"{digest[:2]}/{digest}.pdf"


def media_type(name: str) -> str:
    """Return the media type (RFC 6838) that a name is served as; NotFound for anything that is no name of the store."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound(saying("there is no such media file"))
    return _TYPES[found["kind"].rpartition(".")[2]]


class MediaStore:
    """Media files in a folder, made when the first file comes in.

    Every method takes a name as above and raises NotFound for anything else, so that no name leads out of the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where the file of this name stands, or would stand."""
        media_type(name)
        return self.folder / name

    def exists(self, name: str) -> bool:
        """Tell whether the file is there; if it is, it is whole."""
        return self.path(name).is_file()

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; NotFound if it isn't there."""
        try:
            return self.path(name).open("rb")
        except FileNotFoundError:
            raise NotFound(saying("there is no such media file")) from None

    def put(self, name: str, raw: bytes) -> None:
        """Keep these bytes under this name, durably and all at once; a file that is there already stays as it is.

        A process that is killed in between leaves a file `incoming-…`, which nothing ever serves.
        """
        path = self.path(name)
        if path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        number, written = tempfile.mkstemp(prefix="incoming-", dir=path.parent)
        incoming = Path(written)
        try:
            with os.fdopen(number, "wb") as out:
                out.write(raw)
                out.flush()
                os.fchmod(out.fileno(), 0o644)  # mkstemp's files are the owner's alone; nginx has to read these
                os.fsync(out.fileno())
            incoming.replace(path)
        except BaseException:  # raised again; only the half-written file goes
            incoming.unlink(missing_ok=True)
            raise
        _settle(path.parent)


class Unkept(MediaStore):
    """A store to look through: what is there is there, and nothing is added."""

    def put(self, name: str, raw: bytes) -> None:  # noqa: ARG002  # as in a store that keeps
        """Keep nothing."""
        media_type(name)


def _settle(folder: Path) -> None:
    """Make the new entry of a folder survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
