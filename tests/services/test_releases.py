"""A standing order is carried on at each approval, in its transaction, and lets nothing go that it should not."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.errors import Forbidden, NotAllowed
from app.domain.releases import Order, Policy, Wait
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action, Status
from app.services import corrections, releases, sheets, transitions
from app.storage import journal
from app.storage.accounts import DbAccount
from app.storage.embargoes import PUBLISH
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork
from app.storage.texts import DbPublication, DbRevision
from app.worker.embargoes import publish_what_is_due
from tests.services.rooms import Room
from tests.services.test_sheets import POT, SITE
from tests.trees import FACTS, article

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="draft")
KY = article("Ачылыш", "Борбор ачылды.", slug="achylysh", status="draft")
READY = (Action.SUBMIT, Action.APPROVE)
EACH = Order(policy=Policy.EACH)


def together(*tags: str, policy: Policy = Policy.TOGETHER) -> Order:
    return Order(policy=policy, together=frozenset(Tag(tag) for tag in tags))


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ru=RU, ky=KY)
    room.place.sync()
    assert room.place.problems() == []


def order(room: Room, wanted: Order, name: str = "carim") -> None:
    with room.place.database.write() as session:
        releases.give(session, room.document(session), room.actor(session, name, "en"), wanted)


def waiting(room: Room) -> dict[Tag, Wait | None]:
    with room.place.database.read() as session:
        document = room.document(session)
        row = releases.in_force(session, document)
        assert row is not None
        return dict(releases.waiting(session, document, row))


def refusal(room: Room) -> str | None:
    with room.place.database.read() as session:
        row = releases.in_force(session, room.document(session))
        return None if row is None else row.refusal


def events(room: Room) -> list[tuple[str, str]]:
    with room.place.database.read() as session:
        assert not list(journal.verify(session))
        rows = session.execute(select(DbEvent.subject, DbEvent.action).order_by(DbEvent.number))
        return [(row.subject.removeprefix("news/2026-01-01-item"), row.action) for row in rows if row.action != "save"]


def test_each_goes_as_it_is_approved_and_what_came_before_its_source_goes_with_it(room: Room) -> None:
    order(room, EACH)
    room.do("rustam", "ru", *READY)
    assert (room.live(), waiting(room)[Tag("ru")]) == (set(), Wait.SOURCE)
    room.do("elena", "en", *READY)
    assert room.live() == {"en", "ru"}
    room.do("rustam", "ky", *READY)
    assert room.live() == {"en", "ru", "ky"}
    assert events(room)[:4] == [("", "order-release"), ("@ru", "submit"), ("@ru", "approve"), ("@en", "submit")]
    gone = [subject for subject, action in events(room) if action == "publish" and subject != "@zxx"]
    assert gone == ["@en", "@ru", "@ky"]


def test_all_go_together_or_none_does(room: Room) -> None:
    order(room, together("en", "ru", "ky"))
    room.do("elena", "en", *READY)
    room.do("rustam", "ru", *READY)
    assert (room.live(), waiting(room)) == (set(), {"en": Wait.GROUP, "ru": Wait.GROUP, "ky": Wait.UNAPPROVED})
    room.do("rustam", "ky", *READY)
    assert room.live() == {"en", "ru", "ky"}


def test_a_first_group_goes_at_once_and_the_rest_as_they_come(room: Room) -> None:
    order(room, together("en", "ru", policy=Policy.GROUP_FIRST))
    room.do("rustam", "ky", *READY)
    room.do("elena", "en", *READY)
    assert room.live() == set()
    room.do("rustam", "ru", *READY)
    assert room.live() == {"en", "ru", "ky"}


def test_an_order_that_comes_late_lets_go_at_once_what_is_ready(room: Room) -> None:
    room.do("elena", "en", *READY)
    room.do("rustam", "ru", *READY)
    order(room, EACH)
    assert room.live() == {"en", "ru"}


def test_what_is_behind_holds_its_group_back_until_it_has_caught_up(room: Room) -> None:
    room.save("rustam", "ru", RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:"))
    room.do("rustam", "ru", *READY)
    room.save("aigul", "en", EN.replace("opens.", "opens on Monday."))
    order(room, together("en", "ru"))
    room.do("elena", "en", *READY)
    assert (room.live(), waiting(room)) == (set(), {"en": Wait.GROUP, "ru": Wait.BEHIND, "ky": Wait.LEFT_OUT})
    caught_up = RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:").replace("ется.", "ется в понедельник.")
    room.save("rustam", "ru", caught_up)
    room.do("rustam", "ru", *READY)
    assert room.live() == {"en", "ru"}


def digest(room: Room) -> str:
    with room.place.database.read() as session:
        head = room.text(session, "en").head
        assert head is not None
        return head.digest[:8]


def test_where_one_of_a_group_is_refused_none_goes_the_approval_stands_and_the_reason_is_kept(room: Room) -> None:
    order(room, together("en", "ru"))
    room.do("rustam", "ru", *READY)
    other = EN.replace("draft", "published").replace("slug: opening", "slug: otkrytie")
    room.place.write("content/news/2026-01-02-other/item.toml", FACTS)
    room.place.write("content/news/2026-01-02-other/en.md", other)
    room.place.sync()
    room.do("elena", "en", *READY)
    assert (room.live(), "belongs to another document" in (refusal(room) or "")) == (set(), True)
    with room.place.database.read() as session:
        assert [room.text(session, tag).status for tag in ("en", "ru")] == ["approved", "approved"]
    room.save("rustam", "ru", RU.replace("otkrytie", "otkrytie-2"))
    room.do("rustam", "ru", *READY)
    assert (room.live(), refusal(room)) == ({"en", "ru"}, "")


def test_an_order_of_somebody_who_coordinates_no_more_lets_nothing_go(room: Room) -> None:
    order(room, EACH)
    with room.place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "carim").values(active=False))
    room.do("elena", "en", *READY)
    assert (room.live(), refusal(room)) == (set(), "who gave this order may not give one any more")
    assert ("", "refuse-release") in events(room)
    with room.place.database.read() as session:
        assert room.text(session, "en").status == "approved"


def test_an_order_is_revoked_replaced_and_ended_by_a_withdrawal_and_what_is_live_stays(room: Room) -> None:
    order(room, EACH)
    order(room, together("en", "ru"))
    with room.place.database.write() as session:
        releases.revoke(session, room.document(session), room.actor(session, "carim", "en"))
    room.do("elena", "en", *READY)
    room.do("rustam", "ru", *READY)
    assert (room.live(), refusal(room)) == (set(), None)
    order(room, EACH)
    room.do("carim", "ru", Action.WITHDRAW)
    room.do("rustam", "ky", *READY)
    assert (room.live(), refusal(room)) == ({"en"}, None)
    told = [json.loads(details)["reason"] for details in details_of(room, "end-release")]
    assert told == ["replaced", "revoked", "withdraw"]


def details_of(room: Room, action: str) -> list[str]:
    with room.place.database.read() as session:
        rows = select(DbEvent.details).where(DbEvent.action == action).order_by(DbEvent.number)
        return list(session.scalars(rows))


def test_an_order_breaks_no_embargo_and_what_waited_for_the_source_follows_it(room: Room) -> None:
    room.do("elena", "en", *READY)
    with room.place.database.write() as session:
        source = room.text(session, "en")
        later = datetime.now(UTC) + timedelta(days=1)
        coordinator = room.actor(session, "carim", "en")
        transitions.take(session, source, Action.SCHEDULE, coordinator, revision=source.head, due=later)
    order(room, EACH)
    room.do("rustam", "ru", *READY)
    assert (room.live(), refusal(room)) == (set(), "")
    with room.place.database.write() as session:
        waiting = session.scalars(select(DbWork.subject).where(DbWork.kind == PUBLISH))
        assert sorted(subject[-2:] for subject in waiting) == ["en", "ru"]
        session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(minutes=1)))
    publish_what_is_due(room.place.database)
    publish_what_is_due(room.place.database)
    assert room.live() == {"en", "ru"}


def test_a_source_approved_as_minor_goes_out_so(room: Room) -> None:
    order(room, EACH)
    room.do("elena", "en", *READY)
    room.save("rustam", "ru", RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:"))
    room.do("rustam", "ru", *READY)
    room.save("aigul", "en", EN.replace("centre", "center"))
    room.do("elena", "en", *READY, minor=True)
    room.save("rustam", "ru", RU.replace("Центр", "Наш центр"))
    room.do("rustam", "ru", *READY)
    assert waiting(room) == {"ky": Wait.UNAPPROVED}


@pytest.mark.parametrize("how", [Action.APPROVE, Action.CORRECT])
def test_what_is_said_of_a_translation_says_nothing_of_its_source(room: Room, how: Action) -> None:
    """A mended slip in Russian is minor by itself, and lets no material change of the source out before its time."""
    order(room, together("en", "ru"))
    room.do("elena", "en", *READY)
    room.save("rustam", "ru", RU.replace("status:", f"based-on: en@{digest(room)}\nstatus:"))
    room.do("rustam", "ru", *READY)
    assert room.live() == {"en", "ru"}
    room.save("aigul", "en", EN.replace("opens.", "is closed for ever."))
    room.do("elena", "en", *READY)
    assert Tag("en") in waiting(room), "until Russian has caught up"
    with room.place.database.write() as session:
        text, actor = room.text(session, "ru"), room.actor(session, "carim", "ru")
        if how is Action.CORRECT:
            live = session.get_one(DbRevision, text.live_id)
            slip = live.text.replace("Центр", "Наш центр")
            corrections.correct(session, text, slip, actor, live=live, minor=True, comment="")
        else:
            transitions.take(session, text, Action.REOPEN, actor, revision=text.head)
            for action in READY:
                transitions.take(session, text, action, actor, revision=text.head, comment="why", minor=True)
    with room.place.database.read() as session:
        source = room.text(session, "en")
        assert (source.status, source.live_id == source.head_id) == (Status.APPROVED, False), "it waits for Russian"


def test_what_was_approved_as_minor_goes_out_so_by_somebody_elses_approval(room: Room) -> None:
    order(room, together("en", "ru"))
    room.do("elena", "en", Action.SUBMIT)
    room.do("elena", "en", Action.APPROVE, minor=True)
    room.do("rustam", "ru", *READY)
    with room.place.database.read() as session:
        text = room.text(session, "en").id
        assert session.scalars(select(DbPublication.minor).where(DbPublication.translation_id == text)).all() == [True]


def test_who_coordinates_orders_and_nobody_else_and_a_group_has_somebody(room: Room) -> None:
    for name in ("aigul", "kanat", "rustam", "adil"):
        with pytest.raises(Forbidden):
            order(room, EACH, name)
    with pytest.raises(NotAllowed, match="name the languages"):
        order(room, together())


def test_languages_approved_in_the_same_moment_go_together_and_nobody_waits_for_ever(room: Room) -> None:
    order(room, together("en", "ru", "ky"))
    for name, locale in (("elena", "en"), ("rustam", "ru"), ("rustam", "ky")):
        room.do(name, locale, Action.SUBMIT)
    with ThreadPoolExecutor(3) as threads:
        work = [
            threads.submit(room.do, name, locale, Action.APPROVE)
            for name, locale in (("elena", "en"), ("rustam", "ru"), ("rustam", "ky"))
        ]
        for one in work:
            one.result()
    assert room.live() == {"en", "ru", "ky"}
    with room.place.database.read() as session:
        assert not list(journal.verify(session))


def test_languages_of_a_catalogue_go_as_they_are_approved_and_one_that_lacks_a_new_message_waits(room: Room) -> None:
    room.place.write("translations/site.pot", POT)
    room.place.sync()
    with room.place.database.write() as session:
        document = room.document(session, SITE)
        releases.give(session, document, room.actor(session, "carim", "ru"), EACH)
        actor = room.actor(session, "rustam", "ru")
        views = Typed(forms=("%(count)s раз", "%(count)s раза", "%(count)s раз"))
        typed = {Key("News"): Typed(forms=("Новости",)), Key("%(count)s view"): views}
        shown = sheets.sheet(session, SITE, Tag("ru"))
        sheets.save(session, SITE, Tag("ru"), actor, bases=shown.bases, typed=typed)
    approve(room)
    assert live(room)
    room.place.write("translations/site.pot", POT + '\nmsgid "Search"\nmsgstr ""\n')
    room.place.sync()
    with room.place.database.write() as session:
        shown = sheets.sheet(session, SITE, Tag("ru"))
        sheets.save(
            session, SITE, Tag("ru"), actor, bases=shown.bases, typed={Key("News"): Typed(forms=("Новости дня",))}
        )
    approve(room)
    assert not live(room)


def approve(room: Room) -> None:
    for action in READY:
        with room.place.database.write() as session:
            text = room.text(session, "ru", SITE)
            carim = room.actor(session, "carim", "ru", four_eyes=False)
            transitions.take(session, text, action, carim, revision=text.head)


def live(room: Room) -> bool:
    """Whether readers have the newest text."""
    with room.place.database.read() as session:
        text = room.text(session, "ru", SITE)
        return text.live_id == text.head_id
