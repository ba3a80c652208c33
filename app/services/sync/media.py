"""Photos and attachments that an item's facts name come in from its folder."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts
from app.domain.errors import BadText, Problem
from app.services.sync.slots import folder_of
from app.storage.files import ingest_file
from app.storage.folder_media import DbMedia
from app.storage.media import MediaStore
from app.storage.photos import ingest_photo
from app.storage.texts import DbDocument
from app.storage.tree import Tree, digest_of_bytes


class FolderMedia:
    """Brings in the media of one document. `changed` tells whether readers may see something new."""

    def __init__(self, session: Session, tree: Tree, store: MediaStore, document: DbDocument) -> None:
        self.session, self.tree, self.store, self.document = session, tree, store, document
        self.folder = folder_of(document.full_name)
        self.changed = False
        self.known: dict[str, DbMedia] = {}

    def take_in(self, facts: Facts) -> Iterator[Problem]:
        """Read what is new or was replaced; yield what cannot be used, of which the last good one stays."""
        paths = (*facts.photos, *facts.files)
        if paths:
            rows = select(DbMedia).where(DbMedia.document_id == self.document.id)
            self.known = {row.path: row for row in self.session.scalars(rows)}
        for path in paths:
            full = f"{self.folder}/{path}"
            known = self.known.get(path)
            seen = self.tree.signature(full)
            if seen is None:
                if known is None:
                    yield Problem(path=full, line=0, reason="is named in item.toml, and is not there")
            elif known is None or known.seen != seen:
                try:
                    self._read(path, full, seen, known, photo=path in facts.photos)
                except BadText as refusal:
                    yield from refusal.problems

    def _read(self, path: str, full: str, seen: str, known: DbMedia | None, *, photo: bool) -> None:
        found = self.tree.read(full)
        if found is None:
            return
        digest = digest_of_bytes(found.raw)
        row = known or DbMedia(document_id=self.document.id, path=path)
        if row.digest != digest:
            ingest = ingest_photo if photo else ingest_file
            row.stored = msgspec.json.encode(ingest(found.raw, path=full, store=self.store))
            row.digest, row.added_at = digest, datetime.now(UTC)
            self.session.add(row)
            self.changed = True
        row.seen = seen
        self.session.flush()
