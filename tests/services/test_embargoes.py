"""What an embargo outlives and what it doesn't, and that nothing that readers were given is undone by one."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.errors import NotAllowed
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.embargoes import scheduled
from app.services import revisions, transitions
from app.services.texts import find
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork
from app.worker.embargoes import publish_what_is_due
from tests.copies import Copies
from tests.trees import EDITOR, FOLDER, ITEM, Place, article, decide

LATER = datetime(2099, 1, 1, tzinfo=UTC)
LIVE = article("Opening", "The centre opens.", "All are invited.", slug="opening")
NEXT = LIVE.replace("opens", "opens in May")
UNDONE = (
    "what readers see was changed after revision 2 was scheduled, and that change would be undone; "
    "approve and schedule the newest text"
)


class Desk:
    """A live English text, and what people do to it and to what is scheduled."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def save(self, text: str) -> None:
        with self.place.database.write() as session:
            translation = find(session, ITEM, Tag("en"))
            transitions.lock(session, translation)
            revisions.save(session, translation, text, EDITOR, base=translation.head, path="desk")

    def do(self, *actions: Action, locale: str = "en") -> None:
        with self.place.database.write() as session:
            decide(session, find(session, ITEM, Tag(locale)), *actions)

    def schedule(self, *, locale: str = "en") -> None:
        with self.place.database.write() as session:
            text = find(session, ITEM, Tag(locale))
            transitions.take(session, text, Action.SCHEDULE, EDITOR, revision=text.head, due=LATER)

    def correct(self, old: str, new: str) -> None:
        """Mend the live file, as people do who know nothing of schedules."""
        path = f"content/{FOLDER}/en.md"
        self.place.sync()
        before = self.place.read(path)
        assert old in before
        self.place.write(path, before.replace(old, new))
        self.place.sync()

    def let_the_time_come(self) -> int:
        with self.place.database.write() as session:
            session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1)))
        return publish_what_is_due(self.place.database)

    @property
    def live(self) -> str:
        return self.place.stand("en")[2] or ""

    def told(self) -> list[tuple[int, str]]:
        """Each revision that is scheduled or was refused, by its number, with the reason."""
        with self.place.database.read() as session:
            return [(one.revision, one.refusal) for one in scheduled(session, ITEM)]

    def events(self, action: str) -> list[dict[str, object]]:
        with self.place.database.read() as session:
            told = select(DbEvent.details).where(DbEvent.action == action).order_by(DbEvent.number)
            return [json.loads(details) for details in session.scalars(told)]


def begin(place: Place) -> None:
    """Revision 1 is live, revision 2 is approved and scheduled."""
    place.item(en=LIVE)
    place.sync()
    desk = Desk(place)
    desk.save(NEXT)
    desk.do(Action.SUBMIT, Action.APPROVE)
    desk.schedule()


@pytest.fixture
def desk(tmp_path: Path, template: str, copies: Copies) -> Iterator[Desk]:
    with copies.of(begin, template, tmp_path) as place:
        yield Desk(place)


@pytest.mark.parametrize("action", [Action.REOPEN, Action.WITHDRAW, Action.PUBLISH])
def test_reopening_withdrawing_or_publishing_calls_an_embargo_off_and_the_journal_says_so(
    desk: Desk, action: Action
) -> None:
    desk.do(action)
    assert desk.told() == []
    (told,) = desk.events("unschedule")
    assert (told["revision"], told["reason"]) == (2, action)
    before = desk.live
    assert desk.let_the_time_come() == 0
    assert desk.live == before


def test_returning_a_later_text_calls_the_embargo_off_as_somebody_found_it_wanting(desk: Desk) -> None:
    desk.save(NEXT.replace("May", "June"))
    desk.do(Action.SUBMIT)
    assert desk.told() == [(2, "")]
    desk.do(Action.RETURN)
    assert desk.told() == []
    assert [told["reason"] for told in desk.events("unschedule")] == ["return"]


def test_an_edit_leaves_the_embargo_as_it_is_and_does_not_slip_out_with_it(desk: Desk) -> None:
    desk.save(NEXT.replace("May", "June"))
    desk.do(Action.SUBMIT, Action.APPROVE)
    assert desk.told() == [(2, "")]
    assert desk.let_the_time_come() == 1
    assert (desk.live, desk.told(), desk.events("unschedule")) == (NEXT, [], [])


