"""What many tests begin with, a tree and its database, made once for each dialect and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import databases
from tests.trees import Place

Make = Callable[[Place], None]
"""Fills a tree that is empty but for its settings, and its migrated database."""


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
        self._made: dict[tuple[Make, str], Place] = {}

    @contextmanager
    def of(self, make: Make, template: str, root: Path) -> Iterator[Place]:
        """Give a copy, below `root`, of what `make` made of a copy of the database at the address `template`."""
        made = self._made.get((make, template)) or self._make(make, template)
        shutil.copytree(made.root, root, dirs_exist_ok=True)
        with fresh_database(made.url, root / "test.db") as url:
            place = Place(root, url, fresh=False)
            yield place
            place.database.dispose()

    def _make(self, make: Make, template: str) -> Place:
        folder = self.folder / str(len(self._made))
        root = folder / "root"
        root.mkdir(parents=True)
        place = Place(root, self.stack.enter_context(fresh_database(template, folder / "made.db")))
        make(place)
        place.database.dispose()
        self._made[make, template] = place
        return place
