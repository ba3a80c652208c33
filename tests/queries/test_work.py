"""What waits for each of six people, and that nothing waits for somebody whom it is not for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.people import Actor, Channel, Person
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import people
from app.queries.work import Reason, Section, work
from app.services import assignments, revisions, schedule, teams, transitions, writing
from app.services.texts import find, find_or_begin, require_document
from app.storage.accounts import DbAccount
from app.storage.database import Database
from tests.copies import Copies
from tests.desk import TestDesk, open_office
from tests.trees import EDITOR, FACTS, ITEM, Place, article

ALMATY = ZoneInfo("Asia/Almaty")
EN = article("Opening", "The centre opens.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")


def begin_with(place: Place) -> None:
    open_office(place)
    place.item(en=EN)
    place.sync()


@pytest.fixture
def desk(tmp_path: Path, template: str, copies: Copies) -> Iterator[TestDesk]:
    with copies.of(begin_with, template, tmp_path) as place:
        desk = TestDesk(tmp_path, place.url, fresh=False)
        yield desk
        desk.place.database.dispose()


def who(database: Database, name: str) -> Person:
    with database.read() as session:
        found = people.person(session, name)
    assert found is not None
    return found


def waits(desk: TestDesk, name: str) -> dict[Reason, Section]:
    person = who(desk.place.database, name)
    with desk.place.database.read() as session:
        return {
            section.reason: section for section in work(session, person, four_eyes=True, zone=ALMATY, reader=Tag("en"))
        }


def kyrgyz(desk: TestDesk, *, by: str, text: str = KY) -> None:
    """Save the Kyrgyz text as somebody's."""
    actor: Actor = who(desk.place.database, by).actor(Tag("ky"), channel=Channel.DESK)
    with desk.place.database.write() as session:
        translation = find_or_begin(session, require_document(session, ITEM), Tag("ky"))
        transitions.lock(session, translation)
        revisions.save(session, translation, text, actor, base=translation.head, path="desk")


def take(desk: TestDesk, action: Action, comment: str = "", due: datetime | None = None) -> None:
    with desk.place.database.write() as session:
        translation = find(session, ITEM, Tag("ky"))
        transitions.take(session, translation, action, EDITOR, revision=translation.head, comment=comment, due=due)


def ask(desk: TestDesk, *, item: str = str(ITEM), **whom: Any) -> None:
    carim = who(desk.place.database, "carim").actor(Tag("ky"), channel=Channel.DESK)
    with desk.place.database.write() as session:
        assignments.assign(session, require_document(session, DocumentName.parse(item)), Tag("ky"), carim, **whom)


def test_what_is_live_in_the_source_waits_for_the_translator_of_each_language_it_lacks(desk: TestDesk) -> None:
    (section,) = waits(desk, "kanat").values()
    assert (section.reason, section.total) == (Reason.MISSING, 1)
    assert section.entries[0].cell.locale == "ky"
    assert waits(desk, "adil") == {}, "an administrator writes nothing"
    assert waits(desk, "elena") == {}


def test_a_text_goes_from_its_writer_to_reviewers_and_back_with_the_note_and_on_to_coordinators(desk: TestDesk) -> None:
    kyrgyz(desk, by="kanat")
    assert set(waits(desk, "kanat")) == {Reason.DRAFT}
    take(desk, Action.SUBMIT)
    assert waits(desk, "kanat") == {}
    assert set(waits(desk, "rustam")) == {Reason.REVIEW}
    assert waits(desk, "elena") == {}, "she reviews English"
    take(desk, Action.RETURN, comment="The name of the centre")
    came_back = waits(desk, "kanat")
    assert set(came_back) == {Reason.RETURNED}
    assert came_back[Reason.RETURNED].entries[0].note == "The name of the centre"
    kyrgyz(desk, by="kanat", text=KY.replace("Борбор", "Маалымат борбору"))
    assert set(waits(desk, "kanat")) == {Reason.DRAFT}, "mended, it is a draft like any other"
    take(desk, Action.SUBMIT)
    take(desk, Action.APPROVE)
    assert set(waits(desk, "carim")) == {Reason.PUBLISH}
    take(desk, Action.PUBLISH)
    assert Reason.PUBLISH not in waits(desk, "carim")


