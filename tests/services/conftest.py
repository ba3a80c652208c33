from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import Copies
from tests.desk import open_office
from tests.services.rooms import Room


@pytest.fixture
def room(tmp_path: Path, template: str, copies: Copies) -> Iterator[Room]:
    with copies.of(open_office, template, tmp_path) as place:
        yield Room(place)
