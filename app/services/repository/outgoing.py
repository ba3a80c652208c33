"""What changed in the tree since a commit, as steps of those who changed it.

Only files that are texts, facts, catalogues, photos or attachments, and `site.toml`: what else lies in the tree is
somebody's own. A text is committed as it is agreed on, so nothing that is just being typed, and no broken file.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, Problem
from app.services.repository.steps import Step, Steps, removed
from app.services.sync.output import wanted
from app.services.sync.slots import Slot, documents_in, folder_of, readable, slot_at, slots_in
from app.services.texts import find_document
from app.storage.repository import Entry, Repository
from app.storage.tree import KEPT, Tree
from app.storage.tree_files import DbTreeFile

SITE = "content/site.toml"
_KINDS = {"news": Kind.NEWS, "pages": Kind.PAGE}


class Outgoing:
    """Compares the tree with a commit. `problems` are what it holds and the tree does not, once `steps` has looked."""

    def __init__(self, session: Session, repository: Repository, tree: Tree, committed: Mapping[str, Entry]) -> None:
        self.session, self.repository, self.tree, self.committed = session, repository, tree, committed
        self.texts = Steps(session)
        self.problems: list[Problem] = []

    def steps(self) -> list[Step]:
        """Return what is to be committed, in the order in which it was done."""
        files = dict(self._files())
        names = self.repository.names(files)
        new = self.repository.ignored(path for path in files if path not in self.committed)
        steps = [
            step for path, slot in files.items() if path not in new and not self._is_committed(path, names.get(path))
            for step in self._of(path, slot)
        ]  # fmt: skip
        steps += [step for path in sorted(self.committed.keys() - files.keys()) for step in self._gone(steps, path)]
        return sorted(steps, key=lambda step: step.place)

    def _files(self) -> Iterator[tuple[str, Slot | None]]:
        if self.tree.signature(SITE) is not None:
            yield SITE, None
        for name in documents_in(self.tree):
            if isinstance(name, DocumentName):
                with suppress(BadText):  # a folder that cannot be read was told where it was to come in
                    yield from [(slot.path, slot) for slot in slots_in(self.tree, name)]
                    if name.kind is not Kind.CATALOGUE:
                        yield from [(path, None) for path in _media(self.tree, folder_of(name))]

    def _is_committed(self, path: str, name: str | None) -> bool:
        known = self.committed.get(path)
        return known is not None and known.is_file and known.blob == name

    def _of(self, path: str, slot: Slot | None) -> list[Step]:
        try:
            found = self.tree.read_at_once(path, anyhow=True)
        except BadText:
            return []  # told where it was to come in
        known = self.committed.get(path)
        if found is None:
            return []
        if slot is not None:
            before = self.repository.read(known.blob) if known is not None and known.is_file else None
            return self.texts.of(slot, found, before)
        folder, _, name = path.removeprefix("content/").partition("/")[2].partition("/")
        document = "" if path == SITE else str(DocumentName(kind=_KINDS[path.split("/")[1]], name=folder))
        author = self.texts.deeds.of_media(document, name) if document else ""
        said = f"{path}: {'added' if known is None else 'replaced'}"
        return [Step(place=0, author=author, document=document, sentence=said, path=path, raw=found.raw)]

    def _gone(self, steps: list[Step], path: str) -> Iterator[Step]:
        """Yield the removal of a draft that the database has taken away; of anything else nothing is deleted."""
        slot, entry = slot_at(path), self.committed[path]
        if not entry.is_file:
            reason = "is a symbolic link or another repository there: nothing is put in its place here"
            self.problems.append(Problem(path=readable(path), line=0, reason=reason))
        elif slot is not None and slot.draft and self._was_taken_away(slot):
            yield removed(steps, slot)
        elif slot is not None and self.session.get(DbTreeFile, path) is None:
            reason = "is in the repository and not here; nothing is deleted: `git rm` it there, or restore it"
            self.problems.append(Problem(path=readable(path), line=0, reason=reason))

    def _was_taken_away(self, slot: Slot) -> bool:
        document = find_document(self.session, slot.document)
        translation = document.text_in(slot.locale) if document is not None else None
        known = self.session.get(DbTreeFile, slot.path)
        return translation is not None and known is None and wanted(translation, draft=True) is None


def _media(tree: Tree, folder: str) -> Iterator[str]:
    """Yield the files in the folders of an item: its photos and attachments, wherever its facts look for them."""
    for inner in tree.names(folder, folders=True):
        if inner.isprintable():
            yield from (f"{folder}/{inner}/{name}" for name in tree.names(f"{folder}/{inner}") if KEPT not in name)
