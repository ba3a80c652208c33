"""Who is told what of texts that go live by themselves, at their time or by an order: by day and by night alike."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.releases import Order, Policy
from app.domain.said import Said, saying
from app.domain.translations import Action, Role, Status
from app.services import corrections, embargoes, releases, transitions
from app.storage.accounts import DbAccount, DbGrant
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork
from app.storage.reasons import kept, reasons_in
from app.storage.texts import DbRevision
from app.worker.embargoes import publish_what_is_due
from tests.desk import hire
from tests.people import COORDINATOR
from tests.services.rooms import Room
from tests.services.test_releases import EN, READY, RU, digest

LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    """A live English text by the author, a Russian one that was made from it, and the next English one, scheduled."""
    hire(room.place.database, "dana", "Dana", "ru", [COORDINATOR])
    room.place.item(en=EN, ru=RU)
    room.place.sync()
    room.do("elena", "en", *READY)
    room.do("carim", "en", Action.PUBLISH)
    room.save("rustam", "ru", RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:"))
    room.do("carim", "ru", *READY, Action.PUBLISH)
    room.save("aigul", "en", EN.replace("opens", "opens in May"))
    room.do("elena", "en", *READY)
    with room.place.database.write() as session:
        text = room.text(session, "en")
        carim = room.actor(session, "carim", "en")
        transitions.take(session, text, Action.SCHEDULE, carim, revision=text.head, due=LATER)
        session.execute(update(DbNotice).values(read_at=datetime.now(UTC)))


def told(room: Room) -> list[tuple[str, str, str, str]]:
    """Who was told what since, by whom, of which language."""
    with room.place.database.read() as session:
        found = select(DbAccount.name, DbNotice).join(DbNotice.account).where(DbNotice.read_at.is_(None))
        rows = session.execute(found.order_by(DbNotice.id))
        return [(name, str(notice.kind), notice.by, notice.locale) for name, notice in rows]


def let_the_time_come(room: Room) -> int:
    with room.place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1), leased_until=None))
    return publish_what_is_due(room.place.database)


def correct(room: Room) -> None:
    """Change for readers what the scheduled text would undo."""
    with room.place.database.write() as session:
        text = room.text(session, "en")
        live = session.get_one(DbRevision, text.live_id)
        carim = room.actor(session, "carim", "en")
        corrections.correct(session, text, live.text.replace("opens", "opened"), carim, live=live, minor=True)


def test_what_goes_live_at_its_time_is_told_to_who_wrote_it_and_to_whose_text_went_behind(room: Room) -> None:
    assert let_the_time_come(room) == 1
    assert told(room) == [("aigul", "published", "carim", "en"), ("rustam", "behind", "carim", "ru")]
    assert let_the_time_come(room) == 0
    assert len(told(room)) == 2


def test_a_worker_that_is_killed_before_it_is_done_has_told_nobody_and_the_next_one_tells_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_session: Session, _document: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(releases, "carry_on", dies)
        with pytest.raises(KeyboardInterrupt):
            let_the_time_come(room)
    assert told(room) == []
    assert let_the_time_come(room) == 1
    assert [kind for _, kind, _, _ in told(room)] == ["published", "behind"]


def test_what_cannot_go_live_is_told_at_once_to_who_scheduled_it_and_to_the_coordinators_with_the_reason(
    room: Room,
) -> None:
    correct(room)
    refused = [one for one in told(room) if one[1] == "refused"]
    assert refused == [("carim", "refused", "carim", "en"), ("dana", "refused", "carim", "en")]
    let_the_time_come(room)
    assert [one for one in told(room) if one[1] == "refused"] == refused
    with room.place.database.read() as session:
        for notice in session.scalars(select(DbNotice).where(DbNotice.kind == "refused")):
            assert notice.mail_at == notice.at
            (reason,) = notice.reasons
            assert isinstance(reason, Said)
            assert reason.msgid.startswith("what readers see was changed after revision %(number)s was scheduled")


def test_what_is_refused_at_night_is_told_once_though_the_worker_is_killed_over_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room.place.database.write() as session:
        room.text(session, "en").status = Status.DRAFT

    def dies(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(embargoes, "Outcome", dies)
        with pytest.raises(KeyboardInterrupt):
            let_the_time_come(room)
    assert told(room) == []
    for _ in range(2):
        assert let_the_time_come(room) == 0
    assert [(name, kind) for name, kind, _, _ in told(room)] == [("carim", "refused"), ("dana", "refused")]


def test_an_order_that_cannot_be_carried_on_is_told_once_to_those_who_may_mend_it(room: Room) -> None:
    with room.place.database.write() as session:
        order = Order(policy=Policy.EACH)
        releases.give(session, room.document(session), room.actor(session, "carim", "en"), order)
        carim = session.scalars(select(DbAccount).where(DbAccount.name == "carim")).one()
        carim.grants = [DbGrant(role=Role.AUTHOR, locale="")]
    for words in ("Центр открылся.", "Центр открыт."):
        text = RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:").replace("Центр открывается.", words)
        room.save("rustam", "ru", text)
        with room.place.database.write() as session:
            russian = room.text(session, "ru")
            dana = room.actor(session, "dana", "ru", four_eyes=False)
            for action in READY:
                transitions.take(session, russian, action, dana, revision=russian.head, comment="a note")
    refused = [one for one in told(room) if one[1] == "refused"]
    assert refused == [("carim", "refused", "carim", "ru"), ("dana", "refused", "carim", "ru")]


def test_reasons_are_kept_whole_or_not_at_all() -> None:
    reasons = (
        saying("not translated yet: %(segments)s", segments=("a", "b")),
        "a plain one",
        saying("nothing is live"),
    )
    found = reasons_in(kept(reasons, longest=2000))
    assert found == reasons
    assert [isinstance(one, Said) for one in found] == [True, False, True]
    assert reasons_in(kept(reasons, longest=len(kept(reasons, longest=2000)) - 1)) == reasons[:2]
    assert reasons_in("") == ()
