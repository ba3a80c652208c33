"""Attachments on their way in: PDF, told by its content and kept as it came, to be downloaded and never shown."""

import hashlib
from dataclasses import dataclass

from app.domain.errors import BadText, Problem
from app.storage.media import MediaStore, file_name

LARGEST = 50 * 2**20
_SIGNATURE = b"%PDF-"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An attachment in the store: the digest of its bytes, its path below `/media/`, its size in bytes."""

    digest: str
    path: str
    size: int


def ingest_file(raw: bytes, *, path: str, store: MediaStore) -> StoredFile:
    """Keep an attachment and return where it stands. `path` is what a refusal names.

    BadText if it is larger than 50 MB, or doesn't begin as a PDF does (ISO 32000-1, 7.5.2).
    """
    if len(raw) > LARGEST:
        raise BadText(Problem(path=path, line=0, reason="is larger than 50 MB"))
    if not raw.startswith(_SIGNATURE):
        raise BadText(Problem(path=path, line=0, reason="is not a PDF, whatever its name says"))
    digest = hashlib.sha256(raw).hexdigest()
    name = file_name(digest)
    store.put(name, raw)
    return StoredFile(digest=digest, path=name, size=len(raw))
