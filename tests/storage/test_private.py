"""What a site keeps to itself is its owner's alone, also where the shell that started it would let everybody read."""

import base64
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.storage.database import Database
from app.storage.private import private_file, private_folder
from app.storage.secrets import secret_key
from app.storage.sign_ins import new_secret
from app.worker.workplace import Workplace


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


@pytest.mark.usefixtures("umask")
def test_database_secret_and_data_folder_are_their_owners_alone(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TILMASH_DATA": str(tmp_path / "data"), "TILMASH_CONTENT": str(tmp_path)})
    place = Workplace.open(settings)
    secret_key(settings)
    with place.database.write() as session:
        session.connection()
        found = {path.name: rights(path) for path in (tmp_path / "data").iterdir() if path.is_file()}
    place.database.dispose()
    assert {"tilmash.db", "tilmash.db-wal", "tilmash.db-shm", "secret.key"} <= set(found)
    assert set(found.values()) == {"0o600"}
    assert rights(tmp_path / "data") == "0o700"


def test_rights_that_somebody_gave_are_left_alone(tmp_path: Path) -> None:
    data, database = tmp_path / "data", tmp_path / "data" / "tilmash.db"
    data.mkdir()
    data.chmod(0o711)  # so that nginx reaches the photos
    database.touch()
    database.chmod(0o640)
    Workplace.open(Settings.from_environment({"TILMASH_DATA": str(data)})).database.dispose()
    assert (rights(data), rights(database)) == ("0o711", "0o640")


def test_a_file_where_the_data_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "data")


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TILMASH_DATA": str(tmp_path / "data")})
    start, keys = threading.Barrier(8), set[str]()

    def begin() -> None:
        start.wait()
        keys.add(secret_key(settings))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(key) for key in keys] == [64]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_a_secret_that_is_handed_out_is_of_256_bits_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(1_000)}
    assert len(secrets) == 1_000
    assert {len(base64.urlsafe_b64decode(secret + "=")) for secret in secrets} == {32}


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"old")
    private_file(tmp_path / "key", b"new")
    assert (tmp_path / "key").read_bytes() == b"old"


def test_a_database_in_memory_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite://", "sqlite:///:memory:"):
        database = Database(url)
        with database.read() as session:
            session.connection()
        database.dispose()
    assert list(tmp_path.iterdir()) == []
