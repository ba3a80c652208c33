"""What is scheduled goes live at its time, once, by whichever worker is there, in all of its languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from app.domain.errors import NotAllowed
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from app.services import transitions
from app.services.texts import find
from app.storage.database import Database
from app.storage.outbox import DbWork, claim
from app.storage.texts import DbPublication
from app.worker.embargoes import publish_what_is_due
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, Place, article

EN = article("Opening", "The centre opens.", status="published", slug="opening")
RU = article("Открытие", "Центр открывается.", status="published", slug="otkrytie")
LATER = "2099-01-01T00:00:00+05:00"


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def facts(publish_at: str) -> str:
    return f"{FACTS}publish-at = {publish_at}\n"


def live(place: Place) -> list[str]:
    """The languages in which readers can read the item."""
    found = []
    with place.database.read() as session:
        for locale, slug in (("en", "opening"), ("ru", "otkrytie")):
            page = reading.item(session, Tag(locale), slug)
            if isinstance(page, ItemPage) and not page.missing:
                found.append(locale)
    return found


def due(place: Place) -> dict[str, str]:
    with place.database.read() as session:
        return {work.subject: work.due_at.isoformat() for work in session.scalars(select(DbWork))}


def let_the_time_come(place: Place) -> None:
    """Set every clock on: what is scheduled is due."""
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1)))


def publications(place: Place) -> int:
    with place.database.read() as session:
        english = find(session, ITEM, Tag("en")).id
        return len(session.scalars(select(DbPublication.id).where(DbPublication.translation_id == english)).all())


def test_an_item_goes_live_at_its_time_in_all_its_languages_and_not_before(place: Place) -> None:
    place.item(item=facts(LATER), en=EN, ru=RU)
    place.sync()
    assert place.problems() == []
    assert live(place) == []
    assert publish_what_is_due(place.database) == 0
    let_the_time_come(place)
    assert publish_what_is_due(place.database) == 2
    assert live(place) == ["en", "ru"]
    assert publish_what_is_due(place.database) == 0, "once"
    place.sync()
    assert place.problems() == []
    assert place.sync() == []


def test_another_time_in_the_facts_takes_the_place_of_the_first(place: Place) -> None:
    place.item(item=facts(LATER), en=EN, ru=RU)
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", facts("2098-06-01T00:00:00+00:00"))
    place.sync()
    assert set(due(place).values()) == {"2098-06-01T00:00:00+00:00"}
    assert len(due(place)) == 2


def test_a_time_that_is_taken_out_of_the_facts_calls_the_publication_off(place: Place) -> None:
    place.item(item=facts(LATER), en=EN, ru=RU)
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", FACTS)
    place.sync()
    assert due(place) == {}
    assert live(place) == []


def test_a_fact_that_has_nothing_to_do_with_time_leaves_the_schedule_alone(place: Place) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    before = due(place)
    place.write(f"content/{FOLDER}/item.toml", facts(LATER) + 'tags = ["training"]\n')
    place.sync()
    assert due(place) == before


def test_a_text_edited_after_it_was_scheduled_does_not_slip_out(place: Place) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens", "shuts").replace("published", "draft"))
    place.sync()
    let_the_time_come(place)
    publish_what_is_due(place.database)
    status, head, shown = place.stand("en")
    assert (status, "shuts" in (head or ""), "opens" in (shown or "")) == ("draft", True, True)


def test_a_worker_that_died_with_the_work_in_its_hands_is_taken_over_when_its_lease_is_over(place: Place) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)
    with place.database.write() as session:
        assert len(claim(session, now=datetime.now(UTC) - timedelta(minutes=6))) == 1
    assert publish_what_is_due(place.database) == 1
    assert live(place) == ["en"]


def test_a_worker_that_is_at_it_is_not_disturbed(place: Place) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)
    with place.database.write() as session:
        assert len(claim(session, now=datetime.now(UTC))) == 1
    assert publish_what_is_due(place.database) == 0


def test_work_that_was_called_off_after_it_was_claimed_is_no_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)

    def claimed_and_gone(session: object, *, now: datetime) -> list[DbWork]:
        return [DbWork(id=12345)]

    monkeypatch.setattr("app.worker.embargoes.claim", claimed_and_gone)
    assert publish_what_is_due(place.database) == 0


def test_two_workers_at_once_publish_it_once(place: Place) -> None:
    place.item(item=facts(LATER), en=EN, ru=RU)
    place.sync()
    let_the_time_come(place)
    start, done = Barrier(2), list[int]()

    def work() -> None:
        database = Database(place.url)
        start.wait()
        done.append(publish_what_is_due(database))
        database.dispose()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 2
    assert live(place) == ["en", "ru"]
    assert publications(place) == 1


def test_a_translation_waits_for_its_source(place: Place) -> None:
    """It may be approved before, but readers get it only once there is something that it translates."""
    place.item(en=EN.replace("published", "draft"), ru=RU)
    place.sync()
    assert [one.partition(".md:0: ")[2] for one in place.problems()] == [
        "asks to be published and stays approved: its source text (en) has never been published"
    ]
    with pytest.raises(NotAllowed, match="source"), place.database.write() as session:
        transitions.take(session, find(session, ITEM, Tag("ru")), Action.PUBLISH, EDITOR)
    assert live(place) == []
    place.write(f"content/{FOLDER}/en.md", EN)
    place.sync()
    assert live(place) == ["en", "ru"], "it asked to be published, and now it can be"
    assert [move for move in place.sync() if move.what != "problem"] == []
    assert place.problems() == []
