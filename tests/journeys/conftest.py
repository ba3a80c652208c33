from collections.abc import Iterator
from pathlib import Path

import pytest

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
