from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.clones import Site, bare
from tests.journeys.loaded import Loaded
from tests.journeys.shell import Shell, with_a_site


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return with_a_site(Shell(tmp_path))


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    loaded = Loaded(tmp_path_factory.mktemp("loaded"))
    yield loaded
    loaded.stop()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return bare(tmp_path / "remote.git")


@pytest.fixture
def site(tmp_path: Path, remote: Path, sqlite_template: str) -> Iterator[Site]:
    """A site whose tree is in a repository that others push to."""
    root = tmp_path / "site"
    root.mkdir()
    site = Site(root, databases.sqlite_copy(sqlite_template, root / "test.db"))
    site.begin(remote)
    yield site
    site.database.dispose()
