"""Files that vanish, cannot be read, written or kept, or are too many or too large, stop nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions
from app.services.sync.document import DocumentSync
from app.services.texts import find
from app.storage.media import MediaStore
from app.storage.texts import DbRevision
from app.storage.tree import Tree
from app.worker.synchroniser import Synchroniser
from tests import databases
from tests.journeys.hostile import EN, forbid, is_live, other_item, survives
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, Place, article, decide

TEMPLATE = (
    'msgid ""\nmsgstr ""\n"Language: \\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Centre"\nmsgstr ""\n'
)


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield place
    place.database.dispose()


def test_a_file_that_vanishes_while_it_is_read_is_as_if_it_had_never_been(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    read = Tree.read

    def vanishing(tree: Tree, path: str) -> object:
        if path.endswith("ru.md"):
            place.path(path).unlink(missing_ok=True)
        return read(tree, path)

    monkeypatch.setattr(Tree, "read", vanishing)
    other_item(place)
    place.sync()
    assert is_live(place, "opening", "The centre opens.")
    assert is_live(place, "closing", "The centre closes.")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_an_unreadable_file_is_reported(place: Place, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    really = os.open

    def refusing(path: str | Path, flags: int, *rest: object, **others: object) -> int:
        if str(path).endswith("ru.md"):
            raise error
        return really(path, flags, *rest, **others)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(os, "open", refusing)
    assert survives(place) == [f"content/{FOLDER}/ru.md:0: cannot be read ({error.strerror})"]
    assert is_live(place, "opening", "The centre opens.")


@pytest.mark.parametrize("folder", [f"content/{FOLDER}", "translations/ru/LC_MESSAGES"])
def test_a_folder_that_cannot_be_read_is_reported_and_its_texts_stay_up(
    place: Place, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    place.item(en=EN)
    place.write("translations/site.pot", TEMPLATE)
    place.write("translations/ru/LC_MESSAGES/site.po", TEMPLATE.replace("Language: ", "Language: ru"))
    place.sync()
    forbid(place.path(folder), monkeypatch)
    said = survives(place)
    assert set(said) == {f"{folder}:0: cannot be read (Permission denied)"}
    assert is_live(place, "opening", "The centre opens.")


def test_the_pages_go_on_where_the_folder_of_all_news_cannot_be_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    forbid(place.path("content/news"), monkeypatch)
    place.write("content/pages/about/item.toml", 'source = "en"\n')
    place.write("content/pages/about/en.md", article("About", "Who we are.", slug="about"))
    assert {move.path for move in place.sync() if move.what == "taken"} == {
        "content/pages/about/item.toml", "content/pages/about/en.md",
    }  # fmt: skip
    assert place.problems() == [
        "content/news:0: cannot be read (Permission denied)",
        f"content/{FOLDER}:0: cannot be read (Permission denied)",
    ]
    assert is_live(place, "opening", "The centre opens.")


def test_a_tree_that_cannot_be_written_is_reported_and_the_rest_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
    really = Path.open

    def refusing(path: Path, mode: str = "r", *rest: object, **others: object) -> object:
        if path.is_relative_to(place.root / "content") and "w" in mode:
            raise OSError(30, "Read-only file system", str(path))
        return really(path, mode, *rest, **others)  # type: ignore[call-overload]  # as it was called

    with monkeypatch.context() as patch:
        place.path("content/news/zz-other").mkdir(parents=True, exist_ok=True)
        patch.setattr(Path, "open", refusing)
        place.sync()
    assert place.problems() == [f"content/{FOLDER}/en.draft.md:0: cannot be written (Read-only file system)"]
    assert place.read(f"content/{FOLDER}/en.md") == EN
    place.sync()
    assert "shuts" in place.read(f"content/{FOLDER}/en.draft.md")


@pytest.mark.soak
def test_three_thousand_files_at_once_all_come_in(place: Place) -> None:
    count = 1000 if os.environ.get("TILMASH_SOAK") else 60
    for number in range(count):
        place.write(f"content/news/item-{number:04d}/item.toml", FACTS)
        place.write(f"content/news/item-{number:04d}/en.md", article("A", "Some words.", slug=f"en-{number}"))
        place.write(f"content/news/item-{number:04d}/ru.md", article("Б", "Немного слов.", slug=f"ru-{number}"))
    assert survives(place) == []
    for number in (0, count // 2, count - 1):
        assert is_live(place, f"en-{number}", "Some words.")
        assert is_live(place, f"ru-{number}", "Немного слов.", locale="ru")


def test_a_fault_of_ours_in_one_document_does_not_stop_the_others(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    place.item(en=EN)
    other_item(place)
    really = DocumentSync.take_in

    def failing(one: DocumentSync) -> None:
        if one.name == ITEM:
            raise ZeroDivisionError("a fault")
        really(one)

    monkeypatch.setattr(DocumentSync, "take_in", failing)
    synchroniser = Synchroniser(
        place.database, place.tree, MediaStore(place.settings.data / "media"), tell=place.moves.append
    )
    synchroniser.read_site()
    for name in synchroniser.documents():
        synchroniser.attempt(name)
    (said,) = place.problems()
    assert said.startswith("content/news/2026-01-01-item:0: was left as it is because of a fault of ours (ZeroDiv")
    assert "Traceback" in caplog.text
    assert is_live(place, "closing", "The centre closes.")


def test_a_file_of_a_hundred_megabytes_is_reported_unread(place: Place) -> None:
    place.item(item=FACTS + 'photos = ["photos/a.jpg"]\n', en=EN)
    for name in ("ru.md", "photos/a.jpg"):
        place.write(f"content/{FOLDER}/{name}", b"")
        os.truncate(place.path(f"content/{FOLDER}/{name}"), 100_000_000)
    said = survives(place)
    assert said == [f"content/{FOLDER}/{name}:0: is larger than 60 MB" for name in ("ru.md", "photos/a.jpg")]
    assert is_live(place, "opening", "The centre opens.")


@pytest.mark.parametrize("at", [4_000_000_000, 0])
def test_a_clock_that_jumps_holds_up_no_file(place: Place, at: int) -> None:
    """What a file says of its time may lie in the future: the clock was set back, or the camera's never right."""
    place.tree.quiet = 0.5
    place.item(en=EN)
    place.sync()
    mended = EN.replace("opens", "shuts")
    place.write(f"content/{FOLDER}/en.md", mended)
    os.utime(place.path(f"content/{FOLDER}/en.md"), (at, at))
    assert survives(place) == []
    assert is_live(place, "opening", "The centre shuts.")


def full(*_arguments: object, **_named: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_a_disk_without_room_for_photos_is_reported_and_the_texts_come_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(item=FACTS + 'photos = ["photos/a.jpg"]\n', en=EN)
    place.write(f"content/{FOLDER}/photos/a.jpg", encoded(halves(60, 40)))
    with monkeypatch.context() as patch:
        patch.setattr(MediaStore, "put", full)
        assert survives(place) == [f"content/{FOLDER}/photos/a.jpg:0: cannot be kept (No space left on device)"]
        assert is_live(place, "opening", "The centre opens.")
    place.sync()
    assert place.problems() == []


def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_the_old_one_in_its_place(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
        decide(session, translation, Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        place.sync()
        assert place.problems() == [f"content/{FOLDER}/en.md:0: cannot be written (No space left on device)"]
        assert place.read(f"content/{FOLDER}/en.md") == EN
    assert survives(place) == []
    assert "shuts" in place.read(f"content/{FOLDER}/en.md")
