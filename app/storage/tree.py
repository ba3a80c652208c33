"""The files of the tree: read when they are quiet, replaced without ever overwriting what an editor just saved.

Paths here are logical: `content/…` and `translations/…` with `/`, wherever the two folders are; so no report holds a
path of the server.
"""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from app.domain.errors import BadText, Problem, StillWritten

PATIENCE = 10  # quiet times that a file which grows and grows is waited for
OLD, NEW, KEPT = ".tilmash-old", ".tilmash-new", ".kept-"
LARGEST = 60_000_000  # bytes: an attachment; texts have their own, smaller limits


def digest_of_bytes(raw: bytes) -> str:
    """Return SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file as it was read; `signature` is what `Tree.signature` says of these very bytes, if that was asked."""

    path: str
    raw: bytes
    signature: str = field(default="", compare=False)

    @property
    def digest(self) -> str:
        """Return SHA-256 of its bytes."""
        return digest_of_bytes(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """Whether the new text is in its place, and what was found in the old one's that nobody had agreed on."""

    placed: bool
    aside: Found | None


class Tree:
    """The two folders of the tree. `quiet` is how long (seconds) a file has to be left alone before it is read."""

    def __init__(self, *, content: Path, translations: Path, quiet: float = 0.5) -> None:
        self.roots = {"content": content, "translations": translations}
        self.quiet = quiet

    def real(self, path: str) -> Path:
        """Return where a logical path is on this machine. ValueError for one that leads out of the tree."""
        root, *parts = PurePosixPath(path).parts
        if root not in self.roots or any(part in {"..", "."} or "\0" in part for part in parts):
            raise ValueError(f"not a path of the tree: {path!r}")
        return self.roots[root].joinpath(*parts)

    def _folder(self, folder: str) -> Path:
        """Return where a folder is; BadText if a symbolic link leads out of the tree on the way to it."""
        real = self.real(folder)
        root = self.roots[PurePosixPath(folder).parts[0]]
        if not real.resolve().is_relative_to(root.resolve()):
            raise BadText(Problem(path=folder, line=0, reason="leads out of the tree, by a symbolic link"))
        return real

    def _inside(self, path: str) -> Path:
        """Return where a file is; BadText as `_folder`."""
        self._folder(path.rpartition("/")[0])
        return self.real(path)

    def names(self, folder: str, *, folders: bool = False) -> list[str]:
        """Return the names of the files (or of the folders) in a folder, sorted, hidden ones left out.

        Nothing of a folder that isn't there: what was in it is then reported as vanished. BadText if it cannot be read.
        """
        entries = self._entries(folder)
        return [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir() == folders]

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.real(folder)) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise BadText(Problem(path=folder, line=0, reason=f"cannot be read ({error.strerror})")) from None

    def signature(self, path: str) -> str | None:
        """Return size and time of change, None if there is no such file: enough to tell a photo that was replaced."""
        try:
            return _signature(self.real(path).lstat())
        except OSError:
            return None

    def read(self, path: str) -> Found | None:
        """Return a file once it has been quiet, None if there is none.

        BadText if it is no regular file or too large, StillWritten after ten times the quiet time.
        """
        for _ in range(PATIENCE):
            try:
                return self.read_at_once(path)
            except StillWritten as refusal:
                time.sleep(refusal.left)
        return self.read_at_once(path)

    def read_at_once(self, path: str, *, anyhow: bool = False) -> Found | None:
        """Do as `read` without waiting: StillWritten for a file that is not quiet, unless it is wanted `anyhow`."""
        real = self._inside(path)
        try:
            descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            link = error.errno == errno.ELOOP
            reason = "is a symbolic link" if link else f"cannot be read ({error.strerror})"
            raise BadText(Problem(path=path, line=0, reason=reason)) from None
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise BadText(Problem(path=path, line=0, reason="is not a regular file"))
        with os.fdopen(descriptor, "rb") as file:
            if status.st_size > LARGEST:
                raise BadText(Problem(path=path, line=0, reason=f"is larger than {LARGEST // 1_000_000} MB"))
            waited = time.time() - status.st_mtime
            if -1 <= waited < self.quiet and not anyhow:  # a time in the future says nothing
                problem = Problem(path=path, line=0, reason="is still being written")
                raise StillWritten(problem, left=self.quiet - max(waited, 0))
            return Found(path=path, raw=file.read(), signature=_signature(status))

    def exchange(self, path: str, new: bytes | None, *, agreed: str | None) -> Exchanged:
        """Put `new` (None: nothing) in the place of the file whose digest is `agreed` (None: no file).

        The old file is set aside, the new one linked in, and what was set aside is read once more: if it isn't the
        text agreed on it is returned, and stays aside until `settle`. What somebody saved in that instant stays.
        BadText if it cannot be written; what was set aside by then comes back when `leftovers` are cleared up.
        """
        target = self._inside(path)
        try:
            return self._exchange(path, target, new, agreed)
        except OSError as error:
            raise BadText(Problem(path=path, line=0, reason=f"cannot be written ({error.strerror})")) from None

    def _exchange(self, path: str, target: Path, new: bytes | None, agreed: str | None) -> Exchanged:
        aside, fresh = _beside(target, OLD), _beside(target, NEW)
        target.parent.mkdir(parents=True, exist_ok=True)
        if new is not None:
            _write(fresh, new, like=target)
        with suppress(FileNotFoundError):
            target.rename(aside)
        placed = new is None or _link(fresh, target)
        fresh.unlink(missing_ok=True)
        _sync_folder(target.parent)
        found = Found(path=path, raw=aside.read_bytes()) if aside.exists() else None
        if found is None or found.digest == agreed:
            self.settle(path)
            found = None
        return Exchanged(placed=placed, aside=found)

    def add(self, path: str, raw: bytes) -> bool:
        """Put a file where there is none; tell whether it was put there. BadText if it cannot be written."""
        target = self._inside(path)
        fresh = _beside(target, NEW)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(fresh, raw, like=target)
            placed = _link(fresh, target)
            fresh.unlink()
            _sync_folder(target.parent)
        except OSError as error:
            raise BadText(Problem(path=path, line=0, reason=f"cannot be written ({error.strerror})")) from None
        return placed

    def settle(self, path: str) -> None:
        """Forget what was set aside for a file: it is in the database now."""
        _beside(self.real(path), OLD).unlink(missing_ok=True)

    def keep(self, path: str) -> str:
        """Leave what was set aside for a file beside it, in sight, since it is nowhere else; return its name."""
        target = self.real(path)
        number = 1
        while not _link(_beside(target, OLD), kept := target.with_name(f"{target.name}{KEPT}{number}")):
            number += 1
        self.settle(path)
        return kept.name

    def leftovers(self, folder: str) -> Iterator[Found]:
        """Clear up after a run that was killed in the middle of an exchange; call before reading the folder.

        A file set aside with nothing in its place goes back. One whose place was taken is given to the caller, who
        takes it in if it isn't known, and then settles it. BadText if the folder cannot be read.
        """
        real = self._folder(folder)
        for entry in self._entries(folder):
            if not entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                continue
            name, file = entry.name[1:].removesuffix(OLD).removesuffix(NEW), real / entry.name
            if entry.name.endswith(NEW):
                file.unlink()
            elif entry.name.endswith(OLD):
                if _link(file, real / name):
                    file.unlink()
                else:
                    yield Found(path=f"{folder}/{name}", raw=file.read_bytes())


def _signature(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}"


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}{ending}")


def _link(fresh: Path, target: Path) -> bool:
    """Give a file a second name; False if the name is taken."""
    try:
        os.link(fresh, target)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        try:
            with target.open("xb") as file:
                file.write(fresh.read_bytes())
        except FileExistsError:
            return False
    return True


def _write(path: Path, raw: bytes, *, like: Path) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        path.chmod(stat.S_IMODE(like.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
