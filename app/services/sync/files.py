"""The files of one document: which are there, and which differ from what they and the database last agreed on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.segments import NO_LANGUAGE
from app.services import site
from app.services.sync.moves import Tell, remember, remembered, report
from app.services.sync.slots import Slot, strangers_in
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found, Tree
from app.storage.tree_files import DbTreeFile

Texts = Mapping[Slot, Found | BadText | None]
"""The files of a document's texts as they were read: why one cannot be, None if it has vanished meanwhile."""


class Files:
    """What the tree has of one document, beside what is remembered of it.

    `texts` were read before the transaction began. `rows` are what is remembered, by path. Once `changed` has looked,
    `present` holds the paths of all texts that are there, `left_alone` those of texts that must stay as they are, since
    they are nowhere else; `articles` are the files of texts in Markdown, changed or not.
    """

    def __init__(self, session: Session, name: DocumentName, texts: Texts, tree: Tree, tell: Tell) -> None:
        self.session, self.name, self.texts, self.tree, self.tell = session, name, texts, tree, tell
        self.present: set[str] = set()
        self.left_alone: set[str] = set()
        self.articles: dict[Slot, Found] = {}
        self.rows: dict[str, DbTreeFile] = {}
        self._waiting: dict[Slot, Found] = {}

    def remember(self, document: DbDocument | None) -> None:
        """Load what is remembered of the files of a document (None: it is new) and of those that are there."""
        texts = [one.id for one in document.translations] if document is not None else []
        known = select(DbTreeFile).where(or_(DbTreeFile.path.in_(self.present), DbTreeFile.translation_id.in_(texts)))
        self.rows = {row.path: row for row in self.session.scalars(known)}

    def changed(self, document: DbDocument | None) -> dict[Slot, Found]:
        """Return the files that differ from what was agreed on; tell what there is to say of the others."""
        self.present = {slot.path for slot in self.texts}
        self.remember(document)
        report(self.tell, strangers_in(self.tree, self.name))
        report(self.tell, self._not_shown(self.texts))
        return dict(self._changed())

    def _changed(self) -> Iterator[tuple[Slot, Found]]:
        for slot, found in self.texts.items():
            if isinstance(found, BadText):
                self.left_alone.add(slot.path)
                report(self.tell, found.problems)
                continue
            if found is not None and slot.is_article:
                self.articles[slot] = found
            row = self.rows.get(slot.path)
            if row is not None and found is not None and row.refused and found.digest == row.digest:
                row.refused = row.problem = ""  # mended by taking the change back
            if row is not None and found is not None and found.digest in {row.digest, row.refused}:
                self._unchanged(slot, found, row)
            elif found is not None:
                yield slot, found

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
            report(self.tell, remembered(row))
        else:
            self._waiting[slot] = found

    def _is_live(self, row: DbTreeFile) -> bool:
        translation = self.session.get(DbTranslation, row.translation_id) if row.translation_id else None
        return translation is not None and translation.live_id is not None

    def with_waiting(self, changed: dict[Slot, Found]) -> dict[Slot, Found]:
        """Return the changed files and, if there are any, what waits for such a change; else say what waits."""
        if changed:
            return changed | self._waiting
        for slot in self._waiting:
            report(self.tell, remembered(self.rows[slot.path]))
        return changed

    @property
    def facts(self) -> dict[Slot, Found]:
        """Return the files of an item's facts that are there and may count."""
        found = {slot: found for slot, found in self.texts.items() if isinstance(found, Found) and slot.is_facts}
        return {slot: one for slot, one in found.items() if slot.path not in self.left_alone}

    def leave_alone(self, slot: Slot, refusal: NotAllowed) -> None:
        """Tell why a file may not come in. It is tried again at each run, since what forbids it is not in the file."""
        self.left_alone.add(slot.path)
        reason = f"is left as it is, and what it says is nowhere else: {refusal.reason}"
        report(self.tell, [Problem(path=slot.path, line=refusal.line, reason=reason)])

    def refuse(self, slot: Slot, found: Found, refusal: BadText) -> None:
        """Tell what is wrong with a file, and remember it: it is said again until the file is another."""
        row = self._row(slot)
        row.refused, row.seen_at = found.digest, datetime.now(UTC)
        remember(row, refusal.problems)
        report(self.tell, refusal.problems)
        self.session.flush()

    def agree(self, slot: Slot, found: Found, revision: DbRevision, *, state: str, problems: Iterable[Problem]) -> None:
        """Remember that this file is in that revision. `state` is empty if the file has to be written anew."""
        row = self._row(slot)
        row.translation_id, row.revision_id = revision.translation_id, revision.id
        row.digest, row.state, row.refused, row.seen_at = found.digest, state, "", datetime.now(UTC)
        remember(row, problems)
        self.session.flush()

    def _row(self, slot: Slot) -> DbTreeFile:
        if slot.path not in self.rows:  # nor need it be: a file that was refused and deleted belongs to no text
            row = self.session.get(DbTreeFile, slot.path)
            self.rows[slot.path] = row or DbTreeFile(path=slot.path, digest="", state="", refused="", problem="")
            self.session.add(self.rows[slot.path])
        return self.rows[slot.path]
