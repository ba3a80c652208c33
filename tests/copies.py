"""What many tests begin with, a tree and its database, made once for each dialect and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import databases

Make = Callable[[Path, str], None]
"""Fills an empty folder and a migrated database, by its address, and closes the database."""


@contextmanager
def fresh_database(template: str, path: Path) -> Iterator[str]:
    """Give the address of a copy of a database: a file at `path` on SQLite."""
    if template.startswith("sqlite"):
        yield databases.sqlite_copy(template.removeprefix("sqlite:///"), path)
    else:
        with databases.postgresql_database(template) as url:
            yield url


class Copies:
    """Keeps what was made until the last test has run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stack = folder, ExitStack()
        self._made: dict[tuple[Make, str], tuple[Path, str]] = {}

    @contextmanager
    def of(self, make: Make, template: str, root: Path) -> Iterator[str]:
        """Let `root` be a copy of the folder that `make` filled, and give the address of a copy of its database."""
        made = self._made.get((make, template)) or self._make(make, template)
        shutil.copytree(made[0], root, dirs_exist_ok=True)
        with fresh_database(made[1], root / "test.db") as url:
            yield url

    def _make(self, make: Make, template: str) -> tuple[Path, str]:
        place = self.folder / f"{len(self._made)}"
        root = place / "root"
        root.mkdir(parents=True)
        url = self.stack.enter_context(fresh_database(template, place / "made.db"))
        make(root, url)
        self._made[make, template] = root, url
        return root, url
