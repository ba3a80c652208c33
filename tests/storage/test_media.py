import os
import stat
import threading
from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.storage.media import MediaStore, cut_name, file_name, media_type, photo_name

DIGEST = "ab" + "0123456789abcdef" * 3 + "0123456789abcd"
NAME = photo_name(DIGEST, 640)

STRANGE = [
    "", "ab", "ab/", f"{DIGEST}-640.webp", f"cd/{DIGEST}-640.webp", f"ab/{DIGEST}-640.jpg", f"ab/{DIGEST}-0640.webp",
    f"ab/{DIGEST.upper()}-640.webp", f"ab/{DIGEST}.pdf\n", f"ab/{DIGEST}.pdf\0", f"ab/{DIGEST}.html", f"ab/{DIGEST}",
    f"../ab/{DIGEST}.pdf", f"/ab/{DIGEST}.pdf", f"ab/../ab/{DIGEST}.pdf", f"ab//{DIGEST}.pdf", f"ab\\{DIGEST}.pdf",
    f"ab/{DIGEST}.webp", f"ab/{DIGEST}-640.pdf", f"ab/{DIGEST}.jpg", f"ab/{DIGEST}-share.webp",
    f"ab/{DIGEST}-640.webp/..", "../../etc/passwd", "ab/incoming-x7s9.webp", f"ab/{DIGEST}-٦٤٠.webp",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def test_names_say_what_a_file_is_served_as() -> None:
    assert media_type(NAME) == "image/webp"
    assert media_type(cut_name(DIGEST)) == "image/jpeg"
    assert media_type(file_name(DIGEST)) == "application/pdf"


@pytest.mark.parametrize("name", STRANGE)
def test_no_other_name_leads_anywhere(name: str, store: MediaStore) -> None:
    with pytest.raises(NotFound):
        media_type(name)
    with pytest.raises(NotFound):
        store.path(name)
    with pytest.raises(NotFound):
        store.exists(name)
    with pytest.raises(NotFound):
        store.open(name)
    with pytest.raises(NotFound):
        store.put(name, b"x")
    assert not store.folder.exists()


def test_what_was_put_is_there_whole_and_can_be_read_by_a_web_server(store: MediaStore) -> None:
    assert not store.exists(NAME)
    store.put(NAME, b"bytes")
    assert store.exists(NAME)
    with store.open(NAME) as file:
        assert file.read() == b"bytes"
    assert stat.S_IMODE(store.path(NAME).stat().st_mode) == 0o644
    assert [path.name for path in store.path(NAME).parent.iterdir()] == [store.path(NAME).name]


def test_what_is_not_there_is_not_found(store: MediaStore) -> None:
    with pytest.raises(NotFound):
        store.open(NAME)


def test_what_stands_under_a_name_never_changes(store: MediaStore) -> None:
    store.put(NAME, b"first")
    store.put(NAME, b"second")
    assert store.path(NAME).read_bytes() == b"first"


def test_a_write_that_fails_leaves_nothing_behind(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.put(NAME, b"bytes")
    assert list(store.path(NAME).parent.iterdir()) == []


def test_writers_at_once_leave_one_whole_file(store: MediaStore) -> None:
    raw = os.urandom(300_000)
    writers = [threading.Thread(target=store.put, args=(NAME, raw)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert store.path(NAME).read_bytes() == raw
    assert len(list(store.path(NAME).parent.iterdir())) == 1
