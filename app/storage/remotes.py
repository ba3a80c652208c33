"""The remote that a repository is exchanged with: its branch brought here, and ours taken there."""

from typing import Final

from app.domain.errors import Refusal
from app.storage.git import GitError
from app.storage.repository import Repository

SEEN: Final = "refs/tilmash/seen"
"""Where the remote's branch was when it was last taken in."""

_FETCHED: Final = "refs/tilmash/fetched"


class Overtaken(Refusal):
    """Somebody else pushed in between: what they pushed has to be taken in first."""


def fetch(repository: Repository, remote: str) -> str | None:
    """Bring the commits of the remote's branch here, and return its newest; None if there is no such branch.

    No file and no branch changes. GitError if the remote cannot be reached.
    """
    ask, ref = repository.git.ask, repository.ref
    if not ask("ls-remote", "--quiet", "--heads", "--", remote, ref):
        return None
    ask("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, f"+{ref}:{_FETCHED}")
    return repository.commit(_FETCHED)


def push(repository: Repository, remote: str, commit: str) -> None:
    """Let the remote's branch be at a commit. Overtaken, or GitError if it says no or cannot be reached."""
    words = ("push", "--quiet", "--porcelain", "--no-verify", "--", remote, f"{commit}:{repository.ref}")
    status, printed, said = repository.git.run(words)
    if not status:
        return
    told = printed.decode("utf-8", "replace").splitlines()
    reason = next((line.rpartition("\t")[2] for line in told if line.startswith("!")), said)
    if reason.startswith("[rejected]") or "cannot lock ref" in reason or "failed to update ref" in reason:
        raise Overtaken(reason)
    raise GitError(reason)


def remember(repository: Repository, commit: str) -> str | None:
    """Remember what was taken in; return what was seen before and is no part of it any more, as kept for good.

    Who pushes by force takes commits out of a history; with a name of their own none of them is lost here.
    """
    before = repository.commit(SEEN)
    lost = None
    if before is not None and not repository.has(before, within=commit):
        lost = f"refs/tilmash/rewritten/{before}"
        repository.git.ask("update-ref", lost, before)
    repository.git.ask("update-ref", SEEN, commit)
    return lost