def test_nobody_is_asked_to_review_what_they_wrote_themselves(desk: TestDesk) -> None:
    kyrgyz(desk, by="rustam")
    take(desk, Action.SUBMIT)
    assert Reason.REVIEW not in waits(desk, "rustam")
    assert Reason.REVIEW in waits(desk, "carim")


def changed_in_english(desk: TestDesk) -> None:
    desk.place.write("content/news/2026-01-01-item/en.md", EN.replace("opens.", "opens on Monday."))
    desk.place.sync()


def test_what_went_behind_waits_for_who_wrote_it_with_a_day_by_which_it_is_wanted(desk: TestDesk) -> None:
    kyrgyz(desk, by="rustam")
    for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
        take(desk, action)
    assert waits(desk, "kanat") == {}
    changed_in_english(desk)
    (asked,) = waits(desk, "rustam").values()
    assert (asked.reason, asked.entries[0].due is None) == (Reason.ASSIGNED, False)
    assert waits(desk, "kanat") == {}


def test_what_went_behind_of_somebody_who_left_waits_for_who_translates_into_that_language(desk: TestDesk) -> None:
    kyrgyz(desk, by="rustam")
    for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
        take(desk, action)
    with desk.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "rustam")).one().active = False
    changed_in_english(desk)
    assert set(waits(desk, "kanat")) == {Reason.BEHIND}


def test_what_is_asked_of_one_person_waits_for_that_person_alone_until_it_is_asked_of_another(desk: TestDesk) -> None:
    due = datetime(2026, 2, 1, tzinfo=UTC)
    for person in ("rustam", "kanat"):
        with desk.place.database.write() as session:
            document = find(session, ITEM, Tag("en")).document
            assignments.assign(session, document, Tag("ky"), EDITOR, person=person, due=due)
    asked = waits(desk, "kanat")
    assert set(asked) == {Reason.ASSIGNED}
    assert asked[Reason.ASSIGNED].entries[0].due == due
    assert waits(desk, "rustam") == {}


def test_a_new_item_waits_for_its_author_as_one_text_and_not_as_its_facts(desk: TestDesk) -> None:
    author = who(desk.place.database, "aigul").actor(Tag("en"), channel=Channel.DESK)
    with desk.place.database.write() as session:
        writing.begin(session, Kind.NEWS, "A new item", Facts(source=Tag("en"), date=datetime.now(UTC)), author)
    drafts = waits(desk, "aigul")[Reason.DRAFT]
    assert [entry.cell.locale for entry in drafts.entries] == ["en"]
    assert drafts.total == 1


def test_what_has_a_time_waits_for_nobody_and_stands_last_with_its_time_until_that_is_taken_from_it(
    desk: TestDesk,
) -> None:
    due = datetime(2099, 2, 1, tzinfo=UTC)
    kyrgyz(desk, by="kanat")
    take(desk, Action.SUBMIT)
    take(desk, Action.APPROVE)
    take(desk, Action.SCHEDULE, due=due)
    for name in ("carim", "kanat"):
        ((reason, section),) = waits(desk, name).items()
        assert (reason, section.entries[0].cell.scheduled) == (Reason.COMING, due), (
            "for who decides, and for who wrote it"
        )
    assert waits(desk, "elena") == {}
    take(desk, Action.UNSCHEDULE)
    assert set(waits(desk, "carim")) == {Reason.PUBLISH}
    assert waits(desk, "carim")[Reason.PUBLISH].entries[0].cell.scheduled is None


