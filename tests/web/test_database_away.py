"""While the database is away readers read what was published last, for a minute; then they are told to come again."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import Never

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import ServiceUnavailable

from app.factory import create_app
from app.queries import reading
from app.storage.database import Database, make_engine
from app.web.published import Published
from app.web.read_model import ReadModel
from app.web.shelf import UNTIL
from tests import databases
from tests.trees import Place, article
from tests.web.fakes import EN, FakeCounter, FakeReader

NOON = 1_000_000_000


@dataclass
class Away(FakeReader):
    """A read model whose database may be away, or say nothing for as long as `says` is not set."""

    away: bool = False
    says: Event = field(default_factory=Event)
    waited_for: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.says.set()

    def version(self) -> int:
        found = super().version()
        self.waited_for.set()
        self.says.wait()
        if self.away:
            raise OperationalError("SELECT", {}, ConnectionError("refused"))
        return found


@pytest.fixture
def now() -> list[float]:
    return [float(NOON)]


def test_the_last_snapshot_stands_for_a_minute_and_is_asked_for_four_times_a_second(now: list[float]) -> None:
    reader = Away()
    published = Published(reader, clock=lambda: now[0])
    last, reader.away = published.now(), True
    for second in range(1, 60):
        for quarter in (0.0, 0.25, 0.5, 0.75):
            now[0], looked = NOON + second + quarter, reader.looked
            assert {published.now() for _ in range(5)} == {last}
            assert reader.looked == looked + 1
    assert last.until == (UNTIL, f"@{NOON}")
    now[0], looked = NOON + 60.0, reader.looked
    for _ in range(5):
        with pytest.raises(ServiceUnavailable):
            published.now()
    assert reader.looked == looked + 1
    reader.away = False
    now[0] += 0.25
    assert published.now() is last


def test_one_thread_waits_for_a_database_that_says_nothing_and_the_others_need_not(now: list[float]) -> None:
    reader = Away()
    published = Published(reader, clock=lambda: now[0])
    last, reader.away = published.now(), True
    now[0] += 1.0
    assert published.now() is last
    reader.says.clear()
    reader.waited_for.clear()
    now[0] += 1.0
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(published.now)
        try:
            assert reader.waited_for.wait(30)
            for _ in range(5):
                assert published.now() is last
        finally:
            reader.says.set()
        assert waiting.result(30) is last


def test_a_database_that_begins_to_say_nothing_holds_nobody_for_long(now: list[float]) -> None:
    reader = Away()
    published = Published(reader, clock=lambda: now[0])
    last = published.now()
    reader.says.clear()
    reader.waited_for.clear()
    now[0] += 1.0
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(published.now)
        try:
            assert reader.waited_for.wait(30)
            assert published.now() is last
        finally:
            reader.says.set()
        assert waiting.result(30) is last


@pytest.mark.parametrize("quiet", [1.0, 30.0, 3600.0])
def test_who_comes_at_once_with_the_first_after_a_quiet_time_is_not_shown_what_was_before_it(
    now: list[float], quiet: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.published.SLOW", 30.0)  # as long as it takes on a busy machine
    reader = Away()
    published = Published(reader, clock=lambda: now[0])
    published.now()
    reader.says.clear()
    reader.waited_for.clear()
    now[0] += quiet
    reader.number += 1
    with ThreadPoolExecutor(3) as visitors:
        waiting = [visitors.submit(published.now) for _ in range(3)]
        assert reader.waited_for.wait(30)
        Event().wait(0.05)  # the others are there as well
        reader.says.set()
        assert {each.result(30).version for each in waiting} == {2}
    assert reader.looked == 2


def test_what_is_at_fault_in_the_read_model_is_no_outage(now: list[float]) -> None:
    class Faulty(FakeReader):
        def version(self) -> int:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Published(Faulty(), clock=lambda: now[0]).now()


@contextmanager
def gone(database: Database, url: str) -> Iterator[None]:
    """The file is there no more, as when its disk is not."""
    file = Path(make_url(url).database or "")
    hidden = file.with_name("hidden")
    database.dispose()
    file.rename(hidden)
    file.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(file)
        hidden.rename(file)


def test_pages_that_a_process_keeps_are_read_while_its_database_is_away(
    tmp_path: Path, database_url: str, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path, database_url)
    russian = article("Открытие", "Центр открывается.", slug="otkrytie")
    place.item(en=article("Opening", "The centre opens.", slug="opening"), ru=russian)
    place.sync()
    place.database.dispose()
    monkeypatch.setattr("app.factory.Published", partial(Published, clock=lambda: now[0]))
    database = Database(database_url)
    client = create_app(place.settings, reader=ReadModel(database), counter=FakeCounter()).test_client()
    kept, other = "/en/news/opening", "/ru/news/otkrytie"
    page = client.get(kept).data
    away = partial(gone, database) if database_url.startswith("sqlite") else databases.out_of_reach
    with away(database_url):
        for now[0] in (NOON + 1.0, NOON + 59.9):
            answer = client.get(kept)
            assert (answer.status_code, answer.data, answer.headers[UNTIL]) == (200, page, f"@{NOON}")
            answer = client.get(other)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        now[0] = NOON + 60.0
        for path in (kept, other):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
            assert b"<html" in answer.data
    now[0] += 0.25
    assert [client.get(path).status_code for path in (kept, other)] == [200, 200]
    database.dispose()


def test_nobody_but_who_looks_for_a_version_waits_for_a_database_that_is_away(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, waited = ReadModel(sqlite), list[str]()

    def refused() -> Never:
        waited.append("three seconds")
        raise OperationalError("SELECT", {}, ConnectionError("timed out"))

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "read", refused)
        with pytest.raises(OperationalError):
            model.version()
        with pytest.raises(OperationalError):
            model.ask(reading.catalogue, "messages", EN)
        with pytest.raises(OperationalError):
            model.ask(reading.media, "x")
        with pytest.raises(OperationalError):
            model.ask(reading.site)
    assert waited == ["three seconds"]
    with pytest.raises(OperationalError):
        model.ask(reading.media, "x")
    assert model.version() == 0
    assert model.ask(reading.media, "x") is None


def test_a_server_that_says_nothing_is_given_up_unless_the_address_says_otherwise() -> None:
    told = {
        url: make_engine(url).dialect.create_connect_args(make_engine(url).url)[1]["connect_timeout"]
        for url in ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name?connect_timeout=9")
    }
    assert list(told.values()) == ["3", "9"]
