"""The repository's own content as a site has it, taken in once for all processes of a run and copied for who asks."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TREE = ("content", "translations")


def environment_of(root: Path) -> dict[str, str]:
    """Return what commands have to know of a site below `root`."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "TILMASH_DATA": str(root / "var"),
        "TILMASH_CONTENT": str(root / "content"),
        "TILMASH_TRANSLATIONS": str(root / "translations"),
    }


def made_once(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tree and `var`, the data; whoever comes first makes it, and others wait for that."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root, done = shared / "sample", shared / "sample.done"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)
            for folder in TREE:
                shutil.copytree(ROOT / folder, root / folder)
            command = [sys.executable, "-m", "app", "sync"]
            said = subprocess.run(
                command, env=environment_of(root), cwd=ROOT, check=False, capture_output=True, text=True
            )
            assert "problem: 2, taken: " in said.stdout, said.stderr  # two problems are part of the sample
            done.touch()
    return root
