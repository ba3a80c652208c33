"""A worker that is killed again and again, `tilmash sync`, `tilmash upload` and an editor at once: real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.segments import Tag
from app.services.sync.slots import Slot
from tests.journeys.ledger import Ledger
from tests.journeys.texts_of_every_kind import BEGINNING, CATALOGUE, PHOTO, PHOTOS
from tests.trees import ITEM, Place, article

ROOT = Path(__file__).parents[2]
TILMASH = Path(sys.executable).with_name("tilmash")
ROUNDS = 40 if os.environ.get("TILMASH_SOAK") else 1
PATIENCE = 120  # seconds; a busy machine is no fault of ours
EN = Slot(document=ITEM, locale=Tag("en"))
RU = Slot(document=ITEM, locale=Tag("ru"))
WORDS = Slot(document=CATALOGUE, locale=Tag("ru"))


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    for path, text in BEGINNING.items():
        place.write(path, text)
    place.write(PHOTO, PHOTOS[0])
    place.sync()
    yield place
    place.database.dispose()


def start(place: Place, *command: str | Path) -> subprocess.Popen[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": place.url,
        "TILMASH_DATA": str(place.settings.data),
        "TILMASH_CONTENT": str(place.settings.content),
        "TILMASH_TRANSLATIONS": str(place.settings.translations),
    }
    return subprocess.Popen(
        [TILMASH, *command], cwd=place.root, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def ended(process: subprocess.Popen[str], *statuses: int) -> None:
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in statuses, out + err
    assert "Traceback" not in err, err


def uploads(place: Place, ledger: Ledger, number: int) -> list[subprocess.Popen[str]]:
    """Two translators send what they made from the first text."""
    made = []
    for slot, text in (
        (RU, article(f"Загрузка {number}", "beta", f"gamma {number}", slug="a-slug-ru")),
        (WORDS, BEGINNING[WORDS.path].replace("омега", f"загрузка {number}")),
    ):
        file = place.root / f"{number}-{Path(slot.path).name}"
        file.write_text(text)
        ledger.desk_saved(slot, text)
        named = ("--document", str(slot.document), "--locale", slot.locale, "--base", "1")
        made.append(start(place, "upload", file, *named))
    return made


def an_editor_saves(place: Place, ledger: Ledger, number: int) -> None:
    for slot, text in (
        (EN, article("alpha", f"beta {number}", "gamma", slug="a-slug-en")),
        (RU, article("омега", f"beta {number}", "gamma", slug="a-slug-ru")),
        (WORDS, BEGINNING[WORDS.path].replace("омега", f"омега {number}")),
    ):
        ledger.editor_saves(slot, text)
        place.write(slot.path, text)


@pytest.mark.soak
def test_a_worker_that_is_killed_synchronisers_uploads_and_an_editor_at_once_lose_nothing(place: Place) -> None:
    ledger = Ledger(place)
    worker = start(place, "worker")
    for number in range(ROUNDS):
        sent = [*uploads(place, ledger, number), start(place, "sync")]
        an_editor_saves(place, ledger, number)
        ended(sent[number % 2], 0)  # one upload is through, and the others are at it
        worker.kill()
        worker.communicate()
        worker = start(place, "worker")
        ended(sent[1 - number % 2], 0)
        ended(sent[2], 0, 1)  # 1: a synchroniser has something to report
    worker.send_signal(signal.SIGTERM)
    ended(worker, 0, -signal.SIGTERM)  # the signal itself, if it had not begun yet
    ledger.settle()
