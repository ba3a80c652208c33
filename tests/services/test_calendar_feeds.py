"""What is due for somebody, for their calendar: at an address that can be taken back, and of which a digest is kept."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.domain.people import Person
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.calendars import Entry, calendar
from app.queries import people
from app.queries.due import Due, due_for
from app.services import assignments, calendar_feeds, standings
from app.storage.accounts import DbAccount
from app.storage.assigning import DbCalendarFeed
from app.storage.talk import DbAssignment
from tests.services.rooms import Room
from tests.trees import SITE, article

ALMATY = ZoneInfo("Asia/Almaty")
DUE = datetime(2099, 3, 6, 18, tzinfo=ALMATY)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(
        en=article("Opening", "The centre opens.", slug="opening"),
        ru=article("Открытие", "Центр открывается.", slug="otkrytie"),
    )
    room.place.sync()


def renew(room: Room, name: str = "kanat") -> str:
    with room.place.database.write() as session:
        return calendar_feeds.renew(session, name)


def whose(room: Room, token: str) -> str:
    with room.place.database.read() as session:
        found = calendar_feeds.whose(session, token)
        return found.person.name if found is not None else ""


def due(room: Room, name: str, since: datetime = DUE) -> list[Due]:
    with room.place.database.read() as session:
        person = people.person(session, name)
        assert isinstance(person, Person)
        return list(due_for(session, person, since=since))


def assign(room: Room, person: str, wanted: datetime | None = DUE) -> None:
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person=person, due=wanted)


def test_an_address_is_ones_own_until_another_is_made_or_it_is_revoked_and_only_its_digest_is_kept(room: Room) -> None:
    first = renew(room)
    assert (whose(room, first), whose(room, "guess"), whose(room, "")) == ("kanat", "", "")
    second = renew(room)
    assert (whose(room, first), whose(room, second)) == ("", "kanat")
    with room.place.database.read() as session:
        (kept,) = session.scalars(select(DbCalendarFeed.digest))
        assert second not in kept
        assert calendar_feeds.made_at(session, "kanat") is not None
    with room.place.database.write() as session:
        calendar_feeds.revoke(session, "kanat")
    assert whose(room, second) == ""


@pytest.mark.parametrize("lost", ["account", "roles"])
def test_an_address_leads_nowhere_once_its_owner_may_not_read_the_desk(room: Room, lost: str) -> None:
    token = renew(room)
    with room.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one()
        if lost == "account":
            account.active = False
        else:
            account.grants.clear()
    assert whose(room, token) == ""


def test_what_is_due_stands_there_by_its_title_in_ones_own_language_until_it_is_handed_in(room: Room) -> None:
    assign(room, "rustam")
    (one,) = due(room, "rustam")
    assert (one.locale, one.title, one.due) == ("ky", "Открытие", DUE), "his desk speaks Russian"
    assert due(room, "kanat") == []
    room.begin("ky")
    room.save("rustam", "ky", article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft"))
    assert len(due(room, "rustam")) == 1
    room.do("rustam", "ky", Action.SUBMIT)
    assert due(room, "rustam") == []


def test_what_is_asked_for_by_no_day_stands_in_no_calendar(room: Room) -> None:
    assign(room, "kanat", None)
    assert due(room, "kanat") == []


def test_of_more_than_a_calendar_holds_what_is_still_ahead_comes_first(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.place.write("content/site.toml", SITE + "".join(f'{tag} = ["ru"]\n' for tag in ("kk", "tg", "tk", "uz")))
    room.place.sync()
    days = {tag: DUE + count * timedelta(days=1) for count, tag in enumerate(("kk", "ky", "tg", "tk", "uz"))}
    with room.place.database.write() as session:
        document = room.document(session)
        for tag, day in days.items():
            session.add(
                DbAssignment(document_id=document.id, locale=Tag(tag), person="kanat", due=day, by="carim", at=DUE)
            )
        session.flush()
        standings.remake(session, document)
    shown = {}
    for most in (2, 3, 4, 5):
        monkeypatch.setattr("app.queries.due.MOST", most)
        shown[most] = [str(one.locale) for one in due(room, "kanat", days["tg"])]
    assert shown == {
        2: ["tg", "tk"], 3: ["tg", "tk", "uz"], 4: ["ky", "tg", "tk", "uz"], 5: ["kk", "ky", "tg", "tk", "uz"]
    }  # fmt: skip


def test_another_program_reads_the_calendar_in_utc_whatever_a_title_holds() -> None:
    title = "«Ачылыш»; борбор, ачылат\\n " * 9 + "\r\nBEGIN:VEVENT"
    asked = datetime(2099, 3, 1, 12, tzinfo=UTC)
    entry = Entry(uid="one@example.org", summary=title, address="https://a.org/desk/", due=DUE, asked=asked, priority=1)
    raw = calendar("CARICC", [entry])
    assert raw == calendar("CARICC", [entry])
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75, "RFC 5545, section 3.1"
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert (str(event["UID"]), event.decoded("DTEND"), event["PRIORITY"]) == ("one@example.org", DUE.astimezone(UTC), 1)
    assert b"DTEND:20990306T130000Z\r\n" in raw
    assert str(event["SUMMARY"]).replace("\n", "") == title.replace("\r\n", "")


def test_who_coordinates_has_a_calendar_of_everybody_which_is_revoked_by_itself_and_ends_with_the_role(
    room: Room,
) -> None:
    assign(room, "kanat")
    with room.place.database.write() as session:
        token = calendar_feeds.renew(session, "carim", everybody=True)
    own = renew(room, "carim")
    with room.place.database.read() as session:
        shown = calendar_feeds.whose(session, token)
        assert shown is not None
        (one,) = due_for(session, shown.person, since=DUE, everybody=shown.everybody)
        assert (one.locale, one.whose) == ("ky", "Kanat Kyrgyz")
        assert due_for(session, shown.person, since=DUE) == []
    with room.place.database.write() as session:
        calendar_feeds.revoke(session, "carim")
    assert (whose(room, own), whose(room, token)) == ("", "carim")
    with room.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == "carim")).one()
        account.grants.clear()
    assert whose(room, token) == ""
