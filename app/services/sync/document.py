"""One document in step: its changed files come in, then what the database has goes out.

A run may be killed between any two writes and is simply run again: a text is in the database before the file that held
it is replaced, and a file that already is as it should be is agreed on without another write.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.formats.choice import parse
from app.formats.facts import read_facts
from app.services import projection, schedule, site
from app.services.sync.intake import decode, take_in, usable_facts
from app.services.sync.media import FolderMedia
from app.services.sync.moves import Move, Tell, remember, remembered
from app.services.sync.output import Wanted, wanted, written
from app.services.sync.slots import Slot, slots_in, strangers_in
from app.services.texts import find_document
from app.storage.database import savepoint
from app.storage.media import MediaStore
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found, Tree, digest_of_bytes
from app.storage.tree_files import DbTreeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file to be put in the place of the one agreed on (None: there was none); no bytes to remove it."""

    slot: Slot
    raw: bytes | None
    agreed: str | None
    want: Wanted | None

    @property
    def digest(self) -> str | None:
        """Return SHA-256 of the new bytes, None if the file is to go."""
        return None if self.raw is None else digest_of_bytes(self.raw)


class DocumentSync:
    """The files of one document against the database, within the caller's transaction."""

    def __init__(
        self, session: Session, name: DocumentName, actor: Actor, *, tree: Tree, store: MediaStore, tell: Tell
    ) -> None:
        self.session, self.name, self.actor, self.tree, self.store, self.tell = session, name, actor, tree, store, tell
        self.present: set[str] = set()
        self.unreadable: set[str] = set()
        self.rows: dict[str, DbTreeFile] = {}
        self.waiting: dict[Slot, Found] = {}
        self.document: DbDocument | None = None  # held, so that its rows are looked for once

    def take_in(self) -> None:
        """Bring in every changed file: facts first, then the source, then what was made from it, drafts, and media."""
        files = dict(self._files())
        document = self._document(files)
        if document is None:
            return
        facts_slot = Slot(document=self.name, locale=NO_LANGUAGE)
        before = self._facts(document)
        with projection.deferred(self.session):
            self._take_in(document, facts_slot, files.pop(facts_slot, None), None)
            facts = self._facts(document)
            pending = self._with_waiting(files)
            for slot in _in_order(document, pending):
                self._take_in(document, slot, pending[slot], facts)
            self._take_in_media(document)
        self._reschedule(document, before)

    def _files(self) -> Iterator[tuple[Slot, Found]]:
        """Yield the files that differ from what was agreed on, and remember which are there at all."""
        slots = list(slots_in(self.tree, self.name))
        self.present = {slot.path for slot in slots}
        self._remember_rows()
        self._tell(strangers_in(self.tree, self.name))
        self._tell(self._not_shown(slots))
        for slot in slots:
            try:
                found = self.tree.read(slot.path)
            except BadText as refusal:
                self.unreadable.add(slot.path)
                self._tell(refusal.problems)
                continue
            row = self.rows.get(slot.path)
            if row is not None and found is not None and row.refused and found.digest == row.digest:
                row.refused = row.problem = ""  # mended by taking the change back
            if row is not None and found is not None and found.digest in {row.digest, row.refused}:
                self._unchanged(slot, found, row)
            elif found is not None:
                yield slot, found

    def _remember_rows(self) -> None:
        """Load the document, its translations and what is remembered of its files."""
        self.document = find_document(self.session, self.name)
        texts = [one.id for one in self.document.translations] if self.document is not None else []
        known = select(DbTreeFile).where(or_(DbTreeFile.path.in_(self.present), DbTreeFile.translation_id.in_(texts)))
        self.rows = {row.path: row for row in self.session.scalars(known)}

    def _not_shown(self, slots: Iterable[Slot]) -> Iterator[Problem]:
        """Say at each run which texts nobody sees: they need a line in `site.toml`, and no change of their own."""
        if self.name.kind is Kind.CATALOGUE:
            return
        known = {NO_LANGUAGE, *site.settings(self.session).locales}
        for slot in slots:
            if slot.locale not in known:
                reason = "is in a language that site.toml does not name: nobody is shown it"
                yield Problem(path=slot.path, line=0, reason=reason)

    def _unchanged(self, slot: Slot, found: Found, row: DbTreeFile) -> None:
        """Say again what there was to say; what asked for more than it got is asked again when its source changes."""
        if not row.problem or row.refused or self._is_live(row):
            self._tell(remembered(row))
        else:
            self.waiting[slot] = found

    def _is_live(self, row: DbTreeFile) -> bool:
        translation = self.session.get(DbTranslation, row.translation_id) if row.translation_id else None
        return translation is not None and translation.live_id is not None

    def _with_waiting(self, files: dict[Slot, Found]) -> dict[Slot, Found]:
        """Return the changed files and, if there are any, what waits for such a change; else say what waits."""
        if files:
            return files | self.waiting
        for slot in self.waiting:
            self._tell(remembered(self.rows[slot.path]))
        return files

    def _tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.tell(Move(what="problem", path=problem.path, problem=problem))

    def _document(self, files: dict[Slot, Found]) -> DbDocument | None:
        if self.document is not None or not self.present:
            return self.document
        source = NO_LANGUAGE
        if self.name.kind is not Kind.CATALOGUE:
            slot = Slot(document=self.name, locale=NO_LANGUAGE)
            facts = self._read_facts(slot, files[slot]) if slot in files else None
            if facts is None:
                if slot.path not in self.present:
                    reason = 'is missing; it says at least the language of the source text (source = "en")'
                    self._tell([Problem(path=slot.path, line=0, reason=reason)])
                return None
            source = facts.source
        self.document = DbDocument(
            kind=self.name.kind, name=self.name.name, source=source, created_at=datetime.now(UTC), translations=[]
        )
        self.session.add(self.document)
        self.session.flush()
        return self.document

    def _reschedule(self, document: DbDocument, before: Facts | None) -> None:
        """Let what is scheduled follow the time in the facts: an embargo that was put off must not be broken."""
        facts = self._facts(document)
        if before is not None and facts is not None and before.publish_at != facts.publish_at:
            schedule.move(self.session, document, self.actor, due=facts.publish_at)

    def _read_facts(self, slot: Slot, found: Found) -> Facts | None:
        try:
            return usable_facts(slot, decode(slot, found))
        except BadText as refusal:
            self._tell(refusal.problems)
            return None

    def _facts(self, document: DbDocument) -> Facts | None:
        """Return the newest facts, and let the document follow them in what its source is."""
        translation = self._translation(document, NO_LANGUAGE)
        if document.kind is Kind.CATALOGUE or translation is None or translation.head_id is None:
            return None
        head = self.session.get_one(DbRevision, translation.head_id)
        facts = read_facts(head.text, path=translation.subject)
        document.source = facts.source
        return facts

    def _take_in_media(self, document: DbDocument) -> None:
        facts = self._facts(document)
        if facts is None:
            return
        media = FolderMedia(self.session, self.tree, self.store, document)
        self._tell(media.take_in(facts))
        if media.changed:
            projection.project(self.session, document)

    def _translation(self, document: DbDocument, locale: Tag) -> DbTranslation | None:
        return next((one for one in document.translations if one.locale == locale), None)

    def _take_in(self, document: DbDocument, slot: Slot, found: Found | None, facts: Facts | None) -> None:
        if found is None:
            return
        row = self.rows.setdefault(slot.path, DbTreeFile(path=slot.path, digest="", state=""))
        translation = self._translation(document, slot.locale)
        if translation is None:
            translation = DbTranslation(document=document, locale=slot.locale, status=Status.MISSING)
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
                    taken = take_in(self.session, translation, slot, found, self.actor, base=base, facts=facts)
            except (BadText, NotAllowed) as refusal:
                self._refused(row, found, refusal)
                return
            revision_id, problems = taken.revision.id, taken.problems
            self.tell(Move(what="taken", path=slot.path))
            want = wanted(translation, draft=slot.draft)
        row.translation_id, row.digest, row.revision_id = translation.id, found.digest, revision_id
        row.state = want.state if want is not None and want.revision_id == revision_id else ""
        remember(row, problems)
        self._tell(problems)
        self.session.flush()

    def _refused(self, row: DbTreeFile, found: Found, refusal: BadText | NotAllowed) -> None:
        problems = (
            refusal.problems
            if isinstance(refusal, BadText)
            else (Problem(path=found.path, line=0, reason=refusal.reason),)
        )
        row.refused = found.digest
        remember(row, problems)
        self._tell(problems)
        self.session.flush()

    def take_in_aside(self, found: Found, slot: Slot) -> bool:
        """Bring in what was found set aside and nobody had agreed on: the words of an editor's save in that instant.

        Return whether it could be used. What it says of the file in its place is forgotten if not.
        """
        self._remember_rows()
        if self.document is None:
            return False
        self._take_in(self.document, slot, found, None)
        row = self.rows[slot.path]
        taken = row.refused != found.digest
        if not taken:
            row.refused = row.problem = ""
        return taken

    def outputs(self) -> list[Output]:
        """Return the files that are not as the database has them. A refused file is left alone."""
        found: list[Output] = []
        for translation in self.document.translations if self.document is not None else ():
            for draft in (False, True):
                slot = Slot(document=self.name, locale=translation.locale, draft=draft)
                row, want = self.rows.get(slot.path), wanted(translation, draft=draft)
                if row is not None and slot.path not in self.present and row.digest:
                    reason = "has vanished; its text is kept, and nothing is deleted"
                    self._tell([Problem(path=slot.path, line=0, reason=reason)] if want is not None else [])
                refused = slot.path in self.unreadable or (row is not None and row.refused)
                if refused or (want.state if want else "") == (row.state if row else ""):
                    continue
                output = Output(
                    slot=slot,
                    raw=written(self.session, slot, want) if want is not None else None,
                    agreed=(row.digest or None) if row is not None else None,
                    want=want,
                )
                if row is not None and want is not None and output.digest == row.digest:
                    row.state, row.revision_id = want.state, want.revision_id  # the file says all of it already
                else:
                    found.append(output)
        return found


def _in_order(document: DbDocument, files: dict[Slot, Found]) -> Iterator[Slot]:
    """Yield the source first, then each text after the one it says it is based on, drafts last."""
    pending = {slot: _made_from(slot, found) for slot, found in sorted(files.items())}
    while pending:
        locales = {slot.locale for slot in pending if not slot.draft}

        def rank(slot: Slot) -> tuple[bool, bool, bool, Slot]:
            waits = pending[slot] in locales and pending[slot] != slot.locale  # noqa: B023  # used at once
            return slot.draft, waits, slot.locale != document.source, slot

        first = min(pending, key=rank)
        del pending[first]
        yield first


def _made_from(slot: Slot, found: Found) -> Tag | None:
    try:
        parsed = parse(slot.document.kind, slot.locale, decode(slot, found), path=slot.path)
    except BadText:
        return None  # it will be refused when its turn comes
    return parsed.header.based_on.locale if parsed.header.based_on else None
