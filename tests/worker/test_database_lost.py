"""The worker outlives the loss of any connection at any statement, and what waited is done at its next look."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text, update

from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions, transitions
from app.services.texts import find
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision
from app.storage.tree_lock import only_synchroniser
from app.worker.watching import Watch
from app.worker.workplace import Workplace
from tests import databases
from tests.trees import EDITOR, ITEM, Place, article

RUSSIAN = "translations/ru/LC_MESSAGES/messages.po"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "News"\nmsgstr "{}"\n'
STRIDE = 1 if os.environ.get("TILMASH_SOAK") else 9
FIRST = {"everybody's": 1, "the lock's": 4, "all but the lock's": 7}
"""Where losses of each kind begin: one of them comes before every third statement."""

pytestmark = pytest.mark.postgresql


class Countdown:
    """Has connections ended by the server before the n-th statement or commit of an engine."""

    def __init__(self, url: str, *, whose: str) -> None:
        self.url, self.whose, self.left = url, whose, 0

    def __call__(self, *_statement: object) -> None:
        self.left -= 1
        if self.left == 0:
            databases.end_connections(self.url, whose=self.whose)


@pytest.fixture
def place(tmp_path: Path, postgresql_template: str) -> Iterator[Place]:
    with databases.postgresql_database(postgresql_template) as url:
        place = Place(tmp_path, url)
        yield place
        place.database.dispose()


@pytest.fixture
def workplace(place: Place) -> Iterator[Workplace]:
    workplace = Workplace.open(place.settings, quiet=0)
    yield workplace
    workplace.database.dispose()


def words(locale: str, number: int) -> str:
    return article("Opening", f"Words {number}.", slug=f"opening-{locale}")


def everything_changes(place: Place, number: int) -> set[Path]:
    """The desk publishes in one language and schedules in another, and an editor saves a catalogue."""
    for locale, last in (("en", Action.PUBLISH), ("ru", Action.SCHEDULE)):
        with place.database.write() as session:
            translation = find(session, ITEM, Tag(locale))
            base = session.get_one(DbRevision, translation.head_id)
            revisions.save(session, translation, words(locale, number), EDITOR, base=base, path="desk")
            for action in (Action.SUBMIT, Action.APPROVE, last):
                due = datetime.now(UTC) + timedelta(days=1)
                transitions.take(session, translation, action, EDITOR, revision=translation.head, due=due)
    place.write(RUSSIAN, PO.format(f"Слово {number}"))
    return {place.path(RUSSIAN)}


def the_time_comes(place: Place) -> None:
    """What is scheduled is due, and nobody has it in his hands."""
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1), leased_until=None))


@pytest.mark.soak
@pytest.mark.parametrize("whose", FIRST)
def test_a_connection_may_be_lost_before_any_statement(place: Place, workplace: Workplace, whose: str) -> None:
    place.item(en=words("en", 0), ru=words("ru", 0))
    place.write(RUSSIAN, PO.format("Слово"))
    watch, countdown, number = Watch(workplace), Countdown(place.url, whose=whose), FIRST[whose]
    watch.step(set())
    for moment in ("before_cursor_execute", "commit"):
        event.listen(workplace.database.engine, moment, countdown)
    while countdown.left <= 0:
        changed = everything_changes(place, number)
        the_time_comes(place)
        countdown.left = number
        watch.step(changed)
        the_time_comes(place)
        watch.step(set())
        watch.step(set())
        assert PO.format(f"Слово {number}") in place.revisions(), f"lost before statement {number}"
        assert [place.stand(locale)[2] for locale in ("en", "ru")] == [words("en", number), words("ru", number)]
        assert place.sync() == [], f"not in step after a loss before statement {number}"
        number += STRIDE
    assert number > 40, "so many statements there are"


def test_the_lock_is_no_transaction_that_a_server_would_end_for_being_idle(place: Place) -> None:
    ours = f"datname = current_database() AND pid IN {databases.SYNCHRONISING}"
    lock = text(f"SELECT state FROM pg_stat_activity WHERE {ours}")  # noqa: S608  # our own words
    with only_synchroniser(place.database.engine, place.settings.data), place.database.read() as session:
        assert session.scalars(lock).all() == ["idle"]


def test_what_went_wrong_is_not_hidden_by_the_loss_of_the_lock(place: Place) -> None:
    def lose_it_and_fail() -> None:
        with only_synchroniser(place.database.engine, place.settings.data):
            databases.end_connections(place.url, whose="the lock's")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lose_it_and_fail()
    with only_synchroniser(place.database.engine, place.settings.data):
        pass
