"""One document in step: its changed files come in, then what the database has goes out.

A run may be killed between any two writes and is simply run again: a text is in the database before the file that held
it is replaced, and a file that already is as it should be is agreed on without another write.
"""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.services import facts, projection, schedule
from app.services.sync.files import Files
from app.services.sync.intake import decode, take_in, usable_facts
from app.services.sync.media import FolderMedia
from app.services.sync.moves import Move, Tell, remember, report
from app.services.sync.order import in_order
from app.services.sync.output import Output, outputs, wanted, written
from app.services.sync.slots import Slot
from app.services.texts import find_document
from app.storage.database import savepoint
from app.storage.media import MediaStore
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found, Tree
from app.storage.tree_files import DbTreeFile


class DocumentSync:
    """The files of one document against the database, within the caller's transaction."""

    def __init__(
        self, session: Session, name: DocumentName, actor: Actor, *, tree: Tree, store: MediaStore, tell: Tell
    ) -> None:
        self.session, self.name, self.actor, self.tree, self.store, self.tell = session, name, actor, tree, store, tell
        self.files = Files(session, name, tree, tell)
        self.document = find_document(session, name)  # held, so that its rows are looked for once

    def take_in(self) -> None:
        """Bring in every changed file: facts first, then the source, then what was made from it, drafts, and media."""
        changed = self.files.changed(self.document)
        document = self._document(changed)
        if document is None:
            return
        facts_slot = Slot(document=self.name, locale=NO_LANGUAGE)
        before = facts.in_force(self.session, document)
        with projection.deferred(self.session):
            self._take_in(document, facts_slot, changed.pop(facts_slot, None), None)
            known = facts.in_force(self.session, document)
            pending = self.files.with_waiting(changed)
            for slot in in_order(pending, source=document.source):
                self._take_in(document, slot, pending[slot], known)
            self._take_in_media(document)
        self._reschedule(document, before)

    def _document(self, changed: dict[Slot, Found]) -> DbDocument | None:
        if self.document is not None or not self.files.present:
            return self.document
        source = NO_LANGUAGE
        if self.name.kind is not Kind.CATALOGUE:
            slot = Slot(document=self.name, locale=NO_LANGUAGE)
            first = self._read_facts(slot, changed[slot]) if slot in changed else None
            if first is None:
                if slot.path not in self.files.present:
                    reason = 'is missing; it says at least the language of the source text (source = "en")'
                    report(self.tell, [Problem(path=slot.path, line=0, reason=reason)])
                return None
            source = first.source
        self.document = DbDocument(
            kind=self.name.kind, name=self.name.name, source=source, created_at=datetime.now(UTC), translations=[]
        )
        self.session.add(self.document)
        self.session.flush()
        return self.document

    def _reschedule(self, document: DbDocument, before: Facts | None) -> None:
        """Let what is scheduled follow the time in the facts: an embargo that was put off must not be broken."""
        after = facts.in_force(self.session, document)
        if before is not None and after is not None and before.publish_at != after.publish_at:
            schedule.move(self.session, document, self.actor, due=after.publish_at)

    def _read_facts(self, slot: Slot, found: Found) -> Facts | None:
        try:
            return usable_facts(slot, decode(slot, found))
        except BadText as refusal:
            report(self.tell, refusal.problems)
            return None

    def _take_in_media(self, document: DbDocument) -> None:
        """Bring in what the newest facts name, drafts included: the next run might be days away."""
        newest = facts.newest(self.session, document)
        if newest is None:
            return
        media = FolderMedia(self.session, self.tree, self.store, document)
        report(self.tell, media.take_in(newest))
        if media.changed:
            projection.project(self.session, document)

    def _translation(self, document: DbDocument, locale: Tag) -> DbTranslation:
        found = next((one for one in document.translations if one.locale == locale), None)
        return found or DbTranslation(document=document, locale=locale, status=Status.MISSING)

    def _take_in(self, document: DbDocument, slot: Slot, found: Found | None, known: Facts | None) -> None:
        if found is None:
            return
        row = self.files.rows.setdefault(slot.path, DbTreeFile(path=slot.path, digest="", state=""))
        translation = self._translation(document, slot.locale)
        self.session.add_all((translation, row))
        row.seen_at, row.refused, row.problem = datetime.now(UTC), "", ""
        self.session.flush()
        want = wanted(translation, draft=slot.draft)
        if want is not None and found.raw == written(self.session, slot, want):
            revision_id, problems = want.revision_id, tuple[Problem, ...]()
        else:
            base = self.session.get_one(DbRevision, row.revision_id) if row.revision_id else None
            try:
                with savepoint(self.session):
                    taken = take_in(self.session, translation, slot, found, self.actor, base=base, facts=known)
            except (BadText, NotAllowed) as refusal:
                self._refused(row, found, refusal)
                return
            revision_id, problems = taken.revision.id, taken.problems
            self.tell(Move(what="taken", path=slot.path))
            want = wanted(translation, draft=slot.draft)
        row.translation_id, row.digest, row.revision_id = translation.id, found.digest, revision_id
        row.state = want.state if want is not None and want.revision_id == revision_id else ""
        remember(row, problems)
        report(self.tell, problems)
        self.session.flush()

    def _refused(self, row: DbTreeFile, found: Found, refusal: BadText | NotAllowed) -> None:
        problems = (
            refusal.problems
            if isinstance(refusal, BadText)
            else (Problem(path=found.path, line=0, reason=refusal.reason),)
        )
        row.refused = found.digest
        remember(row, problems)
        report(self.tell, problems)
        self.session.flush()

    def take_in_aside(self, found: Found, slot: Slot) -> bool:
        """Bring in what was found set aside and nobody had agreed on: the words of an editor's save in that instant.

        Return whether it could be used. What it says of the file in its place is forgotten if not.
        """
        self.files.remember(self.document)
        if self.document is None:
            return False
        self._take_in(self.document, slot, found, None)
        row = self.files.rows[slot.path]
        taken = row.refused != found.digest
        if not taken:
            row.refused = row.problem = ""
        return taken

    def outputs(self) -> list[Output]:
        """Return the files that are not as the database has them."""
        return list(outputs(self.session, self.document, self.files)) if self.document is not None else []
