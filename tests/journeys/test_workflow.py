"""Whatever people do in whatever order, readers see what was approved or is a correction of it, and none is undone."""

import re
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions, schedule, transitions
from app.services.sync.corrections import correct
from app.services.texts import find
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision, DbTranslation
from app.worker.embargoes import publish_what_is_due
from tests import databases
from tests.journeys.histories import LONG, histories
from tests.trees import EDITOR, ITEM, Place, article

LATER = datetime(2099, 1, 1, tzinfo=UTC)
PLACES = st.sampled_from(["first", "second", "third"])
WORDS = st.sampled_from(["rivers", "mountains", "meadows"])
NAMED = st.sampled_from(["newest", "newest", "the one before", "live", "any", "none"])


def sentence(place: str, word: str) -> str:
    return f"The {place} of these sentences tells of {word}."


def written(text: str, place: str, word: str) -> str:
    return re.sub(rf"The {place} of these sentences tells of \w+\.", sentence(place, word), text)


def words(text: str) -> dict[str, list[str]]:
    """What each of the sentences tells of."""
    told = re.findall(r"The (\w+) of these sentences tells of (\w+)\.", text)
    return {place: [word for where, word in told if where == place] for place in ("first", "second", "third")}


class Workflow(RuleBasedStateMachine):
    """One text, live from the start, and everybody at it. `template` is set by the test."""

    template = ""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="tilmash-"))
        self.place = Place(self.root, databases.sqlite_copy(self.template, self.root / "test.db"))
        texts = (sentence(place, "nothing") for place in ("first", "second", "third"))
        self.place.item(en=article("Opening", *texts, slug="opening"))
        self.place.sync()
        self.promised: dict[str, list[str]] = {}  # what was live when something was scheduled
        with self.place.database.read() as session:
            self.settled = {find(session, ITEM, Tag("en")).live_id}  # what may be live: approved, or a correction

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.database.dispose()
            shutil.rmtree(self.root)

    @rule(place=PLACES, word=WORDS, old=st.booleans())
    def somebody_edits(self, place: str, word: str, *, old: bool) -> None:
        with self.place.database.write() as session:
            text = self._locked(session)
            base = session.get_one(DbRevision, text.head_id)
            if old and base.parent_id is not None:
                base = session.get_one(DbRevision, base.parent_id)
            revisions.save(session, text, written(base.text, place, word), EDITOR, base=base, path="desk")

    @rule(place=PLACES, word=st.none() | WORDS)
    def somebody_mends_what_is_live(self, place: str, word: str | None) -> None:
        """In words of their own, or (None) in those that the newest text has already."""
        with self.place.database.write() as session:
            text = self._locked(session)
            if text.live_id is None:
                return
            live = session.get_one(DbRevision, text.live_id)
            newest = words(session.get_one(DbRevision, text.head_id).text)[place]
            mended = written(live.text, place, word or newest[0])
            saved, _ = correct(session, text, mended, EDITOR, live=live, minor=False, path="en.md")
            self.settled.add(saved.incoming.id)
            event(f"mended, and something waits: {schedule.waiting(session, text) is not None}")

    @rule(action=st.sampled_from(Action), named=NAMED, which=st.integers(1, 8), note=st.sampled_from(["", "a note"]))
    def somebody_decides(self, action: Action, named: str, which: int, note: str) -> None:
        try:
            with self.place.database.write() as session:
                text = self._locked(session)
                revision, live = self._named(session, text, named, which), text.live_id
                transitions.take(session, text, action, EDITOR, revision=revision, comment=note, due=LATER)
                if revision is not None:
                    self._remember(session, text, action, revision, live)
        except Refusal:
            event(f"refused to {action}")
        else:
            event(f"taken: {action}")

    def _remember(
        self, session: Session, text: DbTranslation, action: Action, revision: DbRevision, live: int | None
    ) -> None:
        if action is Action.APPROVE or (action is Action.CORRECT and revision.parent_id == live):
            self.settled.add(revision.id)
        if action is Action.SCHEDULE:
            self.promised = self._words(session, text.live_id)

    @rule(place=PLACES, word=WORDS, last=st.sampled_from([Action.SCHEDULE, Action.SCHEDULE, Action.PUBLISH]))
    def a_new_text_is_approved_and_scheduled_or_published(self, place: str, word: str, last: Action) -> None:
        self.somebody_edits(place, word, old=False)
        for action in (Action.SUBMIT, Action.APPROVE, last):
            self.somebody_decides(action, "newest", 1, "")

    @rule(place=PLACES, word=WORDS, where=PLACES, mended=st.none() | WORDS)
    def what_is_live_is_mended_before_the_time_comes(
        self, place: str, word: str, where: str, mended: str | None
    ) -> None:
        self.a_new_text_is_approved_and_scheduled_or_published(place, word, Action.SCHEDULE)
        self.somebody_mends_what_is_live(where, mended)
        self.the_time_comes()

    @rule(place=PLACES, word=WORDS, action=st.sampled_from([Action.CORRECT, Action.APPROVE]), named=NAMED)
    def somebody_means_another_revision_than_the_newest(
        self, place: str, word: str, action: Action, named: str
    ) -> None:
        for one in (word, "valleys"):
            self.somebody_edits(place, one, old=False)
        self.somebody_decides(Action.SUBMIT, "newest", 1, "")
        self.somebody_decides(action, named, 2, "")
        self.somebody_decides(Action.PUBLISH, "newest", 1, "")

    @rule()
    def the_facts_give_another_time(self) -> None:
        with self.place.database.write() as session:
            schedule.move(session, find(session, ITEM, Tag("en")).document, EDITOR, due=LATER + timedelta(days=1))

    @rule()
    def the_time_comes(self) -> None:
        with self.place.database.write() as session:
            session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1)))
            before = self._words(session, find(session, ITEM, Tag("en")).live_id)
            waiting = session.scalars(select(DbWork.refusal)).all()
        published = publish_what_is_due(self.place.database)
        event(
            f"its time comes for {len(waiting)}, {len(waiting) - waiting.count('')} of them refused: {published} live"
        )
        with self.place.database.read() as session:
            after = self._words(session, find(session, ITEM, Tag("en")).live_id)
        if published:
            changed = {place for place in before if before[place] != self.promised.get(place)}
            event(f"goes live over {len(changed)} sentences that were changed meanwhile")
            assert {place: after[place] for place in changed} == {place: before[place] for place in changed}
        else:
            assert after == before

    @precondition(lambda self: hasattr(self, "place"))
    @invariant()
    def readers_see_what_was_approved_or_a_correction_of_it(self) -> None:
        with self.place.database.read() as session:
            assert find(session, ITEM, Tag("en")).live_id in {None, *self.settled}

    def _locked(self, session: Session) -> DbTranslation:
        text = find(session, ITEM, Tag("en"))
        transitions.lock(session, text)
        return text

    def _named(self, session: Session, text: DbTranslation, named: str, which: int) -> DbRevision | None:
        head = session.get_one(DbRevision, text.head_id)
        numbers = {"newest": head.id, "the one before": head.parent_id, "live": text.live_id}
        if named == "any":
            numbered = (DbRevision.translation_id == text.id, DbRevision.number == which)
            return session.scalar(select(DbRevision).where(*numbered))
        number = numbers.get(named)
        return None if number is None else session.get_one(DbRevision, number)

    def _words(self, session: Session, revision_id: int | None) -> dict[str, list[str]]:
        return words(session.get_one(DbRevision, revision_id).text if revision_id else "")


@pytest.mark.soak
def test_nothing_goes_live_that_nobody_approved_and_no_correction_is_undone(sqlite_template: str) -> None:
    machine = type("Seeded", (Workflow,), {"template": sqlite_template})
    run = settings(histories(short=20, long=2000), stateful_step_count=40 if LONG else 20)
    run_state_machine_as_test(machine, settings=run)
