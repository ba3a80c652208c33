"""What a remote changed comes into the tree, file by file, and is synchronised: by the rules for any edit of a file."""

from collections.abc import Iterable, Sequence

from app.domain.documents import DocumentName
from app.domain.errors import BadText, Problem
from app.services.repository.incoming import expect
from app.services.sync.moves import Move, Tell, report
from app.services.sync.slots import Slot, readable, slot_at
from app.storage.repository import Change, Entry, Repository
from app.storage.tree import LARGEST, Found
from app.storage.tree_files import DbTreeFile
from app.worker.synchroniser import Synchroniser, in_order
from app.worker.watching import document_of
from app.worker.workplace import Workplace


class Pulling:
    """Puts what the remote changed into the tree, and has it synchronised."""

    def __init__(
        self, place: Workplace, repository: Repository, synchroniser: Synchroniser, commit: str, *,
        tell: Tell, check: bool,
    ) -> None:  # fmt: skip
        self.place, self.repository, self.synchroniser, self.commit = place, repository, synchroniser, commit
        self.tell, self.check = tell, check

    def take_in(self, changes: Sequence[Change]) -> None:
        """Take in the files of the tree among these changes; a file that cannot be is told, and stays as it was.

        Their documents are synchronised before as well: what somebody saved a moment ago is an edit of what stood
        there then, and is in before the base of the file's next change is another.
        """
        found = [(path, change) for change in changes if (path := self.repository.logical(change.path)) is not None]
        names = in_order({name for path, _ in found if (name := _document_at(path)) is not None})
        self._synchronise(names)
        for path, change in found:
            try:
                self._place(path, change)
            except BadText as refusal:
                report(self.tell, refusal.problems)
        self._synchronise(names)

    def _synchronise(self, names: Iterable[DocumentName]) -> None:
        if self.check:
            return
        self.synchroniser.read_site()
        for name in names:
            self.synchroniser.attempt(name)

    def _place(self, path: str, change: Change) -> None:
        """Put one file where the tree has it, unless it is there or in already. BadText says why it cannot be."""
        after, slot = self._read(path, change.after), slot_at(path)
        if slot is None and not self.check:
            self._clear_up(path, change)
        here = self._here(path)
        if after == (here.raw if here is not None else None):
            return
        if slot is not None and after is not None:
            self._place_text(slot, change, after, here)
        elif here is not None and not self._is(here, change.before):
            raise BadText(Problem(path=readable(path), line=0, reason=self._collision(after)))
        elif self._exchange(path, after, here.digest if here is not None else "") is not None:
            kept = self.place.tree.keep(path)
            raise BadText(Problem(path=readable(path), line=0, reason=f"was saved just now; that is kept as {kept}"))

    def _place_text(self, slot: Slot, change: Change, after: bytes, here: Found | None) -> None:
        before = self._read(slot.path, change.before) if change.before is not None and change.before.is_file else None
        agreed = self._expect(slot, before, after)
        if agreed is None:
            return
        if here is not None and self._is(here, change.before):
            agreed = here.digest  # also of a file that could not be used: it is in the repository for good
        aside = self._exchange(slot.path, after, agreed)
        if aside is not None:  # an editor saved in that instant: an edit of what stood there, and not of theirs
            self.synchroniser.take_in_aside(slot.document, slot, aside)
            self._expect(slot, before, after)

    def _clear_up(self, path: str, change: Change) -> None:
        """Put back, or let go, what a killed run left set aside of a file that no synchronisation looks for."""
        for found in self.place.tree.leftovers(path.rpartition("/")[0]):
            if found.path == path and self._is(found, change.before):
                self.place.tree.settle(path)
            elif found.path == path:
                self.place.tree.keep(path)

    def _exchange(self, path: str, after: bytes | None, agreed: str) -> Found | None:
        """Put a file in its place; return what was found there that nobody had agreed on."""
        self.tell(Move(what="pulled", path=readable(path)))
        return None if self.check else self.place.tree.exchange(path, after, agreed=agreed or None).aside

    def _expect(self, slot: Slot, before: bytes | None, after: bytes) -> str | None:
        """Let the database expect an edit of `before`; return the digest of what is agreed on, None if it is in."""
        with self.place.database.write() as session:
            row = session.get(DbTreeFile, slot.path)
            agreed = row.digest if row is not None else ""
            new = expect(session, slot, before=before, after=after, actor=self.synchroniser.actor())
            if self.check:
                session.rollback()
                session.info.clear()
        return agreed if new else None

    def _here(self, path: str) -> Found | None:
        return self.place.tree.read_at_once(path, anyhow=True)

    def _is(self, here: Found, entry: Entry | None) -> bool:
        return entry is not None and entry.is_file and self.repository.read(entry.blob) == here.raw

    def _read(self, path: str, entry: Entry | None) -> bytes | None:
        """Return what the repository has; BadText for what is not put into a tree."""
        reason = ""
        if entry is not None and not entry.is_file:
            reason = "is a symbolic link or another repository there, and is not taken in"
        elif entry is not None and self.repository.size(entry.blob) > LARGEST:
            reason = f"is larger than {LARGEST // 1_000_000} MB there, and is not taken in"
        elif any(part.lower() == ".git" or part.lower().startswith("git~") for part in path.split("/")):
            reason = "is a name of git's own, and is not taken in"
        if reason:
            raise BadText(Problem(path=readable(path), line=0, reason=reason))
        return self.repository.read(entry.blob) if entry is not None else None

    def _collision(self, after: bytes | None) -> str:
        if after is None:
            return f"was deleted there and changed here; it stays as it is here (their commit: {self.commit[:12]})"
        return f"was changed here and there; it stays as it is here, and theirs is in their commit {self.commit[:12]}"


def _document_at(path: str) -> DocumentName | None:
    root, *parts = path.split("/")
    try:
        return document_of(root, tuple(parts))
    except ValueError:
        return None