def test_what_is_scheduled_can_be_withdrawn_before_anything_was_ever_live(tmp_path: Path, database_url: str) -> None:
    place = Place(tmp_path, database_url)
    place.item(en=LIVE.replace("published", "approved"))
    place.sync()
    desk = Desk(place)
    with pytest.raises(NotAllowed, match="nothing is live"):
        desk.do(Action.WITHDRAW)
    desk.schedule()
    desk.do(Action.WITHDRAW)
    assert desk.told() == []
    place.database.dispose()


def test_what_was_taken_back_to_draft_without_a_new_text_does_not_go_live(desk: Desk) -> None:
    desk.do(Action.EDIT)
    assert desk.let_the_time_come() == 0
    assert desk.told() == [(2, "revision 2 is not approved any more")]
    assert desk.live == LIVE


def test_a_correction_of_the_live_text_is_not_undone_and_the_refusal_is_known_at_once(desk: Desk) -> None:
    desk.correct("All are", "Everybody is")
    assert "Everybody is invited." in desk.live
    assert desk.told() == [(2, UNDONE)]
    assert [told["revision"] for told in desk.events("refused")] == [2]
    assert desk.let_the_time_come() == 0
    assert "Everybody is invited." in desk.live
    assert len(desk.events("refused")) == 1, "it is not tried again"
    desk.do(Action.SUBMIT, Action.APPROVE)  # the newest text, into which the correction was merged
    desk.schedule()
    assert desk.let_the_time_come() == 1
    assert ("opens in May" in desk.live, "Everybody is invited." in desk.live, desk.told()) == (True, True, [])


def test_a_correction_is_not_undone_either_where_another_time_was_given_to_the_embargo(desk: Desk) -> None:
    """The facts know nothing of what was refused, so that it is asked again when its new time has come."""
    desk.correct("All are", "Everybody is")
    with desk.place.database.write() as session:
        for work in session.scalars(select(DbWork)):
            work.put_off(LATER)
    assert desk.told() == [(2, "")]
    assert desk.let_the_time_come() == 0
    assert desk.told() == [(2, UNDONE)]
    assert "Everybody is invited." in desk.live


def test_a_correction_that_the_scheduled_text_has_already_does_not_stop_it(desk: Desk) -> None:
    desk.correct("The centre opens.", "The centre opens in May.")
    assert desk.told() == [(2, "")]
    assert desk.let_the_time_come() == 1
    assert (desk.live, desk.told()) == (NEXT, [])


def test_a_file_in_which_no_word_was_altered_does_not_stop_it(desk: Desk) -> None:
    desk.correct("title: Opening", "title:   Opening")
    assert desk.told() == [(2, "")]
    assert desk.let_the_time_come() == 1
    assert "opens in May" in desk.live


def test_a_translation_whose_source_is_due_in_the_same_moment_goes_live_with_it(
    tmp_path: Path, database_url: str
) -> None:
    place = Place(tmp_path, database_url)
    place.item(
        en=LIVE.replace("published", "approved"),
        ru=article("Открытие", "Центр открывается.", status="approved", slug="otkrytie"),
    )
    place.sync()
    desk = Desk(place)
    desk.schedule(locale="ru")
    desk.schedule(locale="en")
    published = [desk.let_the_time_come(), publish_what_is_due(place.database), publish_what_is_due(place.database)]
    assert published == [1, 1, 0]
    assert (place.stand("ru")[2] is not None, desk.told()) == (True, [])
    place.database.dispose()


def test_a_translation_whose_source_was_refused_is_refused_with_its_own_reason(
    tmp_path: Path, database_url: str
) -> None:
    place = Place(tmp_path, database_url)
    place.item(
        en=LIVE.replace("published", "approved"),
        ru=article("Открытие", "Центр открывается.", status="approved", slug="otkrytie"),
    )
    place.sync()
    desk = Desk(place)
    desk.schedule(locale="en")
    desk.schedule(locale="ru")
    desk.do(Action.EDIT)
    assert desk.let_the_time_come() == 0
    assert publish_what_is_due(place.database) == 0
    assert desk.told() == [
        (1, "revision 1 is not approved any more"),
        (1, "its source text (en) has never been published"),
    ]
    place.database.dispose()


def test_the_same_file_copied_over_the_live_one_is_no_correction_and_no_problem(
    tmp_path: Path, database_url: str
) -> None:
    place = Place(tmp_path, database_url)
    draft = LIVE.replace("published", "draft")
    place.item(en=draft)
    place.sync()
    Desk(place).do(Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    place.sync()
    assert "status: published" in place.read(f"content/{FOLDER}/en.md")
    place.write(f"content/{FOLDER}/en.md", draft)
    place.sync()
    assert place.problems() == []
    assert place.stand("en")[0] == "approved"
    place.database.dispose()
