"""What the memory knew of a submission is asked when it is made, and answered by the worker."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figure_fold import fold
from app.domain.figure_measures import EVERYBODY, Measure
from app.domain.figure_states import Deed, Document, Happening, Known
from app.domain.matches import Match
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import leverage
from app.services.figure_texts import DocumentTexts
from app.services.leverage import RECALL
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork, is_due
from app.worker import recalling
from app.worker.recalling import recall_next
from tests.services.rooms import Room
from tests.services.test_figures import EN, KY, READY, translate


@pytest.fixture(autouse=True)
def source(room: Room) -> None:
    """A source text that is live, and a translation of it that nobody has submitted."""
    room.place.item(en=EN)
    room.place.sync()
    room.do("elena", "en", *READY[:2])
    room.do("carim", "en", Action.PUBLISH)
    translate(room, "kanat", "ky", KY)


def test_nobody_who_submits_waits_for_the_memory(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def counted(_session: Session, *, text: str, **_wanted: object) -> tuple[Match, ...]:
        asked.append(text)
        return ()

    monkeypatch.setattr(leverage, "matches", counted)
    room.do("kanat", "ky", Action.SUBMIT)
    assert not asked
    recall_next(room.place.database)
    assert asked[0] == "Opening"


def test_two_workers_who_answer_one_question_record_it_once(room: Room) -> None:
    room.do("kanat", "ky", Action.SUBMIT)
    with room.place.database.read() as session:
        (work,) = session.scalars(select(DbWork).where(DbWork.kind == RECALL)).all()
        answered = leverage.answer(session, work.id, meanwhile=lambda: None)
    with room.place.database.write() as session:
        assert leverage.keep(session, work.id, answered)
    with room.place.database.write() as session:
        assert not leverage.keep(session, work.id, answered)
    with room.place.database.read() as session:
        told = session.scalars(select(DbEvent).where(DbEvent.action == RECALL)).all()
        submitted = session.scalars(select(DbEvent).where(DbEvent.action == Action.SUBMIT)).all()
    assert [one.actor for one in told] == [submitted[-1].actor], "it is said of who submitted"


def test_a_long_text_stays_with_the_worker_that_looks_it_up(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.do("kanat", "ky", Action.SUBMIT)
    seen = list[bool]()

    def looked_up(_session: Session, **_wanted: object) -> tuple[Match, ...]:
        with room.place.database.read() as session:
            seen.append(is_due(session, RECALL, now=later + timedelta(minutes=4)))
        return ()

    later = datetime.now(UTC) + timedelta(minutes=4)
    monkeypatch.setattr(leverage, "matches", looked_up)
    monkeypatch.setattr(leverage, "_SLICE", 1)
    monkeypatch.setattr(recalling, "_now", lambda: later)
    recall_next(room.place.database, now=datetime.now(UTC))
    assert seen
    assert not any(seen), "eight minutes after it was begun nobody else may begin it"


def test_what_cannot_be_looked_up_is_tried_five_times_and_holds_up_no_other(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: Session, **_wanted: object) -> tuple[Match, ...]:
        raise ValueError

    room.do("kanat", "ky", Action.SUBMIT)
    with monkeypatch.context() as patched:
        patched.setattr(leverage, "matches", broken)
        for hour in range(1, 9):
            recall_next(room.place.database, now=datetime.now(UTC) + timedelta(hours=hour))
    with room.place.database.read() as session:
        (work,) = session.scalars(select(DbWork).where(DbWork.kind == RECALL)).all()
    assert (work.attempts, work.refusal) == (5, "a fault of ours; the log has it")


def test_what_the_memory_knew_counts_on_the_day_of_the_submission(room: Room) -> None:
    known = Known(words=3, exact=2, near=1, submitted=datetime(2026, 3, 31, 18, tzinfo=UTC))
    deed = Deed(locale=Tag("ky"), action=RECALL, actor="kanat", known=known)
    with room.place.database.read() as session:
        texts = DocumentTexts(session, room.document(session))
        happening = Happening(at=datetime(2026, 3, 31, 19, 1, tzinfo=UTC), deeds=(deed,))
        folded = fold(Document(), happening, texts, zone=ZoneInfo("Asia/Almaty"))
    met = {(row.person, row.day, many) for row, many in folded.sums.items() if row.measure is Measure.MET_WORDS}
    assert met == {
        (EVERYBODY, date(2026, 3, 31), 3), ("kanat", date(2026, 3, 31), 3)
    }  # fmt: skip
