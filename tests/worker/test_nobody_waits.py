"""Nobody waits for another one's photos, or for a file that is still being written: no writer, and no document."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.stored import StoredPhoto
from app.queries import reading
from app.services.sync.moves import Move
from app.storage.database import Database
from app.storage.media import MediaStore
from app.storage.photos import ingest_photo
from app.worker import preparation
from app.worker.watching import Watch
from app.worker.workplace import Workplace
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
OTHER = "content/news/2026-02-02-other"
OTHER_EN = article("Closing", "The centre closes.", slug="closing")
NAMED = FACTS + 'photos = ["photos/a.jpg", "photos/b.jpg"]\n'
PHOTOS = [f"content/{FOLDER}/photos/{name}.jpg" for name in "ab"]
IDLE = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL")


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.item(item=NAMED, en=EN)
    for path, size in zip(PHOTOS, ((60, 40), (40, 60)), strict=True):
        place.write(path, encoded(halves(*size)))
    yield place
    place.database.dispose()


@pytest.fixture
def watch(place: Place) -> Iterator[Watch]:
    workplace = Workplace.open(place.settings, quiet=0)
    yield Watch(workplace)
    workplace.database.dispose()


def others_can_write(url: str) -> None:
    """Write as another process does that would not wait: on PostgreSQL no transaction is open but this one."""
    other = Database(url)
    with other.write() as session:
        if other.engine.dialect.name == "postgresql":
            assert session.scalar(IDLE) == 1
        else:
            session.execute(text("UPDATE outbox SET attempts = attempts"))
    other.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds SQLite locked fails at once, and not in half a minute."""
    monkeypatch.setattr("app.storage.database._BUSY", 0)


def making(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[str], None]) -> None:
    """Let something happen while each photo is made."""

    def made(raw: bytes, *, path: str, store: MediaStore) -> StoredPhoto:
        meanwhile(path)
        return ingest_photo(raw, path=path, store=store)

    monkeypatch.setattr("app.services.sync.darkroom.ingest_photo", made)


def shown(place: Place, slug: str = "opening") -> int | None:
    """How many photos readers see of an item, None if they do not see it."""
    with place.database.read() as session:
        found = reading.item(session, Tag("en"), slug)
    return len(found.pictures) if isinstance(found, ItemPage) else None


def old(*paths: Path) -> None:
    """Let these files have been saved long ago."""
    for path in paths:
        os.utime(path, (0, 0))


def finish(watch: Watch) -> None:
    """Look until nothing is left to come back to."""
    watch.step(set())
    while watch.hurried:
        watch.step(set())


def other(place: Place, words: str = OTHER_EN) -> set[Path]:
    place.write(f"{OTHER}/item.toml", FACTS)
    place.write(f"{OTHER}/en.md", words)
    return {place.path(f"{OTHER}/{name}") for name in ("item.toml", "en.md")}


