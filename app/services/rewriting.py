"""A gettext file is written anew from what stands there, and a save in that very instant is not overwritten."""

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import BadText, Problem
from app.storage.tree import Tree, digest_of_bytes

_TRIES = 5  # an editor that saves at every one of them is told


def rewrite(folder: Path, file: Path, make: Callable[[bytes | None], bytes | None]) -> bool:
    """Put what `make` makes of a file's bytes (None: there is none) in its place; tell whether that changed a byte.

    `folder` is that of the gettext files; where `make` gives None the file is left alone. What somebody saves meanwhile
    goes back to its place, and is what `make` is given next. BadText if that cannot be done (then what was saved is
    kept beside the file, in sight, and named), or if the file cannot be written. The caller holds `only_here`.
    """
    tree, path = Tree(content=folder, translations=folder), f"translations/{file.relative_to(folder).as_posix()}"
    _put_aside(tree, path)
    for _ in range(_TRIES):
        raw = file.read_bytes() if file.exists() else None
        new = make(raw)
        if new is None or new == raw:
            return False
        done = tree.exchange(path, new, agreed=None if raw is None else digest_of_bytes(raw))
        if done.aside is None and done.placed:
            return True
        if done.aside is not None:
            _put_back(tree, path, done.aside.raw, over=new)
    raise BadText(Problem(path=path, line=0, reason="is saved again and again while it is to be written anew"))


def _put_back(tree: Tree, path: str, saved: bytes, *, over: bytes) -> None:
    kept = tree.real(path).with_name(tree.keep(path))
    done = tree.exchange(path, saved, agreed=digest_of_bytes(over))
    if done.aside is None and done.placed:
        kept.unlink()
        return
    names = [kept.name] + ([tree.keep(path)] if done.aside is not None else [])
    reason = f"was saved twice while it was written anew; what was saved is kept as {' and '.join(names)}"
    raise BadText(Problem(path=path, line=0, reason=reason))


def _put_aside(tree: Tree, path: str) -> None:
    """Clear up after a run that was killed: what it had set aside goes back, or is kept in sight."""
    for found in tree.leftovers(path.rpartition("/")[0]):
        if found.path == path:
            reason = f"was saved while a run that was killed replaced it; what was saved is kept as {tree.keep(path)}"
            raise BadText(Problem(path=path, line=0, reason=reason))
