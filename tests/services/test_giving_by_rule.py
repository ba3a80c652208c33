"""What is published is given to people by rules; what goes out of date comes back to who made it."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.assigning import Rule
from app.domain.documents import Kind
from app.domain.errors import Forbidden, NotAllowed, NotFound
from app.domain.notices import NoticeKind
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.services import assignment_rules, assignments, schedule, teams
from app.services.days_off import calendar, country_of
from app.services.site import settings
from app.storage.accounts import DbAccount, DbGrant
from app.storage.assigning import rules_in_order
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.talk import DbAssignment
from app.worker.embargoes import publish_what_is_due
from tests.services.rooms import Room
from tests.trees import article

EN = article("Opening", "The centre opens.", slug="opening")
EN_DRAFT = article("Opening", "The centre opens.", slug="opening", status="draft")
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")
ALMATY = ZoneInfo("Asia/Almaty")
KANAT = Rule(locale=Tag("ky"), kind=Kind.NEWS, person="kanat")


def rule(room: Room, *rules: Rule) -> None:
    with room.place.database.write() as session:
        for one in rules:
            assignment_rules.add(session, one, room.actor(session, "carim", "en"))


def whose(room: Room, locale: str = "ky") -> DbAssignment | None:
    with room.place.database.read() as session:
        return assignments.current(session, room.document(session), Tag(locale))


def told(room: Room, kind: NoticeKind = NoticeKind.ASSIGNED) -> list[str]:
    with room.place.database.read() as session:
        asked = select(DbAccount.name).join(DbNotice, DbNotice.account_id == DbAccount.id).where(DbNotice.kind == kind)
        return list(session.scalars(asked.order_by(DbNotice.id)))


def publish_kyrgyz(room: Room, by: str = "kanat") -> None:
    room.begin("ky")
    room.save(by, "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("carim", "ky", Action.APPROVE, Action.PUBLISH)


def change_english(room: Room, words: str = "opens on Monday.") -> None:
    room.place.item(en=EN.replace("opens.", words))
    room.place.sync()


def expected(room: Room, row: DbAssignment, days: int) -> datetime:
    """The end of the working day so many after an assignment, counted one by one."""
    day = row.at.astimezone(ALMATY)
    with room.place.database.read() as session:
        known = calendar(settings(session), Tag("ky"), day.year)
    return datetime.combine(known.after(day.date(), days), datetime.min.time().replace(18), tzinfo=ALMATY)


def by_tree(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()


def by_desk(room: Room) -> None:
    room.place.item(en=EN_DRAFT)
    room.place.sync()
    room.do("aigul", "en", Action.SUBMIT)
    room.do("carim", "en", Action.APPROVE, Action.PUBLISH)


def by_worker(room: Room) -> None:
    room.place.item(en=EN_DRAFT)
    room.place.sync()
    room.do("aigul", "en", Action.SUBMIT)
    room.do("carim", "en", Action.APPROVE)
    with room.place.database.write() as session:
        text = room.text(session, "en")
        assert text.head is not None
        schedule.at(session, text, text.head, due=datetime.now(UTC), by="carim", minor=False)
    assert publish_what_is_due(room.place.database) == 1


@pytest.mark.parametrize("door", [by_tree, by_desk, by_worker], ids=["tree", "desk", "worker"])
def test_by_whichever_door_a_source_is_published_each_language_goes_to_whom_a_rule_names(
    room: Room, door: Callable[[Room], None]
) -> None:
    rule(room, KANAT)
    door(room)
    given = whose(room)
    assert given is not None
    assert (given.person, given.due) == ("kanat", expected(room, given, 2)), "two working days, till six"
    assert whose(room, "ru") is None, "no rule is about Russian"
    assert (told(room), told(room, NoticeKind.GIVEN)) == ([], ["kanat"]), "nobody assigned it: a rule did"
    with room.place.database.read() as session:
        assert "news/2026-01-01-item@ky" in list(
            session.scalars(select(DbEvent.subject).where(DbEvent.action == "assign"))
        )


def test_a_rule_says_the_team_the_days_the_tag_and_how_urgent_it_is(room: Room) -> None:
    with room.place.database.write() as session:
        carim = room.actor(session, "carim", "en")
        teams.put(session, "Kyrgyz desk", carim, locale=Tag("ky"), people=["kanat", "rustam"])
    rule(room, Rule(tag="training", person="rustam"), Rule(locale=Tag("ky"), team="Kyrgyz desk", days=5, priority=1))
    by_tree(room)
    given = whose(room)
    assert given is not None
    assert (given.person, given.team, given.priority) == ("", "Kyrgyz desk", 1)
    assert given.due == expected(room, given, 5)
    assert told(room, NoticeKind.TEAM_GIVEN) == ["kanat", "rustam"], "all of the team"


def test_a_rule_that_names_somebody_who_is_gone_is_passed_over(room: Room) -> None:
    rule(room, KANAT, Rule(person="rustam"))
    with room.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one().active = False
    by_tree(room)
    given = whose(room)
    assert given is not None
    assert given.person == "rustam"


def test_what_is_somebodys_or_begun_is_given_to_nobody_else(room: Room) -> None:
    room.place.item(en=EN_DRAFT)
    room.place.sync()
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person="rustam")
    rule(room, Rule(person="carim"), KANAT)
    by_tree(room)
    assert (whose(room) or DbAssignment()).person == "rustam"
    assert (whose(room, "ru") or DbAssignment()).person == "carim"


def test_a_translation_that_goes_out_of_date_returns_to_who_made_it_by_a_day(room: Room) -> None:
    by_tree(room)
    publish_kyrgyz(room)
    assert whose(room) is None
    change_english(room)
    given = whose(room)
    assert given is not None
    assert (given.person, given.due) == ("kanat", expected(room, given, 2))
    assert (told(room), told(room, NoticeKind.BEHIND)) == ([], ["kanat"]), "told once, not twice"
    change_english(room, "opens on Tuesday.")
    again = whose(room)
    assert again is not None
    assert again.id == given.id, "it is theirs already, and so is its day"


def test_what_was_handed_in_in_time_and_is_out_of_date_later_has_a_new_day(room: Room) -> None:
    rule(room, KANAT)
    by_tree(room)
    publish_kyrgyz(room)
    with room.place.database.write() as session:
        session.scalars(select(DbAssignment)).one().due = datetime(2026, 1, 9, tzinfo=UTC)
    change_english(room)
    given = whose(room)
    assert given is not None
    assert given.due == expected(room, given, 2)


def test_it_returns_to_nobody_whose_role_is_gone_but_by_rule_to_another(room: Room) -> None:
    by_tree(room)
    publish_kyrgyz(room)
    with room.place.database.write() as session:
        kanat = session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one()
        kanat.grants[:] = [DbGrant(role=Role.TRANSLATOR, locale="ru")]
    change_english(room)
    assert whose(room) is None
    rule(room, Rule(locale=Tag("ky"), person="rustam"))
    change_english(room, "opens on Friday.")
    assert (whose(room) or DbAssignment()).person == "rustam"


def test_it_returns_to_who_wrote_it_before_somebody_who_is_gone_mended_it_and_they_are_told(room: Room) -> None:
    by_tree(room)
    room.begin("ky")
    room.save("kanat", "ky", KY)
    room.save("rustam", "ky", KY.replace("Борбор", "Маалымат борбору"))
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("carim", "ky", Action.APPROVE, Action.PUBLISH)
    with room.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "rustam")).one().active = False
    change_english(room)
    assert (whose(room) or DbAssignment()).person == "kanat"
    assert told(room, NoticeKind.COMES_BACK) == ["kanat"]


def test_what_somebody_has_who_is_gone_is_nobodys(room: Room) -> None:
    room.place.item(en=EN_DRAFT)
    room.place.sync()
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person="kanat")
        session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one().active = False
    rule(room, Rule(person="rustam"))
    by_tree(room)
    assert (whose(room) or DbAssignment()).person == "rustam"


def test_a_minor_change_of_the_source_asks_nobody_for_anything(room: Room) -> None:
    by_tree(room)
    publish_kyrgyz(room)
    room.save("aigul", "en", EN_DRAFT.replace("opens.", "opens!"))
    room.do("aigul", "en", Action.SUBMIT)
    room.do("carim", "en", Action.APPROVE, Action.PUBLISH, minor=True)
    assert whose(room) is None


def test_rules_are_moved_and_taken_away_by_who_coordinates(room: Room) -> None:
    rule(room, KANAT, Rule(person="rustam"))
    with room.place.database.write() as session:
        carim, kanat = room.actor(session, "carim", "en"), room.actor(session, "kanat", "ky")
        first, second = rules_in_order(session)
        assignment_rules.move(session, second.number, carim, up=True)
        assignment_rules.move(session, second.number, carim, up=True)
        assert [one.person for one in rules_in_order(session)] == ["rustam", "kanat"]
        assignment_rules.move(session, second.number, carim, up=False)
        assert [one.person for one in rules_in_order(session)] == ["kanat", "rustam"]
        for forbidden in (
            lambda: assignment_rules.add(session, KANAT, kanat),
            lambda: assignment_rules.move(session, first.number, kanat, up=True),
            lambda: assignment_rules.remove(session, first.number, kanat),
            lambda: assignment_rules.change(session, first.number, KANAT, kanat),
            lambda: teams.put(session, "Team", kanat, locale=Tag(""), people=[]),
        ):
            with pytest.raises(Forbidden):
                forbidden()
        assignment_rules.change(session, first.number, Rule(locale=Tag("ky"), person="kanat", days=3), carim)
        changed = rules_in_order(session)[0]
        assert (changed.number, changed.person, changed.kind, changed.days) == (first.number, "kanat", None, 3)
        with pytest.raises(NotAllowed):
            assignment_rules.change(session, first.number, Rule(), carim)
        assignment_rules.remove(session, first.number, carim)
        assert [one.person for one in rules_in_order(session)] == ["rustam"]
        with pytest.raises(NotFound):
            assignment_rules.remove(session, first.number, carim)


@pytest.mark.parametrize(
    "wrong",
    [
        Rule(), Rule(person="kanat", team="x"), Rule(person="nobody"),
        Rule(locale=Tag("ru"), person="kanat"), Rule(person="adil"), Rule(locale=Tag("fr"), person="kanat"),
        Rule(person="kanat", days=-1), Rule(person="kanat", days=251), Rule(person="kanat", country="XX"),
        Rule(person="kanat", priority=2), Rule(person="kanat", tag="x" * 201),
    ],
)  # fmt: skip
def test_a_rule_that_could_give_nothing_is_refused(room: Room, wrong: Rule) -> None:
    with room.place.database.write() as session, pytest.raises(NotAllowed):
        assignment_rules.add(session, wrong, room.actor(session, "carim", "en"))


def test_holidays_are_those_of_the_languages_country_if_the_site_works_there(room: Room) -> None:
    with room.place.database.read() as session:
        site = settings(session)
    assert country_of(site, Tag("en")) == "KZ", "of the seat: nobody works in the United States"
    independence = datetime(2027, 8, 31, tzinfo=UTC).date()
    assert not calendar(site, Tag("en"), 2027, country="KG").works(independence)
    assert calendar(site, Tag("en"), 2027).works(independence)


@pytest.mark.parametrize("country", ["AZ", "KZ", "KG", "RU", "TJ", "TM", "UZ"])
def test_the_library_knows_the_holidays_of_each_of_our_countries(room: Room, country: str) -> None:
    with room.place.database.read() as session:
        site = settings(session)
    for year in (2026, 2027, 2028):
        assert not calendar(site, Tag("en"), year, country=country).works(datetime(year, 1, 1, tzinfo=UTC).date())
