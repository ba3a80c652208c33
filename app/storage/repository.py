"""The repository that holds the tree: what its commits hold (`storage.branch` moves its branch on).

Paths here are logical where they are of the tree (`content/…`, `translations/…`, wherever its folders are in the
repository), and else those of git. The files of the tree are read and written by `storage.tree` alone: git looks at the
rest of its folder, and at its own.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from app.domain.errors import BadText, Problem
from app.storage.git import Git, GitError, c_quoted, records
from app.storage.tree import Tree

_REGULAR: Final = frozenset({"100644", "100755"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a commit has under a path: mode and object as git writes them."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        """Tell a file from a symbolic link and from another repository."""
        return self.mode in _REGULAR


Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between two commits under a path of git's; None: nothing stands there."""

    path: str
    before: Entry | None
    after: Entry | None


class Repository:
    """The clone that both folders of the tree are in, on the branch that is meant."""

    def __init__(self, git: Git, branch: str, folders: Mapping[str, str]) -> None:
        self.git, self.branch, self.ref, self.folders = git, branch, f"refs/heads/{branch}", folders
        self.folder = Path(git.line("rev-parse", "--absolute-git-dir"))
        self.algorithm = git.line("rev-parse", "--show-object-format")

    @classmethod
    def open(cls, tree: Tree, branch: str) -> Self:
        """Return the repository of a tree; GitError if there is none, or two of them."""
        tops = {root: _top(root, folder) for root, folder in tree.roots.items()}
        if len(set(tops.values())) > 1:
            raise GitError(f"{' and '.join(tops)} are in two repositories, and a commit holds both")
        top = next(iter(tops.values()))
        folders = {root: folder.resolve().relative_to(top).as_posix() for root, folder in tree.roots.items()}
        return cls(Git(top), branch, {root: "" if folder == "." else f"{folder}/" for root, folder in folders.items()})

    def logical(self, path: str) -> str | None:
        """Return the path in the tree of a path of git's, None if it is not in the tree."""
        found = [(len(folder), root) for root, folder in self.folders.items() if path.startswith(folder)]
        if not found:
            return None
        length, root = max(found)
        return f"{root}/{path[length:]}"

    def own(self, logical: str) -> str:
        """Return git's path of a path in the tree."""
        root, _, rest = logical.partition("/")
        return self.folders[root] + rest

    def commit(self, name: str) -> str | None:
        """Return the commit that a full name of a reference stands for, None if there is none."""
        return self.git.says("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")

    def fork(self, ours: str, theirs: str) -> str:
        """Return the newest commit that both began from; GitError if they have nothing in common."""
        found = self.git.says("merge-base", ours, theirs)
        if found is None:
            raise GitError("what is there and what is here have no commit in common: that is for a person")
        return found

    def has(self, commit: str, *, within: str) -> bool:
        """Tell whether a commit is part of the history of another."""
        return self.git.says("merge-base", "--is-ancestor", commit, within) is not None

    def own_commits(self, since: str, upto: str) -> list[str]:
        """Return the commits that lead from one to another, the oldest first; of a merge the side that was here."""
        printed = self.git.ask("rev-list", "--first-parent", "--reverse", upto, f"^{since}", "--")
        return printed.decode("ascii").split()

    def entries(self, commit: str | None) -> dict[str, Entry]:
        """Return what a commit has in the tree, by its path in the tree."""
        if commit is None:
            return {}
        found = {}
        for record in records(self.git.ask("ls-tree", "-r", "-z", "--full-tree", commit)):
            told, _, path = record.partition("\t")
            mode, _, blob = told.split(" ")
            if (logical := self.logical(path)) is not None:
                found[logical] = Entry(mode=mode, blob=blob)
        return found

    def changes(self, before: str, after: str) -> list[Change]:
        """Return what differs between two commits, anywhere in the repository."""
        told = iter(records(self.git.ask("diff-tree", "-r", "-z", "--no-renames", "--full-index", before, after)))
        return [_change(line, path) for line, path in zip(told, told, strict=True)]

    def size(self, blob: str) -> int:
        """Return how many bytes a file has."""
        return int(self.git.line("cat-file", "-s", blob))

    def read(self, blob: str) -> bytes:
        """Return a file's bytes."""
        return self.git.ask("cat-file", "blob", blob)

    def names(self, logical: Iterable[str]) -> dict[str, str]:
        """Return what git calls the files of the tree as they are now: an entry's `blob` where they are the same."""
        paths = [path for path in logical if _is_regular(self.git.folder / self.own(path))]
        asked = b"".join(c_quoted(self.own(path)) + b"\n" for path in paths)
        if not asked:
            return {}
        printed = self.git.ask("hash-object", "--no-filters", "--stdin-paths", given=asked)
        return dict(zip(paths, printed.decode("ascii").split(), strict=True))

    def ignored(self, logical: Iterable[str]) -> set[str]:
        """Return which files of the tree the repository is told to leave out."""
        asked = b"".join(os.fsencode(self.own(path)) + b"\0" for path in logical)
        if not asked:
            return set()
        status, printed, said = self.git.run(("check-ignore", "-z", "--stdin"), given=asked)
        if status > 1:
            raise GitError(said)
        return {path for one in records(printed) if (path := self.logical(one)) is not None}

    def tidy(self) -> None:
        """Let git pack what has come together, if it is much: no call of ours does that by the way."""
        self.git.run(("-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"))


def _top(root: str, folder: Path) -> Path:
    if not folder.is_dir():
        raise BadText(Problem(path=root, line=0, reason="is not there"))
    return Path(Git(folder).line("rev-parse", "--show-toplevel"))


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _change(line: str, path: str) -> Change:
    before, after, old, new, _ = line.removeprefix(":").split(" ")
    return Change(path=path, before=_entry(before, old), after=_entry(after, new))


def _entry(mode: str, blob: str) -> Entry | None:
    return None if mode == "000000" else Entry(mode=mode, blob=blob)
