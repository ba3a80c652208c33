"""Folders and files that nobody but their owner may look into, whatever the umask of the shell that began it all."""

import os
import tempfile
from pathlib import Path


def private_folder(path: Path) -> None:
    """Make a folder for its owner alone, if it is missing. One that is there keeps the rights that somebody gave it.

    FileExistsError if something else stands there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    else:
        path.chmod(0o700)  # a umask takes from `mode`, perhaps from the owner too


def private_file(path: Path, content: bytes = b"") -> None:
    """Make a file for its owner alone, if it is missing. Of two who do so at once both find it whole."""
    if path.exists():
        return
    number, written = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            os.fchmod(number, 0o600)
            file.write(content)
        os.link(written, path)
    except FileExistsError:
        pass  # the other was quicker
    finally:
        Path(written).unlink()
