"""Somebody's terminal: what scripts and packagers do, by processes."""

import os
import subprocess
import sys
from pathlib import Path

from app.domain.people import Grant
from app.storage.database import Database
from tests.desk import hire
from tests.journeys.loaded import ROOT, Loaded
from tests.trees import FACTS, FOLDER, SITE, article

TILMASH = Path(sys.executable).with_name("tilmash")
EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'
PATIENCE = 90  # seconds; a busy machine is no fault of ours


class Shell:
    """Somebody's terminal: a folder with a tree, and the environment."""

    def __init__(self, root: Path, url: str = "") -> None:
        self.root = root
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "PYTHONDONTWRITEBYTECODE": "1",
        } | ({"DATABASE_URL": url} if url else {})

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(target, (1_700_000_000, 1_700_000_000))  # saved long ago: quiet

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [TILMASH, *arguments]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def hire(self, name: str, *grants: Grant) -> None:
        """Give somebody an account with these roles."""
        database = Database(f"sqlite:///{self.root / 'var/tilmash.db'}")
        hire(database, name, name.title(), "en", grants)
        database.dispose()

    def ok(self, *arguments: str | Path) -> str:
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout


class LoadedShell(Shell):
    """Starts commands from a Python that has loaded them already."""

    def __init__(self, root: Path, loaded: Loaded) -> None:
        super().__init__(root)
        self.loaded = loaded

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = map(str, arguments)
        return self.loaded.run(*words, cwd=self.root, environment=self.environment, patience=PATIENCE)


def with_a_site(shell: Shell) -> Shell:
    """A small site of one item, in a folder of its own."""
    shell.write("content/site.toml", SITE)
    shell.write(f"content/{FOLDER}/item.toml", FACTS)
    shell.write(f"content/{FOLDER}/en.md", EN)
    (shell.root / "translations").mkdir()
    return shell