def test_what_could_not_go_live_at_its_time_waits_for_a_coordinator_again(desk: TestDesk) -> None:
    kyrgyz(desk, by="kanat")
    take(desk, Action.SUBMIT)
    take(desk, Action.APPROVE)
    take(desk, Action.SCHEDULE, due=datetime(2099, 2, 1, tzinfo=UTC))
    with desk.place.database.write() as session:
        work = schedule.waiting(session, find(session, ITEM, Tag("ky")))
        assert work is not None
        work.refuse("for a reason", now=datetime.now(UTC))
        schedule.tell(session, work, EDITOR, "refused")
    assert set(waits(desk, "carim")) == {Reason.PUBLISH}


def test_nobody_is_urged_to_publish_again_what_was_withdrawn_until_it_was_mended_and_approved(desk: TestDesk) -> None:
    kyrgyz(desk, by="kanat")
    for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.WITHDRAW):
        take(desk, action)
    assert waits(desk, "carim") == {}
    kyrgyz(desk, by="kanat", text=KY.replace("Борбор", "Маалымат борбору"))
    assert waits(desk, "kanat")[Reason.DRAFT].entries[0].cell.withdrawn
    take(desk, Action.SUBMIT)
    take(desk, Action.APPROVE)
    assert set(waits(desk, "carim")) == {Reason.PUBLISH}


def test_what_is_due_first_comes_first_and_of_one_day_what_is_urgent(desk: TestDesk) -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2099, 2, day, hour, tzinfo=ALMATY)

    wanted = {"late": (at(3, 18), 0), "usual": (at(2, 9), 0), "urgent": (at(2, 23), 1), "early": (at(2, 1), -1)}
    for name, (due, priority) in wanted.items():
        desk.place.write(f"content/news/2026-02-01-{name}/item.toml", FACTS)
        desk.place.write(f"content/news/2026-02-01-{name}/en.md", EN.replace("slug: opening", f"slug: {name}"))
        desk.place.sync()
        ask(desk, item=f"news/2026-02-01-{name}", person="kanat", due=due, priority=priority)
    ask(desk, person="kanat")
    asked = waits(desk, "kanat")[Reason.ASSIGNED]
    named = [entry.name.name.removeprefix("2026-02-01-") for entry in asked.entries]
    assert named == ["urgent", "usual", "early", "late", "2026-01-01-item"], "and what is due by no day is last"


def test_a_teams_text_waits_for_each_of_it_who_could_write_it_until_one_has_it(desk: TestDesk) -> None:
    carim = who(desk.place.database, "carim").actor(Tag("ky"), channel=Channel.DESK)
    with desk.place.database.write() as session:
        teams.put(session, "Kyrgyz desk", carim, locale=Tag("ky"), people=["kanat", "elena"])
    ask(desk, team="Kyrgyz desk")
    (section,) = waits(desk, "kanat").values()
    assert (section.reason, section.entries[0].team, section.entries[0].theirs) == (Reason.TEAM, "Kyrgyz desk", False)
    assert waits(desk, "elena") == {}, "she could not write it"
    kanat = who(desk.place.database, "kanat").actor(Tag("ky"), channel=Channel.DESK)
    with desk.place.database.write() as session:
        assignments.take(session, require_document(session, ITEM), Tag("ky"), kanat)
    assert waits(desk, "kanat")[Reason.ASSIGNED].entries[0].theirs


def test_a_language_that_lacks_very_much_waits_with_its_newest_and_says_so(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.queries.work.MOST_COUNTED", 2)
    assert waits(desk, "kanat")[Reason.MISSING].is_counted
    for name in ("second", "third"):
        desk.place.write(f"content/news/2026-02-01-{name}/item.toml", FACTS)
        desk.place.write(f"content/news/2026-02-01-{name}/en.md", EN.replace("slug: opening", f"slug: {name}"))
    desk.place.sync()
    missing = waits(desk, "kanat")[Reason.MISSING]
    assert (missing.total, missing.is_counted) == (2, False)
    assert {entry.name.name for entry in missing.entries} == {"2026-02-01-second", "2026-02-01-third"}
