from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import TestDesk


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path, database_url)
    yield desk
    desk.place.database.dispose()
