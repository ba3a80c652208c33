from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.rooms import Room


@pytest.fixture
def room(tmp_path: Path, database_url: str) -> Iterator[Room]:
    room = Room(tmp_path, database_url)
    yield room
    room.place.database.dispose()
