"""Several texts at once: what was shown is what is done, no refusal keeps another out, and it is undone."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.assigning import Absence, Rule
from app.domain.bulk import BulkKind
from app.domain.documents import DocumentName
from app.domain.errors import Forbidden
from app.domain.notices import NoticeKind
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import absences, assignment_rules, assignments, bulk, bulk_undoing
from app.services.bulk import Became, Chosen, Deed
from app.services.bulk_assigning import Assigned, Assigning, Setting
from app.services.bulk_exporting import Exporting
from app.services.bulk_publishing import Published, Publishing
from app.services.bulk_reminding import Reminding
from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.storage.talk import Given
from app.storage.texts import DbPublication
from tests.services.rooms import Room
from tests.trees import FACTS, FOLDER, article

EN = article("Opening", "The centre opens.", slug="opening", status="approved")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="approved")
KY = article("Ачылыш", "Борбор ачылды.", slug="achylysh", status="draft")
OTHER = "news/2026-02-02-other"
DAY = timedelta(days=1)
FRIDAY, MONDAY = datetime(2099, 1, 2, 12, tzinfo=UTC), datetime(2099, 1, 5, 12, tzinfo=UTC)


def chosen(*texts: str) -> list[Chosen]:
    return [Chosen.parse(one) for one in texts]


ALL = chosen(f"{FOLDER}@en", f"{FOLDER}@ru", f"{FOLDER}@ky", f"{OTHER}@en")
A_EN, A_RU, A_KY, B_EN = ALL


@pytest.fixture(autouse=True)
def items(room: Room) -> None:
    """Two items: one approved in two languages and a draft in a third, one live with an approved text beside it."""
    room.place.item(en=EN, ru=RU, ky=KY)
    room.place.write(f"content/{OTHER}/item.toml", FACTS)
    room.place.write(f"content/{OTHER}/en.md", article("Closing", "It closes.", slug="closing"))
    room.place.sync()
    room.place.write(
        f"content/{OTHER}/en.draft.md", article("Closing", "It has closed.", slug="closing", status="approved")
    )
    room.place.sync()
    assert room.place.problems() == []


def looked(room: Room, deed: Deed, texts: Iterable[Chosen], who: str = "carim") -> dict[Chosen, bulk.Seen]:
    with room.place.database.read() as session:
        return dict(bulk.look(session, deed, texts, lambda tag: room.actor(session, who, tag)))


def done(
    room: Room, deed: Deed, texts: Iterable[Chosen], who: str = "carim", bases: dict[Chosen, int] | None = None
) -> tuple[int | None, dict[Chosen, Became]]:
    """Do it to what can be done, as it was seen; return its number, and what became of each."""
    if bases is None:
        bases = {one: seen.plan.base for one, seen in looked(room, deed, texts, who).items() if seen.plan}
    with room.place.database.write() as session:
        became = bulk.carry_out(session, deed, bases, lambda tag: room.actor(session, who, tag))
        return bulk.remember(session, deed.kind, who, became), {one.text: one for one in became}


def undone(room: Room, number: int | None, *texts: Chosen, who: str = "carim") -> dict[str, tuple[str, ...]]:
    """Undo it for these texts, or for all; return what could not be, and why."""
    assert number is not None
    with room.place.database.write() as session:
        action = bulk_undoing.find(session, number)
        named = {one.id: f"{one.document.full_name}@{one.locale}" for one in action.items}
        numbers = [one for one, name in named.items() if name in map(str, texts)] if texts else None
        (part,) = bulk_undoing.parts(session, number, room.actor(session, who, "en"), wanted=numbers) or [()]
        results = bulk_undoing.undo(session, part, lambda tag: room.actor(session, who, tag))
        return {named[one.item]: one.reasons for one in results if one.reasons}


def seen_by_readers(room: Room) -> dict[str, str | None]:
    with room.place.database.read() as session:
        texts = [(one, room.text(session, one.locale, one.name)) for one in ALL]
        return {str(one): text.live.text.split("\n")[-2] if text.live else None for one, text in texts}


BEFORE = {str(A_EN): None, str(A_RU): None, str(A_KY): None, str(B_EN): "It closes."}
AFTER = {str(A_EN): "The centre opens.", str(A_RU): "Центр открывается.", str(A_KY): None, str(B_EN): "It has closed."}


def test_what_would_be_published_is_said_before_by_the_guards_that_are_asked_then(room: Room) -> None:
    seen = looked(room, Publishing(), [*ALL, *chosen("news/2026-09-09-gone@en", f"{FOLDER}@kk")])
    changes = {str(one): found.plan.change if found.plan else found.reasons for one, found in seen.items()}
    assert changes == {
        str(A_EN): Published(revision=1, instead=None, minor=False),
        str(A_RU): Published(revision=1, instead=None, minor=False),
        str(A_KY): ("a text that is draft cannot be asked to publish",),
        str(B_EN): Published(revision=2, instead=1, minor=False),
        "news/2026-09-09-gone@en": ("news/2026-09-09-gone has no text in en",),
        f"{FOLDER}@kk": (f"{FOLDER} has no text in kk",),
    }
    assert seen_by_readers(room) == BEFORE, "nothing is done by looking"
    alone = looked(room, Publishing(), [A_RU])[A_RU]
    assert alone.reasons == ("its source text (en) has never been published",), "its source is not among them"
    assert "coordinator" in looked(room, Publishing(), [A_EN], "aigul")[A_EN].reasons[0]


def test_three_approved_ones_are_published_at_once_and_one_of_them_is_undone(room: Room) -> None:
    number, became = done(room, Publishing(), ALL)
    assert seen_by_readers(room) == AFTER
    assert [one.reasons for one in became.values()] == [(), (), ()]
    assert undone(room, number, B_EN) == {}
    assert seen_by_readers(room) == AFTER | {str(B_EN): "It closes."}, "readers get back what they had"
    assert undone(room, number) == {}
    assert seen_by_readers(room) == BEFORE, "and see nothing of what they had not"
    assert undone(room, number) == {}, "there is nothing left to undo"


def test_what_somebody_changed_after_it_was_shown_is_not_done_and_keeps_no_other_out(room: Room) -> None:
    bases = {one: seen.plan.base for one, seen in looked(room, Publishing(), ALL).items() if seen.plan}
    room.save("rustam", "ru", RU.replace("открывается", "открылся"))
    room.do("carim", "ru", Action.SUBMIT, Action.APPROVE)
    number, became = done(room, Publishing(), ALL, bases=bases)
    assert became[A_RU].reasons == ("it was changed after you looked: look at it again",)
    assert seen_by_readers(room) == AFTER | {str(A_RU): None}
    with room.place.database.read() as session:
        kept = {str(one.locale): one.reasons for one in bulk_undoing.find(session, number or 0).items if one.refusal}
    assert kept == {"ru": became[A_RU].reasons}, "what was refused is remembered with its reason"


def test_nothing_newer_is_undone_and_what_stands_in_the_way_is_said(room: Room) -> None:
    number, _ = done(room, Publishing(), ALL)
    room.save("aigul", "en", EN.replace("opens", "is open"))
    room.do("carim", "en", Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    room.do("carim", "ru", Action.WITHDRAW)
    with room.place.database.read() as session:
        against = {
            one.locale: bulk_undoing.against(session, one) for one in bulk_undoing.find(session, number or 0).items
        }
    assert against[Tag("ru")] == ("it was withdrawn since",)
    assert undone(room, number) == {
        str(A_EN): ("revision 2 was published since",),
        str(A_RU): ("it was withdrawn since",),
    }
    assert seen_by_readers(room)[str(A_EN)] == "The centre is open."
    assert seen_by_readers(room)[str(B_EN)] == "It closes.", "one that cannot be undone keeps no other"


def test_what_waits_for_its_time_is_not_published_with_the_others(room: Room) -> None:
    room.save("aigul", "zxx", FACTS + "publish-at = 2099-01-01T10:00:00+05:00\n")
    reasons = looked(room, Publishing(), [A_EN])[A_EN].reasons
    assert reasons == ("it has a time at which it goes live: publish it by itself if it is not to wait",)


def test_who_did_it_or_another_coordinator_undoes_it_and_nobody_else(room: Room) -> None:
    number, _ = done(room, Publishing(), ALL)
    with pytest.raises(Forbidden):
        undone(room, number, who="rustam")
    assert seen_by_readers(room) == AFTER


def whose(room: Room) -> dict[str, Given]:
    with room.place.database.read() as session:
        return {
            str(one): Given.of(assignments.current(session, room.document(session, one.name), one.locale))
            for one in ALL
        }


def test_texts_are_assigned_with_a_day_and_what_was_before_comes_back(room: Room) -> None:
    done(room, Assigning(person="rustam", due=MONDAY), [A_KY])
    deed = Assigning(person="kanat", due=FRIDAY, priority=1)
    seen = looked(room, deed, ALL)
    plan = seen[A_KY].plan
    assert plan is not None
    assert plan.change == Assigned(
        was=Given(person="rustam", due=MONDAY), now=Given(person="kanat", due=FRIDAY, priority=1)
    )
    assert [one.reasons for one in seen.values() if one.plan is None] == [
        ("Kanat Kyrgyz has no role in which to write this text",)
    ] * 3
    number, _ = done(room, deed, ALL)
    assert whose(room)[str(A_KY)] == Given(person="kanat", due=FRIDAY, priority=1)
    assert looked(room, deed, [A_KY])[A_KY].reasons == ("this is so already",)
    assert undone(room, number) == {}
    assert whose(room)[str(A_KY)] == Given(person="rustam", due=MONDAY)


def test_of_what_was_declined_the_day_the_urgency_and_the_reason_come_back(room: Room) -> None:
    done(room, Assigning(person="kanat", due=FRIDAY, priority=1), [A_KY])
    with room.place.database.write() as session:
        kanat = room.actor(session, "kanat", "ky")
        assignments.decline(session, room.document(session, A_KY.name), Tag("ky"), kanat, "no time")
    before = whose(room)
    assert before[str(A_KY)] == Given(due=FRIDAY, priority=1, reason="no time")
    number, _ = done(room, Assigning(person="rustam"), [A_KY])
    assert undone(room, number) == {}
    assert whose(room) == before


def test_what_a_substitute_had_goes_back_at_the_end_of_the_absence_once_it_is_theirs_again(room: Room) -> None:
    today = datetime.now(UTC).date()
    away = Absence(person="kanat", substitute="rustam", first=today - DAY, last=today + 5 * DAY)
    done(room, Assigning(person="kanat", due=datetime.now(UTC) + DAY), [A_KY])
    with room.place.database.write() as session:
        absence = absences.announce(session, away, room.actor(session, "kanat", "ky")).id
    for deed in (Assigning(person="carim"), Setting(due=MONDAY)):
        number, _ = done(room, deed, [A_KY])
        assert undone(room, number) == {}
        assert whose(room)[str(A_KY)].person == "rustam"
    with room.place.database.write() as session:
        absences.call_off(session, absence, room.actor(session, "kanat", "ky"))
    assert whose(room)[str(A_KY)].person == "kanat"


def test_what_is_asked_at_once_of_who_is_away_is_the_substitutes_until_they_are_back(room: Room) -> None:
    today = datetime.now(UTC).date()
    away = Absence(person="kanat", substitute="rustam", first=today - DAY, last=today + 5 * DAY)
    with room.place.database.write() as session:
        absence = absences.announce(session, away, room.actor(session, "kanat", "ky")).id
    done(room, Assigning(person="kanat", due=MONDAY), [A_KY])
    assert whose(room)[str(A_KY)].person == "rustam"
    with room.place.database.read() as session:
        (told,) = session.scalars(select(DbNotice).where(DbNotice.kind == NoticeKind.STANDS_IN))
        assert told.by == "kanat"
    with room.place.database.write() as session:
        absences.call_off(session, absence, room.actor(session, "kanat", "ky"))
    assert whose(room)[str(A_KY)].person == "kanat"


def test_what_was_somebodys_who_may_not_write_it_any_more_is_not_theirs_again(room: Room) -> None:
    done(room, Assigning(person="kanat", due=FRIDAY), [A_KY])
    number, _ = done(room, Assigning(person="rustam"), [A_KY])
    with room.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one().active = False
    assert undone(room, number) == {str(A_KY): ("Kanat Kyrgyz has no role in which to write this text",)}
    assert whose(room)[str(A_KY)].person == "rustam"


def test_a_new_day_leaves_whose_it_is_and_an_assignment_that_came_later_is_not_undone(room: Room) -> None:
    done(room, Assigning(person="kanat", due=FRIDAY), [A_KY])
    assert looked(room, Setting(due=MONDAY), [A_RU])[A_RU].reasons == ("nobody is asked for it: assign it first",)
    number, _ = done(room, Setting(due=MONDAY), ALL)
    assert whose(room)[str(A_KY)] == Given(person="kanat", due=MONDAY)
    done(room, Assigning(person="rustam"), [A_KY])
    assert whose(room)[str(A_KY)] == Given(person="rustam", due=MONDAY), "who says no day leaves it"
    assert undone(room, number) == {str(A_KY): ("it was assigned anew since",)}


def test_of_two_who_assign_what_they_saw_the_second_is_told(room: Room) -> None:
    bases = {A_KY: 0}
    done(room, Assigning(person="kanat"), [A_KY], bases=bases)
    number, became = done(room, Assigning(person="rustam"), [A_KY], bases=bases)
    assert became[A_KY].reasons == ("it was changed after you looked: look at it again",)
    assert number is None, "what did nothing at all is no action"
    assert whose(room)[str(A_KY)].person == "kanat"


def reminders(room: Room) -> list[str]:
    with room.place.database.read() as session:
        told = select(DbAccount.name).join(DbNotice).where(DbNotice.kind == "reminded")
        return list(session.scalars(told))


def test_whose_texts_are_is_reminded_once_a_day_and_it_is_taken_back_while_nobody_read_it(room: Room) -> None:
    done(room, Assigning(person="kanat", due=FRIDAY), [A_KY])
    done(room, Assigning(person="rustam"), [A_RU])
    seen = looked(room, Reminding(), ALL)
    assert {str(one): found.reasons for one, found in seen.items() if not found.plan} == {
        str(A_EN): ("nobody is asked for it: assign it first",),
        str(B_EN): ("nobody is asked for it: assign it first",),
        str(A_RU): ("who has it has nothing to do there: the text is approved",),
    }
    number, _ = done(room, Reminding(), ALL)
    assert reminders(room) == ["kanat"]
    assert looked(room, Reminding(), [A_KY])[A_KY].reasons == ("who has it was reminded less than a day ago",)
    assert undone(room, number) == {}
    assert reminders(room) == []
    number, _ = done(room, Reminding(), ALL)
    with room.place.database.write() as session:
        session.scalars(select(DbNotice).where(DbNotice.kind == "reminded")).one().mail_at = None
    assert undone(room, number) == {str(A_KY): ("the letter that reminds them is sent",)}
    with room.place.database.write() as session:
        session.scalars(select(DbNotice).where(DbNotice.kind == "reminded")).one().read_at = datetime.now(UTC)
    assert undone(room, number) == {str(A_KY): ("who was reminded has read it",)}
    assert reminders(room) == ["kanat"]


def test_exactly_the_chosen_texts_go_out_and_nothing_can_be_taken_back(room: Room) -> None:
    deed = Exporting()
    number, became = done(room, deed, [A_EN, A_KY, *chosen("news/2026-02-02-other@ky")])
    assert [one.name for one in deed.files] == [f"{FOLDER}/en.md", f"{FOLDER}/ky.md"]
    assert sorted(became) == [A_EN, A_KY]
    refused = undone(room, number)
    assert set(refused.values()) == {("files that went out cannot be taken back",)}


def test_hundreds_are_done_in_parts_that_keep_a_document_together_and_the_order_of_its_texts(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PART", 1)
    with room.place.database.read() as session:
        assert bulk.parts(session, [B_EN, A_RU, A_KY, A_EN]) == [[A_EN, A_KY, A_RU], [B_EN]]


def test_a_publication_by_a_bulk_action_is_one_like_any_other(room: Room) -> None:
    number, _ = done(room, Publishing(), ALL)
    with room.place.database.read() as session:
        assert len(session.scalars(select(DbPublication)).all()) == 6, (
            "three texts, facts of both items, and one before"
        )
        assert bulk_undoing.find(session, number or 0).kind is BulkKind.PUBLISH
        named = {DocumentName.parse(FOLDER), DocumentName.parse(OTHER)}
        assert {one.document.full_name for one in bulk_undoing.find(session, number or 0).items} == named


def test_who_undoes_a_publication_takes_back_what_a_rule_gave_by_it(room: Room) -> None:
    def whose() -> str:
        with room.place.database.read() as session:
            return Given.of(assignments.current(session, room.document(session, B_EN.name), Tag("ru"))).person

    with room.place.database.write() as session:
        assignment_rules.add(session, Rule(locale=Tag("ru"), person="carim"), room.actor(session, "carim", "en"))
    number, _ = done(room, Publishing(), [B_EN])
    assert whose() == "carim"
    assert undone(room, number) == {}
    assert whose() == ""


def test_what_a_rule_gave_goes_with_its_publication_also_after_it_was_assigned_and_that_undone(room: Room) -> None:
    with room.place.database.write() as session:
        assignment_rules.add(session, Rule(locale=Tag("ky"), person="kanat"), room.actor(session, "carim", "en"))
    published, _ = done(room, Publishing(), [B_EN])
    (text,) = chosen(f"{OTHER}@ky")
    number, _ = done(room, Assigning(person="rustam", due=FRIDAY), [text])
    assert undone(room, number) == {}
    with room.place.database.read() as session:
        row = assignments.current(session, room.document(session, text.name), text.locale)
        assert row is not None
        assert (row.person, row.publication > 0) == ("kanat", True)
    assert undone(room, published) == {}
    with room.place.database.read() as session:
        assert Given.of(assignments.current(session, room.document(session, text.name), text.locale)) == Given()
