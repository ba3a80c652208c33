"""The branch that is checked out, moved on without a word of the tree's own being touched.

Files of the tree are read and written by `storage.tree` alone; git looks at the rest of the folder, and at its own.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from app.storage.git import GitError
from app.storage.repository import Entry, Repository

MOVING: Final = "refs/tilmash/moving"
"""Where the branch is being moved to: what a run that was killed goes on with."""

_FROM: Final = "refs/tilmash/moved-from"
_BUSY: Final = {
    "MERGE_HEAD": "a merge", "rebase-merge": "a rebase", "rebase-apply": "a rebase", "CHERRY_PICK_HEAD": "a pick",
    "REVERT_HEAD": "a revert", "BISECT_LOG": "a search for a fault",
}  # fmt: skip


def head(repository: Repository) -> str | None:
    """Return the commit that the branch is at, None if it has none; GitError where nobody may commit just now."""
    for name, what in _BUSY.items():
        if (repository.folder / name).exists():
            raise GitError(f"somebody is in the middle of {what} there: it has to be ended first")
    on = repository.git.says("symbolic-ref", "--quiet", "HEAD")
    if on is None:
        raise GitError(f"no branch is checked out there (HEAD is detached): `git switch {repository.branch}` mends it")
    if on != repository.ref:
        named = on.removeprefix("refs/heads/")
        raise GitError(f"the branch {named} is checked out there, and TILMASH_GIT names {repository.branch}")
    if repository.git.ask("ls-files", "--unmerged", "-z"):
        raise GitError("files there are in conflict: that has to be settled first")
    return repository.commit(repository.ref)


def move(repository: Repository, before: str | None, after: str) -> None:
    """Move the branch on: files outside of the tree follow, those of the tree are the caller's and stay.

    What somebody changed outside and has not committed is never overwritten: GitError, and nothing has moved. What
    somebody staged there stays staged. A run that is killed at any point is gone on with by `recover`.
    """
    if before == after:
        return
    if before is not None:
        repository.git.ask("update-ref", _FROM, before)
    repository.git.ask("update-ref", MOVING, after)
    try:
        _check_out(repository, before, after)
        repository.git.ask("update-ref", "-m", "tilmash sync --git", repository.ref, after, before or "0" * len(after))
    except GitError:
        _forget(repository)
        raise
    _index(repository, before, after)
    _forget(repository)


def recover(repository: Repository) -> None:
    """Go on with a move that a kill cut short, unless somebody has been there since."""
    after = repository.commit(MOVING)
    if after is None:
        return
    before, now = repository.commit(_FROM), head(repository)
    if now == after:
        _index(repository, before, after)
    elif now == before:
        move(repository, before, after)
    _forget(repository)


def _forget(repository: Repository) -> None:
    repository.git.ask("update-ref", "-d", MOVING)
    repository.git.ask("update-ref", "-d", _FROM)


def _check_out(repository: Repository, before: str | None, after: str) -> None:
    """Let files outside of the tree follow, as a fast forward of git's own does."""
    changed = repository.changes(before, after) if before is not None else []
    outside = {one.path: one.after for one in changed if repository.logical(one.path) is None}
    if before is None or not outside:
        return
    scratch = repository.folder / "tilmash-index"
    also = {"GIT_INDEX_FILE": os.fspath(scratch)}
    with suppress(FileNotFoundError):
        scratch.unlink()
    try:
        repository.git.ask("read-tree", before, also=also)
        _enter(repository, outside, also=also)
        target = os.fsdecode(repository.git.ask("write-tree", also=also)).strip()
    finally:
        scratch.unlink(missing_ok=True)
    repository.git.run(("update-index", "-q", "--refresh"))
    repository.git.ask("read-tree", "-m", "-u", before, target)


def _index(repository: Repository, before: str | None, after: str) -> None:
    """Let git know the files of the tree as they were committed, so that `git status` does not call them staged."""
    entries: dict[str, Entry | None]
    if before is None:
        entries = {repository.own(path): one for path, one in repository.entries(after).items()}
    else:
        changed = repository.changes(before, after)
        entries = {one.path: one.after for one in changed if repository.logical(one.path) is not None}
    _enter(repository, entries)
    repository.git.run(("update-index", "-q", "--refresh"))


def _enter(
    repository: Repository, entries: Mapping[str, Entry | None], *, also: Mapping[str, str] | None = None
) -> None:
    gone = "0" * (64 if repository.algorithm == "sha256" else 40)
    lines = (
        b"%b %b\t%b\0" % (
            (one.mode if one else "0").encode(), (one.blob if one else gone).encode(), os.fsencode(path),
        )
        for path, one in sorted(entries.items(), key=lambda entry: entry[1] is not None)
    )  # fmt: skip
    repository.git.ask("update-index", "-z", "--index-info", given=b"".join(lines), also=also)
