"""The synchroniser: all documents, one after the other, a transaction each; killed at any point, it is run again."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotFound, Problem, StillWritten
from app.domain.people import Actor, Channel
from app.formats.encoding import decode
from app.services import site
from app.services.sync.darkroom import Darkroom, Ingest
from app.services.sync.document import DocumentSync
from app.services.sync.files import Texts
from app.services.sync.moves import Move, Tell, remember, report
from app.services.sync.output import Output
from app.services.sync.slots import Slot, documents_in, place_of, slots_in
from app.services.texts import find_document
from app.storage.database import AWAY, Database
from app.storage.media import MediaStore, Unkept
from app.storage.photos import ingest_photo
from app.storage.texts import DbDocument, DbRevision
from app.storage.tree import Found, Tree
from app.storage.tree_files import DbTreeFile
from app.worker.preparation import WHOLE, Preparation, Turn, Wait
from app.worker.renewing import catch_up

log = logging.getLogger("tilmash.worker")

_SITE = "content/site.toml"
NO_SITE = Problem(path=_SITE, line=0, reason="is missing: it says which languages the site has")
"""What is said where nobody has begun a site."""

_ROUNDS = 5  # an editor that saves at every exchange of ours is waited for no longer than this; its text is in already


def in_order(names: Iterable[DocumentName]) -> list[DocumentName]:
    """Return documents in the order in which they are synchronised: catalogues first, then news and pages by name."""
    return sorted(names, key=lambda name: (name.kind is not Kind.CATALOGUE, name))


class Synchroniser:
    """Brings tree and database in step. The caller holds `only_synchroniser`.

    With `check` nothing is written; what would be is told. `site` is the text of `site.toml` that is in force, empty
    before it was read.
    """

    def __init__(self, database: Database, tree: Tree, store: MediaStore, *, tell: Tell, check: bool = False) -> None:
        self.database, self.tree, self.tell, self.check = database, tree, tell, check
        self.darkroom = Darkroom(tree, Unkept(store.folder) if check else store)
        self.preparation = Preparation(database, tree, self.darkroom)
        self.site = ""

    def read_site(self, turn: Turn = WHOLE) -> Wait | None:
        """Put `site.toml` in force if it changed, and make every page anew; also what a killed run left of that.

        Return what it has to wait for, if its turn is too short. BadText if it cannot be read and there is no good one
        to go on with; a broken one is told as a problem.
        """
        wait = None
        try:
            self.site = self._site_text(turn)
            with self.database.write() as session:
                changed = site.put(session, self.site)
                if self.check:
                    session.rollback()
        except BadText as refusal:
            wait = Wait.QUIET if isinstance(refusal, StillWritten) else None
            if self.preparation.is_early(_SITE, turn, restless=wait is not None):
                return wait
            self._bad_site(refusal)
            changed = False
        else:
            self.preparation.is_early(_SITE, turn, restless=False)
            report(self.tell, site.warnings(self.site))
        if changed:
            self.tell(Move(what="taken", path=_SITE))
        if not self.check:
            catch_up(self.database)
        return wait

    def _site_text(self, turn: Turn) -> str:
        found = self.tree.read(_SITE) if turn.waits else self.tree.read_at_once(_SITE)
        if found is None:
            raise BadText(NO_SITE)
        return decode(found.raw, path=_SITE)

    def _bad_site(self, refusal: BadText) -> None:
        with self.database.read() as session:
            try:
                self.site = site.text(session)
            except NotFound:
                raise refusal from None
        report(self.tell, refusal.problems)

    def documents(self) -> list[DocumentName]:
        """Return the documents that either side has, `in_order`."""
        names: set[DocumentName] = set()
        for found in documents_in(self.tree):
            if isinstance(found, Problem):
                report(self.tell, [found])
            else:
                names.add(found)
        with self.database.read() as session:
            for kind, name in session.execute(select(DbDocument.kind, DbDocument.name)):
                names.add(DocumentName(kind=kind, name=name))
        return in_order(names)

    def attempt(self, name: DocumentName, turn: Turn = WHOLE) -> Wait | None:
        """Bring one document in step; a fault of ours is logged and told, so that the others have their turn.

        Return as `synchronise`. A database that cannot be reached passes through: then there is no turn for anybody.
        """
        try:
            return self.synchronise(name, turn)
        except AWAY:
            raise
        except Exception as fault:  # at one document, which must not hold up the others
            log.exception("a fault at %s", name)
            reason = f"was left as it is because of a fault of ours ({type(fault).__name__}); the log says more"
            report(self.tell, [Problem(path=place_of(name), line=0, reason=reason)])
            return None

    def synchronise(self, name: DocumentName, turn: Turn = WHOLE) -> Wait | None:
        """Bring one document in step. Return why it has to be come back to, if its turn is too short.

        What cannot be read or written is told as a problem.
        """
        try:
            return self._synchronise(name, turn)
        except BadText as refusal:
            report(self.tell, refusal.problems)
            return None

    def _synchronise(self, name: DocumentName, turn: Turn) -> Wait | None:
        self._clear_up(name)
        lacking, restless = dict[str, Ingest](), False
        for _ in range(_ROUNDS):
            ready = self.preparation.of(name, turn, lacking)
            if isinstance(ready, Wait):
                return ready
            outputs, left, unwritten = self._take_in(name, ready.texts)
            report(self.tell, ready.problems)
            lacking = {path: ingest for path, ingest in left.items() if path not in ready.unread}
            again, restless = not self.check and self._put_out(name, outputs), ready.restless
            lacking |= self._put_out_photos(unwritten)
            if not again and not lacking:
                break
        self.darkroom.forget(place_of(name))
        return Wait.QUIET if restless else None

    def actor(self) -> Actor:
        """Return who acts for the files of the tree, with the roles that the settings in force give them."""
        settings = site.read(self.site)
        return Actor(name="tree", channel=Channel.TREE, roles=settings.tree_roles, four_eyes=settings.tree_four_eyes)

    def _one(self, session: Session, name: DocumentName, texts: Texts) -> DocumentSync:
        return DocumentSync(
            session, name, self.actor(), texts=texts, tree=self.tree, darkroom=self.darkroom, tell=self.tell
        )  # fmt: skip

    def _take_in(
        self, name: DocumentName, texts: Texts
    ) -> tuple[list[Output], Mapping[str, Ingest], Mapping[str, str]]:
        """Bring in what was read and made; return the files to be written, and media still to be made or written."""
        with self.database.write() as session:
            if self.check:
                site.put(session, self.site)  # rolled back with the rest
            one = self._one(session, name, texts)
            one.take_in()
            outputs = one.outputs()
            if self.check:
                session.rollback()
                session.info.clear()
        for output in outputs if self.check else ():
            self.tell(Move(what="written" if output.raw is not None else "removed", path=output.slot.path))
        return outputs, one.lacking, one.unwritten

    def _put_out_photos(self, unwritten: Mapping[str, str]) -> dict[str, Ingest]:
        """Write the photos that came in at the desk; return what is to be looked at, so that it is known as it is."""
        written: dict[str, Ingest] = {}
        for path, stored_as in unwritten.items():
            try:
                with self.darkroom.store.open(stored_as) as photo:
                    placed = self.check or self.tree.add(path, photo.read())
            except (BadText, NotFound) as refusal:
                lost = Problem(path=path, line=0, reason="came in at the desk, and the media store has lost it")
                report(self.tell, refusal.problems if isinstance(refusal, BadText) else [lost])
                continue
            if placed:
                self.tell(Move(what="written", path=path))
            if not self.check:
                written[path] = ingest_photo
        return written

    def _put_out(self, name: DocumentName, outputs: list[Output]) -> bool:
        """Exchange the files; tell whether an editor had saved one in that instant, so that another round is due."""
        again = False
        for output in outputs:
            try:
                exchanged = self.tree.exchange(output.slot.path, output.raw, agreed=output.agreed)
            except BadText as refusal:  # a tree that may not be written, a full disk: the others may do better
                report(self.tell, refusal.problems)
                continue
            if exchanged.aside is not None:
                self.take_in_aside(name, output.slot, exchanged.aside)
                again = True
            elif exchanged.placed:
                self._agree(output)
                self.tell(Move(what="written" if output.raw is not None else "removed", path=output.slot.path))
            else:
                again = True
        return again

    def take_in_aside(self, name: DocumentName, slot: Slot, found: Found) -> None:
        """Take in what an exchange found set aside that nobody had agreed on; what cannot be used is kept beside."""
        there = self.tree.read_at_once(slot.path, anyhow=True)
        with self.database.write() as session:
            taken = self._one(session, name, {}).take_in_aside(found, slot, there)
        if taken:
            self.tree.settle(slot.path)
            return
        kept = self.tree.keep(slot.path)
        reason = f"was saved while it was being replaced, and cannot be used; what was saved is kept as {kept}"
        report(self.tell, [Problem(path=slot.path, line=0, reason=reason)])

    def _agree(self, output: Output) -> None:
        with self.database.write() as session:
            row = session.get(DbTreeFile, output.slot.path)
            if output.digest is None or output.want is None:
                if row is not None:
                    session.delete(row)
                return
            row = row or DbTreeFile(path=output.slot.path)
            row.digest, row.refused = output.digest, ""  # what was refused stands there no more
            row.state, row.revision_id = output.want.state, output.want.revision_id
            row.translation_id = session.get_one(DbRevision, output.want.revision_id).translation_id
            row.seen_at = datetime.now(UTC)
            remember(row, output.problems)
            session.add(row)

    def _clear_up(self, name: DocumentName) -> None:
        """Take in, or put back, what a killed run left set aside."""
        if self.check:
            return
        for folder in self._folders(name):
            for found in self.tree.leftovers(folder):
                slot = next((slot for slot in self._possible(name) if slot.path == found.path), None)
                if slot is None:
                    continue
                with self.database.read() as session:
                    row = session.get(DbTreeFile, found.path)
                    known = row is not None and row.digest == found.digest
                if known:
                    self.tree.settle(found.path)
                else:
                    self.take_in_aside(name, slot, found)

    def _folders(self, name: DocumentName) -> Iterator[str]:
        if name.kind is not Kind.CATALOGUE:
            yield place_of(name)
            return
        yield "translations"
        for identifier in self.tree.names("translations", folders=True):
            yield f"translations/{identifier}/LC_MESSAGES"

    def _possible(self, name: DocumentName) -> Iterator[Slot]:
        yield from slots_in(self.tree, name)
        with self.database.read() as session:
            document = find_document(session, name)
            for translation in document.translations if document is not None else ():
                for draft in (False, True):
                    yield Slot(document=name, locale=translation.locale, draft=draft)
