"""The weekly report by mail: in each one's language, on Monday to who wants it, and no week's twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden
from app.domain.figures import Period, Report
from app.domain.notices import MailChoice, MailHabit
from app.domain.people import Actor, Channel, Person
from app.domain.segments import Tag
from app.domain.translations import Role
from app.domain.weekly import IsoWeek
from app.queries import figures as computed
from app.services import letters, notices, weekly
from app.storage.accounts import DbAccount
from app.storage.standings import DbStanding
from app.storage.weekly import DbWeeklyLetter
from app.worker import post
from tests.mail import MailBox, body
from tests.people import COORDINATOR, invite
from tests.trees import Place
from tests.web.desk import some_figures
from tests.worker.post.office import PO, URL, let_time_pass, office, works

WEEK = IsoWeek.parse("2026-W48") or pytest.fail("no week")
ALMATY = ZoneInfo("Asia/Almaty")
MONDAY_AT_NINE = datetime(2026, 11, 30, 4, tzinfo=UTC)  # in Almaty
DANA = Actor(name="dana", channel=Channel.DESK, roles=frozenset({Role.COORDINATOR}))

RUSSIAN = """
msgid "Report of week %(number)s: %(first)s to %(last)s"
msgstr "Отчёт за неделю %(number)s: с %(first)s по %(last)s"

msgid "Late"
msgstr "Опаздывает"
"""


@pytest.fixture(autouse=True)
def some(monkeypatch: pytest.MonkeyPatch) -> None:
    def report(_session: Session, _viewer: Person, period: Period, *, person: str | None = None) -> Report:
        return some_figures.report(period, person)

    monkeypatch.setattr(computed, "report", report)
    monkeypatch.setattr(computed, "up_to", lambda _session: some_figures.COUNTED)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the post office takes for now."""
    now = [MONDAY_AT_NINE]

    class Clock(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]  # always UTC here
            return now[0]

    monkeypatch.setattr(post, "datetime", Clock)
    return now


def order(place: Place, *people: str, actor: Actor = DANA, language: Tag | None = None) -> list[str]:
    with place.database.write() as session:
        return weekly.order(session, WEEK, people, actor, language=language, now=datetime.now(UTC))


def wish(place: Place, name: str = "dana", hour: int = 9, *, weekly: bool = True) -> None:
    with place.database.write() as session:
        notices.choose(session, name, MailHabit(choice=MailChoice.NONE, hour=hour, weekly=weekly))


def test_a_press_sends_the_report_to_each_who_was_chosen_in_their_language(place: Place, box: MailBox) -> None:
    place.write("translations/ru/LC_MESSAGES/messages.po", PO + RUSSIAN)
    place.sync()
    with place.database.write() as session:
        late = update(DbStanding).where(DbStanding.locale == "ky", DbStanding.kind == "news")
        session.execute(
            late.values(person="kanat", owed=datetime(2026, 11, 27, 7, tzinfo=UTC), title="<b>Ачылыш\n.</b>")
        )
    assert order(place, "dana", "rita", "nobody") == ["rita", "dana"]
    assert office(place, box.address).look() == 2
    by_language = {letter["Content-Language"]: letter for letter in box.letters}
    assert by_language["ru"]["Subject"] == "Centre: Отчёт за неделю 48: с 23 ноября 2026 г. по 29 ноября 2026 г."
    plain, html = (body(by_language["ru"], kind) for kind in ("plain", "html"))
    assert "\nОпаздывает: 1 (as of " in plain
    line = ")\n> <b>Ачылыш .</b> (кыргызский): asked of Kanat until 27 ноября 2026\u202fг., 12:00\n"
    assert line in plain
    assert f"{URL}/desk/report/?week=2026-W48#late" in plain
    assert "&lt;b&gt;Ачылыш" in html
    assert "> Live and current: 86% (the week before: 86%)\n" in body(by_language["en"], "plain")
    assert by_language["en"]["List-Unsubscribe"].startswith(f"<{URL}/desk/notices/stop/")


def test_no_weeks_report_goes_to_anybody_twice_also_after_a_restart(place: Place, box: MailBox) -> None:
    assert order(place, "dana", "dana") == ["dana"]
    assert order(place, "dana") == []
    assert [office(place, box.address).look() for _ in range(2)] == [1, 0]
    assert order(place, "dana") == []
    assert order(place, "dana", language=Tag("ky")) == ["dana"], "of one language it is another report"
    assert office(place, box.address).look() == 1
    assert f"{URL}/desk/report/?week=2026-W48&language=ky#late" in body(box.letters[1], "plain")


def test_who_wants_it_gets_it_on_monday_at_their_hour_and_once(
    place: Place, box: MailBox, clock: list[datetime]
) -> None:
    wish(place)
    clock[0] = MONDAY_AT_NINE.replace(hour=3, minute=59)
    assert office(place, box.address).look() == 0
    clock[0] = MONDAY_AT_NINE
    assert [office(place, box.address).look() for _ in range(3)] == [1, 0, 0]
    assert "#published" in body(box.letters[0], "plain")
    assert order(place, "dana") == [], "nor by a press of somebody"
    clock[0] = MONDAY_AT_NINE.replace(month=12, day=7)
    assert office(place, box.address).look() == 1, "the next week's"


def test_two_workers_on_a_monday_send_one_letter(place: Place, box: MailBox) -> None:
    wish(place)
    with place.database.write() as session:
        assert weekly.order_for_monday(session, now=MONDAY_AT_NINE, zone=ALMATY) == 1
    with place.database.write() as session:
        assert weekly.order_for_monday(session, now=MONDAY_AT_NINE, zone=ALMATY) == 0
        assert not weekly.is_monday(session, now=MONDAY_AT_NINE, zone=ALMATY)
    assert len(works(place)) == 1


def test_who_did_not_ask_is_no_coordinator_or_stopped_their_mail_gets_none_on_monday(
    place: Place, box: MailBox, clock: list[datetime]
) -> None:
    wish(place, "rita")
    wish(place, "dana", weekly=False)
    with place.database.write() as session:
        eva = invite(session, "eva", COORDINATOR)
        notices.choose(session, "eva", MailHabit(weekly=True))
        notices.stop_mail(session, eva.id)
    assert office(place, box.address).look() == 0


def test_who_is_gone_or_whose_sender_may_not_see_it_any_more_gets_nothing(place: Place, box: MailBox) -> None:
    order(place, "rita", "kanat")
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(active=False))
    assert office(place, box.address).look() == 1
    order(place, "dana", language=Tag("ru"))
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "dana").values(active=False))
    assert (office(place, box.address).look(), works(place)) == (0, [])


def test_who_assigns_nothing_sends_no_report(place: Place) -> None:
    translator = Actor(name="rita", channel=Channel.DESK, roles=frozenset({Role.TRANSLATOR}))
    with pytest.raises(Forbidden):
        order(place, "dana", actor=translator)
    with place.database.read() as session:
        assert session.scalars(select(DbWeeklyLetter)).all() == []


def test_a_worker_that_dies_over_a_report_repeats_it_once_under_the_same_name(
    place: Place, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(place, "dana")

    def dies(session: Session, number: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(letters, "sent", dies)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                office(place, box.address).look()
            let_time_pass(place)
    assert office(place, box.address).look() == 0
    assert len(box.raw) == 2
    assert len({letter["Message-ID"] for letter in box.letters}) == 1
    assert works(place)[0].refusal.startswith("it was handed over twice")
