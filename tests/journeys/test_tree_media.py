"""Photos and attachments are a part of an item's facts: one that is replaced goes live, and not silently."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries import reading
from app.services import stands
from app.services.sync.moves import Move
from app.storage.journal import DbEvent
from tests import databases
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, ITEM, SITE, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
NAMED = FACTS + 'photos = ["photos/hall.jpg"]\nfiles = ["files/memo.pdf"]\n'
PHOTO, MEMO = f"content/{FOLDER}/photos/hall.jpg", f"content/{FOLDER}/files/memo.pdf"
FIRST, SECOND = encoded(halves()), encoded(halves(900, 600))
REFUSED = "is not taken in, and readers see what they saw: to correct takes one of these roles: coordinator"


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(item=NAMED, en=EN)
    place.write(PHOTO, FIRST)
    place.write(MEMO, b"%PDF-1.7 first")
    place.sync()
    yield place
    place.database.dispose()


def trust(place: Place, *roles: str) -> None:
    written = ", ".join(f'"{role}"' for role in roles)
    place.write("content/site.toml", f"{SITE}[tree]\nroles = [{written}]\n")


def sizes(place: Place) -> list[int]:
    """What readers are shown: the widths of the photos and the sizes of the attachments."""
    with place.database.read() as session:
        found = reading.item(session, Tag("en"), "opening")
    assert isinstance(found, ItemPage)
    return [picture.width for picture in found.pictures] + [one.size for one in found.attachments]


def journal(place: Place) -> list[dict[str, str | None]]:
    """What the journal says of media, but for where the texts of the document stand."""
    with place.database.read() as session:
        rows = session.scalars(select(DbEvent).where(DbEvent.action == "media").order_by(DbEvent.number)).all()
        assert all((row.source, row.subject) == ("tree", str(ITEM)) for row in rows)
        told: list[dict[str, str | None]] = [json.loads(row.details) for row in rows]
    return [{name: value for name, value in one.items() if name != stands.DETAIL} for one in told]


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def test_photos_and_attachments_that_come_in_are_told_and_in_the_journal(place: Place) -> None:
    assert {move.path for move in place.moves if move.what == "taken"} >= {PHOTO, MEMO}
    assert journal(place) == [
        {"path": "photos/hall.jpg", "digest": digest(FIRST), "before": None},
        {"path": "files/memo.pdf", "digest": digest(b"%PDF-1.7 first"), "before": None},
    ]
    assert place.sync() == []


@pytest.mark.parametrize(("path", "raw", "shown"), [(PHOTO, SECOND, [900, 14]), (MEMO, b"%PDF-1.7 second", [1200, 15])])
def test_what_replaces_a_live_photo_or_attachment_is_live_told_and_in_the_journal(
    place: Place, path: str, raw: bytes, shown: list[int]
) -> None:
    before = place.path(path).read_bytes()
    place.write(path, raw)
    assert place.sync() == [Move(what="taken", path=path)]
    assert sizes(place) == shown
    assert journal(place)[2:] == [
        {"path": path.removeprefix(f"content/{FOLDER}/"), "digest": digest(raw), "before": digest(before)}
    ]
    assert place.sync() == []


def test_a_look_ahead_says_what_would_come_in_and_writes_nothing(place: Place) -> None:
    media = place.settings.data / "media"
    before = {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}
    place.write(PHOTO, SECOND)
    place.write(MEMO, b"%PDF-1.7 second")
    assert place.sync(check=True) == [Move(what="taken", path=path) for path in (PHOTO, MEMO)]
    place.write(PHOTO, SECOND[:2000])
    place.sync(check=True)
    assert place.problems() == [f"{PHOTO}:0: is broken or cut short, and cannot be decoded"]
    assert {path: path.read_bytes() for path in media.rglob("*") if path.is_file()} == before
    assert sizes(place) == [1200, 14]


def test_a_photo_that_was_saved_again_as_it_was_is_nothing_new(place: Place) -> None:
    place.write(PHOTO, FIRST)
    assert place.sync() == []
    assert len(journal(place)) == 2


def test_a_tree_that_may_not_correct_replaces_no_live_photo_and_each_run_says_why(place: Place) -> None:
    trust(place, "author", "reviewer")
    place.write(PHOTO, SECOND)
    place.write(MEMO, b"%PDF-1.7 second")
    place.sync()
    assert place.problems() == [f"{PHOTO}:0: {REFUSED}", f"{MEMO}:0: {REFUSED}"]
    assert sizes(place) == [1200, 14]
    assert len(journal(place)) == 2
    said = [move for move in place.moves if move.what == "problem"]
    assert place.sync() == said
    trust(place, "coordinator")
    place.sync()
    assert place.problems() == []
    assert sizes(place) == [900, 15]


def test_a_tree_that_may_not_correct_puts_no_photo_where_a_live_item_lacks_one(place: Place) -> None:
    place.write(
        f"content/{FOLDER}/item.toml", NAMED.replace("hall.jpg", "hall.jpg', 'photos/late.jpg").replace("'", '"')
    )
    place.sync()
    trust(place, "author")
    late = f"content/{FOLDER}/photos/late.jpg"
    place.write(late, SECOND)
    place.sync()
    assert place.problems() == [f"{late}:0: {REFUSED}"]
    assert sizes(place) == [1200, 14]


def test_who_may_edit_brings_in_a_photo_that_a_draft_of_the_facts_names_and_readers_do_not_see_it(place: Place) -> None:
    trust(place, "author")
    place.write(f"content/{FOLDER}/item.draft.toml", NAMED.replace("hall", "new"))
    place.write(f"content/{FOLDER}/photos/new.jpg", SECOND)
    place.sync()
    assert place.problems() == []
    assert Move(what="taken", path=f"content/{FOLDER}/photos/new.jpg") in place.moves
    assert sizes(place) == [1200, 14]


def test_a_live_photo_that_a_draft_of_the_facts_lacks_is_still_looked_after(place: Place) -> None:
    place.write(f"content/{FOLDER}/item.draft.toml", FACTS)
    place.sync()
    place.write(PHOTO, SECOND)
    assert place.sync() == [Move(what="taken", path=PHOTO)]
    assert sizes(place) == [900, 14]


def test_a_tree_that_may_not_write_brings_in_no_photo_at_all(place: Place) -> None:
    place.write(f"content/{FOLDER}/item.draft.toml", NAMED.replace("hall", "new"))
    place.sync()
    trust(place)
    place.write(f"content/{FOLDER}/photos/new.jpg", SECOND)
    place.sync()
    assert len(place.problems()) == 1
    assert "to edit takes one of these roles" in place.problems()[0]
    assert len(journal(place)) == 2
