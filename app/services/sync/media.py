"""Photos and attachments that an item's facts name come in from its folder."""

from datetime import UTC, datetime
from typing import Protocol

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.translations import Action, Status, allowed
from app.services.facts import facts_of
from app.services.sync.moves import Move, Tell, report
from app.services.sync.slots import folder_of
from app.storage.files import StoredFile, ingest_file
from app.storage.folder_media import DbMedia
from app.storage.journal import Event, note
from app.storage.media import MediaStore
from app.storage.photos import StoredPhoto, ingest_photo
from app.storage.texts import DbDocument
from app.storage.tree import Found, Tree


class Ingest(Protocol):
    """Makes of a file's bytes what is kept; BadText, with `path`, if it cannot."""

    def __call__(self, raw: bytes, *, path: str, store: MediaStore) -> StoredPhoto | StoredFile:
        """Return what is kept, and where."""
        ...


class FolderMedia:
    """Brings in the media of one document. `changed` tells whether readers may see something new.

    A photo is a part of the facts that name it: one that live facts name goes live at once, as a correction, and only
    for who may correct; one that a draft of them names, for who may edit.
    """

    def __init__(
        self, session: Session, document: DbDocument, actor: Actor, *, tree: Tree, store: MediaStore, tell: Tell
    ) -> None:
        self.session, self.document, self.actor = session, document, actor
        self.tree, self.store, self.tell = tree, store, tell
        self.changed = False
        self.known: dict[str, DbMedia] = {}

    def take_in(self, *, newest: Facts, live: Facts | None) -> None:
        """Read what is new or was replaced; tell of it, and of what cannot be used: then the last good one stays."""
        shown = _named(live) if live is not None else {}
        named = {**shown, **_named(newest)}
        if named:
            rows = select(DbMedia).where(DbMedia.document_id == self.document.id)
            self.known = {row.path: row for row in self.session.scalars(rows)}
        for path, ingest in named.items():
            try:
                self._look(path, ingest, Action.CORRECT if path in shown else Action.EDIT)
            except BadText as refusal:
                report(self.tell, refusal.problems)

    def _look(self, path: str, ingest: Ingest, action: Action) -> None:
        full = f"{folder_of(self.document.full_name)}/{path}"
        known, seen = self.known.get(path), self.tree.signature(full)
        if seen is None:
            if known is None:
                raise BadText(Problem(path=full, line=0, reason="is named in item.toml, and is not there"))
            return
        found = self.tree.read(full) if known is None or known.seen != seen else None
        if found is None:
            return
        if known is None or known.digest != found.digest:
            known = self._bring(path, found, known, ingest, action)
        known.seen = seen
        self.session.flush()

    def _bring(self, path: str, found: Found, known: DbMedia | None, ingest: Ingest, action: Action) -> DbMedia:
        """Put a file in the place of the one before (None: it is new), and note it. BadText says why it cannot be."""
        facts = facts_of(self.document)
        try:
            allowed(Status.DRAFT if facts is None else facts.status, action, self.actor.roles)
        except NotAllowed as refusal:
            reason = f"is not taken in, and readers see what they saw: {refusal.reason}"
            raise BadText(Problem(path=found.path, line=0, reason=reason)) from None
        try:
            stored = ingest(found.raw, path=found.path, store=self.store)
        except OSError as error:  # a full disk; the texts come in, and the photo when there is room
            raise BadText(Problem(path=found.path, line=0, reason=f"cannot be kept ({error.strerror})")) from None
        row = known or DbMedia(document_id=self.document.id, path=path)
        details: dict[str, str | int | None] = {"path": path, "digest": found.digest, "before": row.digest}
        row.stored, row.digest, row.added_at = msgspec.json.encode(stored), found.digest, datetime.now(UTC)
        self.session.add(row)
        self.changed = True
        subject, actor = str(self.document.full_name), self.actor
        note(
            self.session,
            Event(source=actor.channel, subject=subject, action="media", actor=actor.name, details=details),
        )
        self.tell(Move(what="taken", path=found.path))
        return row


def _named(facts: Facts) -> dict[str, Ingest]:
    """Return what facts name, by path, and what makes of it what is kept."""
    found: dict[str, Ingest] = dict.fromkeys(facts.photos, ingest_photo)
    return found | {path: ingest_file for path in facts.files if path not in found}
