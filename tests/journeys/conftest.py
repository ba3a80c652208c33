import shutil
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


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str) -> Path:
    """A folder with a site whose tree is in a repository, and the bare repository beside it: to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "site").mkdir()
    site = Site(folder / "site", databases.sqlite_copy(sqlite_template, folder / "site/test.db"))
    site.begin(bare(folder / "remote.git"))
    site.database.dispose()
    return folder


@pytest.fixture
def site(begun: Path, tmp_path: Path) -> Iterator[Site]:
    """A site whose tree is in a repository that others push to."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    site = Site(tmp_path / "site", f"sqlite:///{tmp_path / 'site/test.db'}", fresh=False)
    yield site
    site.database.dispose()


@pytest.fixture
def remote(site: Site) -> Path:
    return site.root.with_name("remote.git")