@pytest.mark.usefixtures("impatient")
def test_others_write_while_a_photo_is_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str]()

    def meanwhile(path: str) -> None:
        others_can_write(place.url)
        made.append(path)

    making(monkeypatch, meanwhile)
    place.sync()
    assert (made, shown(place)) == (PHOTOS, 2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("path", [PHOTOS[0], f"content/{FOLDER}/en.md", "content/site.toml"])
def test_others_write_while_a_file_is_waited_for_until_it_is_quiet(
    place: Place, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.tree.quiet = 5
    old(*place.root.rglob("*.*"))
    os.utime(place.path(path))
    waited = list[float]()

    def meanwhile(seconds: float) -> None:
        others_can_write(place.url)
        os.utime(place.path(path), (0, 0))
        waited.append(seconds)

    monkeypatch.setattr(time, "sleep", meanwhile)
    place.sync()
    assert (len(waited), shown(place)) == (1, 2)


def test_a_word_that_is_saved_while_an_items_photos_are_made_comes_in_before_the_next_one(
    place: Place, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item itself appears with all of its photos, and until then not at all."""
    happened = list[str]()
    making(monkeypatch, happened.append)
    watch.step(set())
    assert (happened, shown(place), watch.hurried) == (PHOTOS[:1], None, True)
    watch.step(other(place))
    assert shown(place, "closing") == 0
    assert (happened, shown(place), watch.hurried) == (PHOTOS, 2, False)


def test_a_word_that_is_saved_with_a_new_photo_beside_it_waits_for_that_photo(
    place: Place, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[int | None]()
    making(monkeypatch, lambda _path: seen.append(shown(place)))
    place.item(item=FACTS, en=EN)
    watch.step(set())
    assert (seen, shown(place)) == ([], 0)
    place.item(item=NAMED, en=EN.replace("opens", "shuts"))
    watch.step({place.path(f"content/{FOLDER}/en.md")})
    assert "opens" in (place.stand("en")[2] or "")
    watch.step(set())
    assert (seen, shown(place)) == ([0, 0], 2)
    assert "shuts" in (place.stand("en")[2] or "")


@pytest.mark.parametrize("growing", [PHOTOS[0], f"content/{FOLDER}/en.md"])
def test_a_file_that_grows_and_grows_holds_up_no_other_document_and_is_told_when_its_time_is_over(
    place: Place, watch: Watch, growing: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [1000.0]
    monkeypatch.setattr(preparation, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("nobody sleeps"))
    changed = other(place)
    old(*place.root.rglob("*.*"))
    tree = watch.workplace.tree
    tree.quiet = 5
    os.utime(place.path(growing))
    while watch.photos or not watch.stepped:
        watch.step(set())
    assert (shown(place), shown(place, "closing"), watch.hurried) == (None, 0, True)
    now[0] += 49
    watch.step(changed)
    assert "is still being written" not in caplog.text
    now[0] += 2
    while f"{growing}:0: is still being written" not in caplog.text:
        watch.step(set())
    assert shown(place) == (1 if growing in PHOTOS else None), "the rest waits no more"
    old(place.path(growing))
    assert watch.waiting, "and it is come back to"
    finish(watch)
    assert shown(place) == 2


def test_a_photo_of_an_item_that_is_still_coming_in_holds_up_no_photo_of_another(place: Place, watch: Watch) -> None:
    other(place)
    place.write(f"{OTHER}/item.toml", FACTS + 'photos = ["photos/c.jpg"]\n')
    place.write(f"{OTHER}/photos/c.jpg", encoded(halves(50, 50)))
    old(*place.root.rglob("*.*"))
    watch.workplace.tree.quiet = 5
    for path in PHOTOS:
        os.utime(place.path(path))
    watch.step(set())
    assert (shown(place), shown(place, "closing")) == (None, 1)


def test_a_photo_that_is_replaced_while_the_one_before_is_made_comes_in_with_the_same_run(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, replaced = encoded(halves(90, 70)), list[str]()

    def meanwhile(path: str) -> None:
        if not replaced:
            replaced.append(path)
            place.write(path, newer)

    making(monkeypatch, meanwhile)
    moves = place.sync()
    assert [move for move in moves if move.path == PHOTOS[0]] == [Move(what="taken", path=PHOTOS[0])]
    with place.database.read() as session:
        page = reading.item(session, Tag("en"), "opening")
    assert isinstance(page, ItemPage)
    assert [one.width for one in page.pictures] == [90, 40]
    assert place.sync() == []


def test_new_settings_that_are_still_being_written_hold_up_no_document(place: Place, watch: Watch) -> None:
    finish(watch)
    watch.workplace.tree.quiet = 5
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens", "shuts"))
    old(*(place.root / "content").rglob("*.md"), *(place.root / "content").rglob("item.toml"))
    os.utime(place.path("content/site.toml"))
    watch.step({place.path("content/site.toml"), place.path(f"content/{FOLDER}/en.md")})
    assert "shuts" in (place.stand("en")[2] or "")
    assert watch.whole, "and they are come back to"
    old(place.path("content/site.toml"))
    watch.step(set())
    assert (watch.whole, watch.hurried) == (False, False)
