"""New commits, made in one go beside branch, index and files: until the branch is moved on nobody sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.storage.git import GitError, c_quoted
from app.storage.repository import Entry, Repository

_NEXT: Final = "refs/tilmash/next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who, with which address, and when (aware)."""

    name: str
    address: str
    at: datetime

    def __bytes__(self) -> bytes:
        """Return it as it stands in a commit."""
        return f"{_plain(self.name)} <{_plain(self.address)}> {int(self.at.timestamp())} +0000".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A file that the repository does not have yet."""

    mode: str = "100644"
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit to be: what is to stand under paths of git's, None where nothing is.

    `author` may be a line as git has it, of a commit that is made anew.
    """

    author: Signature | bytes
    message: bytes
    files: Mapping[str, Fresh | Entry | None]


def add(repository: Repository, onto: str | None, commits: Iterable[Commit], committer: Signature) -> str | None:
    """Add commits one after the other; return the last, `onto` if there are none. GitError, and there are none."""
    made = list(commits)
    if not made:
        return onto
    stream = [b"feature done\n", b"reset %b\n" % _NEXT.encode()]
    stream += [b"from %b\n" % onto.encode()] if onto is not None else []
    stream.append(b"\n")
    for commit in made:
        author = commit.author if isinstance(commit.author, bytes) else bytes(commit.author)
        stream += [b"commit %b\n" % _NEXT.encode(), b"author %b\n" % author, b"committer %b\n" % bytes(committer)]
        stream.append(_data(commit.message))
        # removals first: a folder may stand where a file did
        for path, what in sorted(commit.files.items(), key=lambda one: one[1] is not None):
            stream.append(_file(path, what))
        stream.append(b"\n")
    repository.git.ask("fast-import", "--quiet", "--force", "--done", given=b"".join((*stream, b"done\n")))
    last = repository.commit(_NEXT)
    repository.git.ask("update-ref", "-d", _NEXT)
    if last is None:
        raise GitError("the commits that were made are not there")
    return last


def author_and_message(repository: Repository, commit: str) -> tuple[bytes, bytes]:
    """Return the line of a commit's author as git has it, and its message."""
    raw = repository.git.ask("cat-file", "commit", commit)
    head, _, message = raw.partition(b"\n\n")
    author = next(line for line in head.split(b"\n") if line.startswith(b"author "))
    return author.removeprefix(b"author "), message


def _file(path: str, what: Fresh | Entry | None) -> bytes:
    quoted = c_quoted(path)
    if what is None:
        return b"D %b\n" % quoted
    if isinstance(what, Entry):
        return b"M %b %b %b\n" % (what.mode.encode(), what.blob.encode(), quoted)
    return b"M %b inline %b\n%b" % (what.mode.encode(), quoted, _data(what.raw))


def _data(raw: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(raw), raw)


def _plain(words: str) -> str:
    """Return words without what ends a name in a commit."""
    return " ".join("".join(sign if sign.isprintable() and sign not in "<>" else " " for sign in words).split())
