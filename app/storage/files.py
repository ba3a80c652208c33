"""Attachments on their way in: PDF, told by its content and kept as it came, to be downloaded and never shown."""

import hashlib
import re

from app.domain.errors import BadText, Problem
from app.domain.stored import StoredFile
from app.storage.media import MediaStore, file_name

LARGEST = 50 * 2**20
_SIGNATURE = b"%PDF-"
_END = b"%%EOF"
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|img)[\s/>]", re.IGNORECASE)
_HEAD = 1024  # bytes in which readers of old looked for what a file is
_LONGEST_COMMENT = 65_535  # at the end of a zip archive (APPNOTE, 4.3.16)
_ARCHIVE = re.compile(rb"PK\x05\x06.{16}(?=(..))", re.DOTALL)


def ingest_file(raw: bytes, *, path: str, store: MediaStore) -> StoredFile:
    """Keep an attachment and return where it stands. `path` is what a refusal names.

    BadText if it is larger than 50 MB, doesn't begin as a PDF does (ISO 32000-1, 7.5.2), or is another file as well: an
    archive, a page, whatever stands behind its end.
    """
    if len(raw) > LARGEST:
        raise BadText(Problem(path=path, line=0, reason="is larger than 50 MB"))
    if not raw.startswith(_SIGNATURE):
        raise BadText(Problem(path=path, line=0, reason="is not a PDF, whatever its name says"))
    if _is_more(raw):
        raise BadText(Problem(path=path, line=0, reason="is a PDF and another file in one"))
    digest = hashlib.sha256(raw).hexdigest()
    name = file_name(digest)
    store.put(name, raw)
    return StoredFile(digest=digest, path=name, size=len(raw))


def _is_more(raw: bytes) -> bool:
    """Tell whether a program of another kind finds something of its own in a PDF."""
    _, ended, behind = raw.rpartition(_END)
    return bool(
        (ended and behind.strip(b"\0\t\n\f\r "))
        or _MARKUP.search(raw[:_HEAD])
        or any(
            found.end() + 2 + int.from_bytes(found[1], "little") == len(raw)
            for found in _ARCHIVE.finditer(raw, max(len(raw) - _LONGEST_COMMENT - 22, 0))
        )
    )
