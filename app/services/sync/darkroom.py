"""Photos and attachments become what is kept of them here, outside of any transaction: nobody who writes waits for one.

What is made is in the media store before any row names it. It is called after its content, so what a run that was
killed has left is used by the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from app.domain.documents import Facts
from app.domain.errors import BadText, Problem
from app.domain.stored import StoredFile, StoredPhoto
from app.storage.files import ingest_file
from app.storage.media import MediaStore
from app.storage.photos import ingest_photo
from app.storage.tree import Found, Tree


class Ingest(Protocol):
    """Makes of a file's bytes what is kept; BadText, with `path`, if it cannot."""

    def __call__(self, raw: bytes, *, path: str, store: MediaStore) -> StoredPhoto | StoredFile:
        """Return what is kept, and where."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of a file: SHA-256 of its bytes, and what is kept, or why nothing can be."""

    signature: str
    digest: str
    kept: bytes | BadText


class Darkroom:
    """Makes media, and holds what was made until it is in the database. Paths are logical, from the tree's root."""

    def __init__(self, tree: Tree, store: MediaStore) -> None:
        self.tree, self.store = tree, store
        self._made: dict[str, Made] = {}

    def signature(self, path: str) -> str | None:
        """Return what tells a file from the one before, None if there is none."""
        return self.tree.signature(path)

    def made(self, path: str, signature: str) -> Made | None:
        """Return what was made of a file, None if nothing was since it became what it is."""
        made = self._made.get(path)
        return made if made is not None and made.signature == signature else None

    def lacks(self, path: str) -> bool:
        """Tell whether there is a file of which nothing has been made."""
        signature = self.tree.signature(path)
        return signature is not None and self.made(path, signature) is None

    def make(self, path: str, ingest: Ingest, *, read: Callable[[str], Found | None]) -> bool:
        """Make of a file what is kept, if that is lacking; tell whether it was. BadText if it cannot be read."""
        if not self.lacks(path) or (found := read(path)) is None:
            return False
        kept: bytes | BadText
        try:
            kept = msgspec.json.encode(ingest(found.raw, path=path, store=self.store))
        except BadText as refusal:
            kept = refusal
        except OSError as error:  # a full disk; the texts come in, and the photo when there is room
            kept = BadText(Problem(path=path, line=0, reason=f"cannot be kept ({error.strerror})"))
        self._made[path] = Made(signature=found.signature, digest=found.digest, kept=kept)
        return True

    def forget(self, folder: str) -> None:
        """Forget what was made of the files of a folder: it is in the database, or told."""
        self._made = {path: made for path, made in self._made.items() if not path.startswith(f"{folder}/")}


def named_in(facts: Facts) -> dict[str, Ingest]:
    """Return what facts name, by its path in the item's folder, and what makes of it what is kept."""
    found: dict[str, Ingest] = dict.fromkeys(facts.photos, ingest_photo)
    return found | {path: ingest_file for path in facts.files if path not in found}
