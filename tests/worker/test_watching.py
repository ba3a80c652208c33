"""The watch sees every save, from before its first step on."""

import signal
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest
from sqlalchemy.exc import OperationalError
from watchfiles import Change

from app.config import Settings
from app.worker import watching
from app.worker.main import run
from app.worker.watching import Watch
from app.worker.workplace import Workplace
from tests import databases
from tests.journeys.hostile import forbid
from tests.trees import FOLDER, SITE, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
FILE = f"content/{FOLDER}/en.md"
MOST_STEPS = 60  # a tick each, where nothing is heard of


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(en=EN)
    place.write("translations/messages.pot", 'msgid ""\nmsgstr ""\n')
    yield place
    place.database.dispose()


def test_a_file_saved_while_everything_is_looked_at_for_the_first_time_is_heard_of(place: Place) -> None:
    """By then its document may have had its turn, so the watch has to be there already."""
    stop, steps = Event(), list[set[Path]]()

    class Watched(Watch):
        def step(self, paths: set[Path]) -> None:
            first, mended = not steps, EN.replace("opens", "shuts")
            steps.append(paths)
            super().step(paths)
            if first:
                place.write(FILE, mended)
            if len(steps) == MOST_STEPS or place.stand("en")[2] == mended:
                stop.set()

    workplace = Workplace.open(place.settings, quiet=0)
    try:
        Watched(workplace).run(stop)
    finally:
        workplace.database.dispose()
    assert any(path.name == "en.md" for paths in steps[1:] for path in paths)
    assert "shuts" in (place.stand("en")[2] or "")


def test_the_watch_goes_on_beside_a_folder_that_cannot_be_read(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The system's own watch of a tree refuses at the first such folder, and hears nothing of those behind it."""
    place.write("content/news/2026-02-02-closed/en.md", EN)
    forbid(place.path("content/news/2026-02-02-closed"), monkeypatch)
    watched: list[Path] = []

    def once(*paths: Path, ignore_permission_denied: bool, **_others: object) -> list[set[tuple[Change, str]]]:
        assert ignore_permission_denied
        watched.extend(paths)
        return [{(Change.added, str(place.path("content/news/2026-02-02-closed")))}]

    monkeypatch.setattr(watching, "watch", once)
    workplace = Workplace.open(place.settings, quiet=0)
    try:
        Watch(workplace).run(Event())
    finally:
        workplace.database.dispose()
    assert place.path(f"content/{FOLDER}") in watched
    assert place.path("content/news/2026-02-02-closed") not in watched
    assert "content/news/2026-02-02-closed:0: cannot be read (Permission denied)" in caplog.text
    assert "a fault of ours" not in caplog.text


@pytest.mark.parametrize("folder", ["2026-12-01 visit", "Новость-2026"])
def test_a_folder_whose_name_cannot_be_a_documents_is_told_when_it_is_dropped_in(
    place: Place, caplog: pytest.LogCaptureFixture, folder: str
) -> None:
    workplace = Workplace.open(place.settings, quiet=0)
    try:
        watch = Watch(workplace)
        watch.step(set())
        watch.step({place.settings.content / "news" / folder / "en.md"})
    finally:
        workplace.database.dispose()
    assert f"content/news/{folder}/en.md" in caplog.text
    assert f"not a document's name: {folder!r}" in caplog.text


def test_what_is_wrong_with_a_file_is_logged_once_until_the_file_is_another_one(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt = EN.replace("title:", "titel: x\ntitle:", 1)
    workplace = Workplace.open(place.settings, quiet=0)
    try:
        watch = Watch(workplace)
        for text in (spoilt, spoilt, spoilt + "\nTwo.\n"):
            place.item(en=text)
            watch.step({place.settings.content / "news" / FOLDER.partition("/")[2] / "en.md"})
            watch.step({place.settings.content / "news" / FOLDER.partition("/")[2] / "en.md"})
    finally:
        workplace.database.dispose()
    assert len([one for one in caplog.messages if one.startswith(FILE)]) == 2, caplog.text


def test_a_worker_that_starts_while_the_database_is_away_tries_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, watched = list[Settings](), list[Workplace]()

    def opened(settings: Settings) -> Workplace:
        tries.append(settings)
        if len(tries) == 1:
            raise OperationalError("SELECT 1", {}, ConnectionError("is away"))
        return workplace

    def begins(watch: Watch, stop: Event) -> None:
        watched.append(watch.workplace)
        stop.set()  # or its threads go on, over a database that is gone

    workplace = Workplace.open(place.settings, quiet=0)
    monkeypatch.setattr(Workplace, "open", opened)
    monkeypatch.setattr(Watch, "run", begins)
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        run(place.settings)
    finally:
        workplace.database.dispose()
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)
    assert (tries, watched) == ([place.settings, place.settings], [workplace])


def test_a_watch_that_begins_while_the_database_is_away_waits_for_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    workplace = Workplace.open(place.settings, quiet=0)

    def away() -> NoReturn:
        raise OperationalError("SELECT 1", {}, ConnectionError("is away"))

    try:
        with monkeypatch.context() as patch:
            patch.setattr(workplace.database, "read", away)
            patch.setattr(workplace.database, "write", away)
            watch = Watch(workplace)
            watch.step(set())
        assert "the database cannot be reached" in caplog.text
        watch.step(set())
    finally:
        workplace.database.dispose()
    assert place.stand("en")[2] == EN


def failing_once(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Let something that the worker calls, `module.name` below `app.`, fail the first time that it is called."""
    module, _, name = f"app.{where}".rpartition(".")
    really, failed = getattr(import_module(module), name), list[bool]()

    def failing(*arguments: object, **named: object) -> object:
        if not failed:
            failed.append(True)
            raise ZeroDivisionError("a fault")
        return really(*arguments, **named)

    monkeypatch.setattr(f"{module}.{name}", failing)


@pytest.mark.parametrize(
    "where",
    [
        "worker.watching.publish_what_is_due",
        "worker.watching.only_synchroniser",
        "worker.watching.document_of",
        "worker.watching._holds_many",
        "worker.synchroniser.documents_in",
        "services.site.put",
        "services.projection.material_of",
    ],
)
def test_a_fault_of_ours_is_logged_and_ends_nothing(
    place: Place, where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The worker's end would be the whole site's."""
    workplace = Workplace.open(place.settings, quiet=0)
    try:
        watch = Watch(workplace)
        watch.step(set())
        mended = EN.replace("opens", "shuts")
        place.write(FILE, mended)
        place.write("content/site.toml", SITE + 'de = ["en"]\n')
        failing_once(monkeypatch, where)
        watch.step({place.path(FILE), place.path("content/news")})
        assert "ZeroDivisionError: a fault" in caplog.text
        watch.step(set())
        assert place.stand("en")[2] == mended
        assert place.sync() == []
    finally:
        workplace.database.dispose()
