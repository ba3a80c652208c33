"""Photos and attachments that an item's facts name come in from its folder, made before in the darkroom."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import Side, allowed
from app.domain.translations import Action, Status
from app.services.facts import facts_of
from app.services.sync.darkroom import Darkroom, Ingest, Made, named_in
from app.services.sync.moves import Move, Tell, report
from app.services.sync.slots import folder_of
from app.storage.folder_media import DbMedia, photos_in
from app.storage.journal import Event, note
from app.storage.texts import DbDocument


class FolderMedia:
    """Brings in the media of one document. `changed` tells whether readers may see something new.

    `lacking` are the files, by logical path, of which nothing has been made yet, though they are new or were replaced;
    `vanished`, by their path in the folder, are in, and not there any more; `unwritten` came in at the desk and never
    were there: their logical path, and their name in the store.
    A photo is a part of the facts that name it: one that live facts name goes live at once, as a correction, and only
    for who may correct; one that a draft of them names, for who may edit.
    """

    def __init__(self, session: Session, document: DbDocument, actor: Actor, *, darkroom: Darkroom, tell: Tell) -> None:
        self.session, self.document, self.actor, self.darkroom, self.tell = session, document, actor, darkroom, tell
        self.changed = False
        self.lacking: dict[str, Ingest] = {}
        self.vanished: list[str] = []
        self.unwritten: dict[str, str] = {}
        self.known: dict[str, DbMedia] = {}

    def take_in(self, *, newest: Facts, live: Facts | None) -> None:
        """Put in force what is new or was replaced; tell it, and what cannot be used: then the last good one stays."""
        shown = named_in(live) if live is not None else {}
        named = {**shown, **named_in(newest)}
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
        known, seen = self.known.get(path), self.darkroom.signature(full)
        if seen is None:
            if known is None:
                raise BadText(Problem(path=full, line=0, reason="is named in item.toml, and is not there"))
            self._absent(path, full, known)
            return
        if known is not None and known.seen == seen:
            return
        made = self.darkroom.made(full, seen)
        if made is None:
            self.lacking[full] = ingest
            return
        if known is None or known.digest != made.digest:
            known = self._bring(path, full, made, known, action)
        elif isinstance(made.kept, bytes) and known.stored != made.kept:  # a newer build makes more of the same photo
            known.stored, self.changed = made.kept, True
        known.seen = seen
        self.session.flush()

    def _absent(self, path: str, full: str, known: DbMedia) -> None:
        if known.seen:
            self.vanished.append(path)
        else:
            self.unwritten[full] = photos_in([known], {path})[path].variants[-1][0]

    def _bring(self, path: str, full: str, made: Made, known: DbMedia | None, action: Action) -> DbMedia:
        """Put a file in the place of the one before (None: it is new), and note it. BadText says why it cannot be."""
        self._require(full, action)
        if isinstance(made.kept, BadText):
            raise made.kept
        row = known or DbMedia(document_id=self.document.id, path=path)
        event = Event.by(
            self.actor, str(self.document.full_name), "media", path=path, digest=made.digest, before=row.digest
        )
        row.stored, row.digest, row.added_at = made.kept, made.digest, datetime.now(UTC)
        self.session.add(row)
        self.changed = True
        note(self.session, event)
        self.tell(Move(what="taken", path=full))
        return row

    def _require(self, full: str, action: Action) -> None:
        """Raise BadText where the actor may not replace what readers see, or add to what they will."""
        facts = facts_of(self.document)
        try:
            allowed(Status.DRAFT if facts is None else facts.status, action, self.actor.roles, of=Side.SOURCE)
        except NotAllowed as refusal:
            reason = f"is not taken in, and readers see what they saw: {refusal.reason}"
            raise BadText(Problem(path=full, line=0, reason=reason)) from None
