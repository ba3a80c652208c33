"""Commits that were made here and are not at the remote yet, made anew on top of what the remote has by now.

So history stays a line. Each commit keeps its author and its message; a file that both sides changed is merged by
segment (`merging`), and one that cannot be merged so is left as the remote has it: what stands here is committed
afterwards by what the database knows (`outgoing`), or stays here and is told.
"""

from collections.abc import Iterable

from app.services.repository.merging import merged
from app.services.sync.slots import slot_at
from app.storage.commits import Commit, Fresh, author_and_message
from app.storage.git import GitError
from app.storage.repository import Change, Entry, Repository
from app.storage.tree import digest_of_bytes


class Replay:
    """Makes commits anew on top of others. `theirs` is what the remote changed since both began to differ."""

    def __init__(self, repository: Repository, theirs: Iterable[Change]) -> None:
        self.repository = repository
        self.there: dict[str, Entry | None] = {change.path: change.after for change in theirs}
        self.made: dict[str, bytes] = {}

    def anew(self, commits: Iterable[str]) -> list[Commit]:
        """Return these commits as they are on top of the remote's, oldest first; those that say nothing new are gone.

        GitError for a file outside of the tree that both sides changed: that is for a person and for git.
        """
        found = []
        for commit in commits:
            changes = self.repository.changes(f"{commit}^", commit)
            files = {change.path: what for change in changes for what in self._decide(change)}
            if files:
                author, message = author_and_message(self.repository, commit)
                found.append(Commit(author=author, message=message, files=files))
        return found

    def _decide(self, change: Change) -> Iterable[Fresh | Entry | None]:
        """Yield what is to stand under a path, nothing if it stands there already or has to stay as it is."""
        there = self.there.get(change.path, change.before)
        if there == change.after:
            return
        if there == change.before:
            self.there[change.path] = change.after
            yield change.after
            return
        logical = self.repository.logical(change.path)
        if logical is None:
            both = f"{change.path} was changed here and at the remote, and is no file of the tree"
            raise GitError(f"{both}: `git pull --rebase` lets a person settle that")
        raw = self._merged(logical, change, there)
        if raw is not None and there is not None and raw != self._read(there):
            blob = f"made: {digest_of_bytes(raw)}"  # what git calls it is known when it is committed
            self.made[blob] = raw
            self.there[change.path] = Entry(mode=there.mode, blob=blob)
            yield Fresh(mode=there.mode, raw=raw)

    def _merged(self, logical: str, change: Change, there: Entry | None) -> bytes | None:
        slot, here = slot_at(logical), change.after
        if slot is None or there is None or here is None or not (there.is_file and here.is_file):
            return None
        base = change.before if change.before is not None and change.before.is_file else None
        return merged(slot, self._read(base) if base else None, self._read(there), self._read(here))

    def _read(self, entry: Entry) -> bytes:
        return self.made[entry.blob] if entry.blob in self.made else self.repository.read(entry.blob)
