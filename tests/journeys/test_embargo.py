"""What is scheduled goes live at its time, once, by whichever worker is there, in all of its languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from app.queries.embargoes import scheduled
from app.services import embargoes, schedule, standings, transitions
from app.services.texts import find
from app.storage.database import Database
from app.storage.embargoes import PUBLISH
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork, claim
from app.storage.texts import DbPublication
from app.worker.embargoes import publish_what_is_due
from tests import databases
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, Place, article, decide

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


def refusals(place: Place) -> list[str]:
    """Why what was scheduled could not be published."""
    with place.database.read() as session:
        return [one.refusal for one in scheduled(session, ITEM)]


def events(place: Place, action: str) -> list[str]:
    """The details of each such event, oldest first."""
    with place.database.read() as session:
        told = select(DbEvent.details).where(DbEvent.action == action).order_by(DbEvent.number)
        return list(session.scalars(told))


def refused(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """An item whose time has come, and whose slug another one took meanwhile."""
    place.item(item=facts(LATER), en=EN)
    place.write("content/news/other/item.toml", FACTS)
    place.write("content/news/other/en.md", article("Other", "Other.", slug="opening"))
    place.sync()
    let_the_time_come(place)
    assert publish_what_is_due(place.database) == 0
    assert "could not be published: the slug 'opening' belongs to another document" in caplog.text
    caplog.clear()


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
        assert len(claim(session, PUBLISH, now=datetime.now(UTC) - timedelta(minutes=6))) == 1
    assert publish_what_is_due(place.database) == 1
    assert live(place) == ["en"]


def test_a_worker_that_is_at_it_is_not_disturbed(place: Place) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)
    with place.database.write() as session:
        assert len(claim(session, PUBLISH, now=datetime.now(UTC))) == 1
    assert publish_what_is_due(place.database) == 0


def test_work_that_was_called_off_after_it_was_claimed_is_no_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)

    def claimed_and_gone(session: Session, kind: str, *, now: datetime) -> list[DbWork]:
        return [DbWork(id=12345)]

    monkeypatch.setattr("app.worker.embargoes.claim", claimed_and_gone)
    assert publish_what_is_due(place.database) == 0


def test_two_workers_at_once_publish_it_once(place: Place) -> None:
    place.item(item=facts(LATER), en=EN, ru=RU)
    place.sync()
    let_the_time_come(place)
    start, done = Barrier(2), list[int]()

    def work() -> None:
        database = Database(place.url, follow=standings.follow)
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
        decide(session, find(session, ITEM, Tag("ru")), Action.PUBLISH)
    assert live(place) == []
    place.write(f"content/{FOLDER}/en.md", EN)
    place.sync()
    assert live(place) == ["en", "ru"], "it asked to be published, and now it can be"
    assert [move for move in place.sync() if move.what != "problem"] == []
    assert place.problems() == []


def test_what_could_not_be_published_stays_with_its_reason_and_is_not_tried_again(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    refused(place, caplog)
    assert refusals(place) == ["the slug 'opening' belongs to another document (Other)"]
    told = events(place, "refused")
    assert len(told) == 1
    assert "opening" not in told[0], "a reason may quote a text, and the journal holds none"
    assert publish_what_is_due(place.database) == 0
    assert caplog.text == ""
    assert (len(events(place, "refused")), place.stand("en")[2]) == (1, None)


def test_another_time_in_the_facts_lets_what_was_refused_be_tried_again(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    refused(place, caplog)
    place.write(f"content/{FOLDER}/item.toml", facts("2098-06-01T00:00:00+00:00"))
    place.write("content/news/other/en.md", article("Other", "Other.", slug="other"))
    place.sync()
    assert refusals(place) == [""]
    let_the_time_come(place)
    assert publish_what_is_due(place.database) == 1
    assert live(place) == ["en"]
    assert refusals(place) == []


def test_scheduling_anew_takes_the_place_of_what_was_refused(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    refused(place, caplog)
    place.write("content/news/other/en.md", article("Other", "Other.", slug="other"))
    place.sync()
    again = datetime(2098, 6, 1, tzinfo=UTC)
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        transitions.take(session, translation, Action.SCHEDULE, EDITOR, revision=translation.head, due=again)
    with place.database.read() as session:
        assert [(one.due, one.refusal) for one in scheduled(session, ITEM)] == [(again, "")]


@pytest.mark.parametrize("meanwhile", ["called off", "put off"])
def test_what_is_called_off_or_put_off_between_the_claim_and_the_publication_stays_out_of_sight(
    place: Place, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    place.item(item=facts(LATER), en=EN)
    place.sync()
    let_the_time_come(place)
    carry_out = embargoes.carry_out
    due = None if meanwhile == "called off" else datetime(2099, 1, 1, tzinfo=UTC)

    def too_late(session: Session, number: int) -> embargoes.Outcome:
        schedule.move(session, find(session, ITEM, Tag("en")).document, EDITOR, due=due)
        return carry_out(session, number)

    monkeypatch.setattr(embargoes, "carry_out", too_late)
    assert publish_what_is_due(place.database) == 0
    assert (live(place), refusals(place)) == ([], [] if due is None else [""])


@pytest.mark.postgresql
def test_who_calls_an_embargo_off_while_the_worker_waits_for_them_is_heeded(
    tmp_path: Path, postgresql_template: str
) -> None:
    """The worker knows of its work, and the other has not committed yet."""
    with databases.postgresql_database(postgresql_template) as url:
        place = Place(tmp_path, url)
        place.item(item=facts(LATER), en=EN)
        place.sync()
        let_the_time_come(place)
        done = list[embargoes.Outcome]()

        def work() -> None:
            with place.database.write() as session:
                done.append(embargoes.carry_out(session, number))

        worker = Thread(target=work)
        with place.database.write() as session:
            number = session.scalars(select(DbWork.id)).one()
            translation = find(session, ITEM, Tag("en"))
            transitions.lock(session, translation)
            schedule.move(session, translation.document, EDITOR, due=None)
            worker.start()
            databases.wait_for_a_lock(place.database.engine)
        worker.join()
        assert (done, live(place)) == ([embargoes.Outcome()], [])
        place.database.dispose()
