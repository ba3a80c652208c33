"""A site that a build without share pictures took its photos in has them after the next synchronisation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from app.domain.segments import Tag
from app.domain.stored import StoredPhoto
from app.queries import machines
from app.storage.folder_media import DbMedia
from tests import databases
from tests.storage.photographs import encoded, halves
from tests.trees import FOLDER, Place, article


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.write(f"content/{FOLDER}/photos/hall.jpg", encoded(halves()))
    facts = 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\nphotos = ["photos/hall.jpg"]\n'
    place.item(item=facts, en=article("Opening", "It opens.", slug="opening"))
    place.sync()
    yield place
    place.database.dispose()


def cuts(place: Place) -> list[str | None]:
    with place.database.read() as session:
        (item,) = machines.newest(session, Tag("en"), tagged=None, size=9)
    return [picture.cut.path if picture.cut else None for picture in item.pictures]


def test_photos_of_an_older_build_are_cut_by_the_next_synchronisation(place: Place) -> None:
    before = cuts(place)
    assert before[0] is not None
    (place.settings.data / "media" / before[0]).unlink()
    with place.database.write() as session:  # as the migration leaves what an older build had stored
        row = session.scalars(select(DbMedia)).one()
        photo = msgspec.json.decode(row.stored, type=StoredPhoto)
        row.stored, row.seen = msgspec.json.encode(replace(photo, cut=None)), ""
    place.sync()
    assert cuts(place) == before
    assert (place.settings.data / "media" / before[0]).is_file()
    place.sync()
    assert [move.what for move in place.moves] == []
