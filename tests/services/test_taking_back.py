"""What a rule gave when a text was published is taken back with the publication, unless somebody touched it since."""

from datetime import UTC, datetime

import pytest

from app.domain.assigning import Rule
from app.domain.notices import NoticeKind
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.timeline import What, timeline
from app.services import assignments, teams, transitions
from app.services.texts import find_revision
from app.storage.talk import Given
from tests.services.rooms import Room
from tests.services.test_giving_by_rule import EN_DRAFT, KANAT, change_english, publish_kyrgyz, rule, told, whose
from tests.trees import ITEM

NEXT_YEAR = datetime(2099, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def published(room: Room) -> Room:
    """A source text that is live, and its Kyrgyz is asked of Kanat by a rule."""
    rule(room, KANAT)
    room.place.item(en=EN_DRAFT)
    room.place.sync()
    room.do("elena", "en", Action.SUBMIT, Action.APPROVE)
    room.do("carim", "en", Action.PUBLISH)
    return room


def given(room: Room) -> tuple[str, str, bool]:
    """The person, the team, and whether it is wanted by a day."""
    now = Given.of(whose(room))
    return now.person, now.team, now.due is not None


def test_what_a_rule_gave_is_nobodys_once_its_source_is_withdrawn(published: Room) -> None:
    assert given(published) == ("kanat", "", True)
    published.do("carim", "en", Action.WITHDRAW)
    assert given(published) == ("", "", False)
    assert told(published, NoticeKind.CALLED_OFF) == ["kanat"]
    assert told(published, NoticeKind.UNASSIGNED) == [], "nobody had asked, so nobody ceased to"


@pytest.mark.parametrize("deed", ["save", "assign", "another day"])
def test_what_somebody_did_since_stays(published: Room, deed: str) -> None:
    if deed == "save":
        publish_kyrgyz_draft(published)
    else:
        assign(published, "rustam" if deed == "assign" else "kanat")
    before = given(published)
    published.do("carim", "en", Action.WITHDRAW)
    assert given(published) == before
    assert told(published, NoticeKind.CALLED_OFF) == []


def assign(room: Room, person: str) -> None:
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person=person, due=NEXT_YEAR)


def publish_kyrgyz_draft(room: Room) -> None:
    room.begin("ky")
    room.save("kanat", "ky", "---\ntitle: Ачылыш\nslug: achylysh\n---\n\nБорбор ачылат.\n")


def test_what_came_back_to_who_made_it_is_as_it_was_once_readers_have_what_they_had(published: Room) -> None:
    assign(published, "kanat")
    publish_kyrgyz(published)
    before = Given.of(whose(published))
    change_english(published)
    again = whose(published)
    assert again is not None
    assert (again.person, Given.of(again) == before) == ("kanat", False)
    with published.place.database.write() as session:
        text = published.text(session, "en")
        first = find_revision(session, text, 1)
        transitions.take(session, text, Action.PUT_BACK, published.actor(session, "carim", "en"), revision=first)
    assert Given.of(whose(published)) == before


def test_a_rule_that_gave_something_is_said_to_have_and_not_a_person(published: Room) -> None:
    assert (told(published, NoticeKind.GIVEN), told(published)) == (["kanat"], [])
    with published.place.database.read() as session:
        (asked,) = [one for one in timeline(session, ITEM) if one.what is What.ASSIGN]
    assert (asked.by_itself, asked.person, asked.who) == (True, "kanat", "carim")


def test_everybody_of_a_team_is_told_that_the_team_is_asked(room: Room) -> None:
    with room.place.database.write() as session:
        teams.put(session, "Kyrgyz", room.actor(session, "carim", "en"), locale=Tag("ky"), people=["kanat", "rustam"])
    rule(room, Rule(locale=Tag("ky"), team="Kyrgyz"))
    room.place.item(en=EN_DRAFT.replace("draft", "published"))
    room.place.sync()
    assert told(room, NoticeKind.TEAM_GIVEN) == ["kanat", "rustam"]
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "kk")
        assignments.assign(session, room.document(session), Tag("ky"), actor, person="kanat")
        assignments.assign(session, room.document(session), Tag("ky"), actor, team="Kyrgyz")
    assert (told(room), told(room, NoticeKind.TEAM_ASSIGNED)) == (["kanat"], ["kanat", "rustam"])


def test_who_declines_what_a_rule_gave_tells_all_who_coordinate(published: Room) -> None:
    with published.place.database.write() as session:
        actor = published.actor(session, "kanat", "ky")
        assignments.decline(session, published.document(session), Tag("ky"), actor, "I am on a course")
    assert told(published, NoticeKind.DECLINED) == ["carim"]
