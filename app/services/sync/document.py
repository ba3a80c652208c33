"""One document in step: its changed files come in, then what the database has goes out.

A run may be killed between any two writes and is simply run again: a text is in the database before the file that held
it is replaced, and a file that already is as it should be is agreed on without another write.
"""

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts
from app.domain.errors import BadText, NotAllowed
from app.domain.people import Actor
from app.domain.permissions import may
from app.domain.segments import NO_LANGUAGE
from app.domain.translations import Action
from app.services import facts, projection, schedule
from app.services.sync import aside
from app.services.sync.bases import unknown_bases
from app.services.sync.beginning import begin
from app.services.sync.darkroom import Darkroom, Ingest
from app.services.sync.files import Files, Texts
from app.services.sync.intake import Taken, take_in
from app.services.sync.media import FolderMedia
from app.services.sync.moves import Move, Tell, report
from app.services.sync.order import in_order
from app.services.sync.output import Output, outputs, wanted, warnings, written
from app.services.sync.slips import require_source, slips_in
from app.services.sync.slots import Slot
from app.services.sync.unshown import unshown_in
from app.services.texts import find_document, find_or_begin
from app.storage.database import savepoint
from app.storage.embargoes import Embargo
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found, Tree


class DocumentSync:
    """The files of one document against the database, within the caller's transaction.

    `texts` have been read before it began, and media have been made in the `darkroom`; `lacking` are those that were
    not, by logical path: they are left as they were; `unwritten` are photos of the desk, by logical path, with their
    names in the store.
    """

    def __init__(
        self, session: Session, name: DocumentName, actor: Actor, *,
        texts: Texts, tree: Tree, darkroom: Darkroom, tell: Tell,
    ) -> None:  # fmt: skip
        self.session, self.name, self.actor, self.darkroom, self.tell = session, name, actor, darkroom, tell
        self.files = Files(session, name, texts, tree, tell)
        self.lacking: dict[str, Ingest] = {}
        self.vanished: list[str] = []
        self.unwritten: dict[str, str] = {}
        self.document = find_document(session, name)  # held, so that its rows are looked for once

    def take_in(self) -> None:
        """Bring in every changed file: facts first, then the source, then what was made from it, drafts, and media."""
        changed = self.files.changed(self.document)
        if self.document is None:
            self.document = begin(self.session, self.name, self.actor, changed, self.files)
        if (document := self.document) is None:
            return
        facts_slot = Slot(document=self.name, locale=NO_LANGUAGE)
        before, unchanged = facts.in_force(self.session, document), self._waits_with_newest(document)
        with projection.deferred(self.session):
            pending = self.files.with_waiting(changed)
            if facts_slot in pending:
                self._take_in(document, facts_slot, pending.pop(facts_slot))
            for slot in in_order(pending, source=document.source):
                self._take_in(document, slot, pending[slot])
            self._take_in_media(document)
        self._reschedule(document, before)
        if unchanged:
            self._take_along(document)
        report(self.tell, unshown_in(self.session, document, self.files.articles))
        slips = slips_in(self.session, document, self.files.facts, self.files.articles, self.vanished)
        report(self.tell, slips)
        report(self.tell, unknown_bases(self.session, document, self.files.articles))

    def _reschedule(self, document: DbDocument, before: Facts | None) -> None:
        """Let what is scheduled follow the time in the facts: an embargo that was put off must not be broken."""
        after = facts.in_force(self.session, document)
        if before is not None and after is not None and before.publish_at != after.publish_at:
            schedule.move(self.session, document, self.actor, due=after.publish_at)

    def _waits_with_newest(self, document: DbDocument) -> bool:
        """Tell whether a first publication waits for its time, and nobody changed its facts since it was scheduled."""
        source, known = document.text_in(document.source), facts.facts_of(document)
        if source is None or known is None or known.live_id is not None:
            return False
        work = schedule.waiting(self.session, source)
        return work is not None and facts.stand(self.session, source, Embargo.of(work).facts)

    def _take_along(self, document: DbDocument) -> None:
        """Let that publication mean the facts that its file has by now, where the tree might schedule it with them."""
        source, known = document.text_in(document.source), facts.facts_of(document)
        if source is None or known is None or known.head_id is None:
            return
        if may(self.actor.roles, Action.SCHEDULE, of=source.side):
            schedule.name_facts(self.session, source, known.head_id)

    def _take_in_media(self, document: DbDocument) -> None:
        """Bring in what the newest facts name, drafts included: the next run might be days away."""
        newest = facts.newest(self.session, document)
        if newest is None:
            return
        media = FolderMedia(self.session, document, self.actor, darkroom=self.darkroom, tell=self.tell)
        media.take_in(newest=newest, live=facts.live(self.session, document))
        self.lacking, self.vanished, self.unwritten = media.lacking, media.vanished, media.unwritten
        if media.changed:
            projection.project(self.session, document)

    def _take_in(self, document: DbDocument, slot: Slot, found: Found) -> None:
        try:
            self._bring(document, slot, found)
        except NotAllowed as refusal:
            self.files.leave_alone(slot, refusal)
        except BadText as refusal:
            self.files.refuse(slot, found, refusal)

    def _bring(self, document: DbDocument, slot: Slot, found: Found) -> None:
        """Bring one file in. BadText or NotAllowed say why it cannot be, and then nothing has changed."""
        if slot.is_facts:
            require_source(self.session, document, slot, found, self.files.articles)
        with savepoint(self.session):
            translation = find_or_begin(self.session, document, slot.locale)
            want = wanted(translation, draft=slot.draft)
            if want is not None and found.raw == written(self.session, slot, want):
                revision = self.session.get_one(DbRevision, want.revision_id)
                taken = Taken(revision=revision, problems=warnings(self.session, slot, want))
            else:
                base, known = self._base(slot), facts.in_force(self.session, document)
                taken = take_in(self.session, translation, slot, found, self.actor, base=base, facts=known)
                self.tell(Move(what="taken", path=slot.path))
        now = wanted(translation, draft=slot.draft)
        told = now is not None and now.revision_id == taken.revision.id and not taken.stale
        state = now.state if now is not None and told else ""
        self.files.agree(slot, found, taken.revision, state=state, problems=taken.problems)
        report(self.tell, (*taken.problems, *taken.once))

    def _base(self, slot: Slot) -> DbRevision | None:
        row = self.files.rows.get(slot.path)
        return self.session.get_one(DbRevision, row.revision_id) if row is not None and row.revision_id else None

    def take_in_aside(self, found: Found, slot: Slot, there: Found | None) -> bool:
        """Bring in what was found set aside and nobody had agreed on: the words of an editor's save in that instant.

        `there` is what stands in its place by now. Return whether it could be used; what is known of the file in its
        place stays as it is if not.
        """
        self.files.remember(self.document)
        if self.document is None:
            return False
        translation, base = find_or_begin(self.session, self.document, slot.locale), self._base(slot)
        if aside.is_in(self.session, translation, slot, found, since=base.id if base is not None else 0):
            return True  # a run that was killed had come as far
        try:
            self._bring(self.document, slot, found)
        except BadText as refusal:
            report(self.tell, refusal.problems)
            return False
        except NotAllowed as refusal:
            self.files.leave_alone(slot, refusal)
            return False
        self._agree_on_own_writing(translation, slot, there)
        return True

    def _agree_on_own_writing(self, translation: DbTranslation, slot: Slot, there: Found | None) -> None:
        """Take what this or an earlier run wrote for what it is: read as an edit, it would undo what was set aside."""
        want = aside.own_writing(self.session, translation, slot, there) if there is not None else None
        if there is not None and want is not None:
            revision = self.session.get_one(DbRevision, want.revision_id)
            self.files.agree(slot, there, revision, state=want.state, problems=())

    def outputs(self) -> list[Output]:
        """Return the files that are not as the database has them."""
        return list(outputs(self.session, self.document, self.files)) if self.document is not None else []
