from pathlib import Path

import pytest

from tests.journeys.shell import Shell, with_a_site


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return with_a_site(tmp_path)
