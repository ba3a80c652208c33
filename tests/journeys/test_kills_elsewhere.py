"""What is not an exchange of texts outlives a kill too: new settings, photos, what is scheduled."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.pages import ItemPage
from app.domain.segments import NO_LANGUAGE, Tag
from app.queries import reading
from app.services import revisions
from app.services.texts import find
from app.storage.texts import DbRevision
from tests import databases
from tests.journeys import killed
from tests.journeys.texts_of_every_kind import BEGINNING, PHOTO, PHOTOS
from tests.readers import assert_as_computed_afresh
from tests.trees import EDITOR, FACTS, ITEM, SITE, Place, article


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    for path, text in BEGINNING.items():
        place.write(path, text)
    place.write(PHOTO, PHOTOS[0])
    place.sync()
    yield place
    place.database.dispose()


@pytest.mark.parametrize("point", range(1, 6))
def test_every_page_follows_new_settings_wherever_the_worker_is_killed(place: Place, point: int) -> None:
    place.write("content/site.toml", SITE.replace('ky = ["ru", "en"]', 'ky = ["en"]\nde = ["ru"]'))
    place.database.dispose()
    assert killed.work(place.root, place.url, killed.Act(at=point, do=killed.die)) == -9
    place.sync()
    locales = {row[1] for row in assert_as_computed_afresh(place) if isinstance(row[1], str)}  # rows of media have none
    assert locales == {"en", "ru", "ky", "de"}


@pytest.mark.parametrize("point", range(1, 10))
def test_a_new_item_appears_with_all_of_its_photos_wherever_the_worker_is_killed(place: Place, point: int) -> None:
    """Each photo takes three writes here, and they come before the item's own."""
    new = "content/news/2026-02-02-new"
    place.write(f"{new}/item.toml", FACTS + 'photos = ["photos/b.jpg", "photos/c.jpg"]\n')
    place.write(f"{new}/en.md", article("New", "Words.", slug="new"))
    for name, photo in zip("bc", PHOTOS[1:], strict=True):
        place.write(f"{new}/photos/{name}.jpg", photo)
    place.database.dispose()
    assert killed.work(place.root, place.url, killed.Act(at=point, do=killed.die)) == -9
    for photos in ({None, 2}, {2}):
        with place.database.read() as session:
            page = reading.item(session, Tag("en"), "new")
        assert (len(page.pictures) if isinstance(page, ItemPage) else None) in photos
        place.sync()
    assert_as_computed_afresh(place)


def test_a_photo_of_a_live_item_is_replaced_whatever_a_draft_of_its_facts_says(place: Place) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, NO_LANGUAGE)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, FACTS, EDITOR, base=base, path="desk")
    place.sync()
    place.write(PHOTO, PHOTOS[1])
    place.sync()
    with place.database.read() as session:
        shown = str(assert_as_computed_afresh(place))
    assert sha256(PHOTOS[1]).hexdigest() in shown
