"""Must hold whatever happens: a text that was saved on either side is in a revision or a suggestion.

Tree and database are edited at random, texts of every kind; the worker is killed between any two of its writes (a real
process, a real SIGKILL); an editor, or somebody at the desk, saves in the instant between its reading and its exchange;
texts are published, corrected, scheduled and withdrawn. Then one synchronisation brings all in step, and a second one
changes nothing; the journal is whole, and readers see what was published, and nothing else.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, update

from app.domain.errors import Refusal
from app.domain.translations import Action
from app.services import revisions, standings, transitions
from app.services.sync.slots import Slot
from app.services.texts import find
from app.storage.database import Database
from app.storage.outbox import DbWork
from app.storage.standings import DbStanding
from app.storage.texts import DbRevision
from app.worker.embargoes import publish_what_is_due
from tests import databases
from tests.journeys import killed
from tests.journeys.histories import LONG, histories
from tests.journeys.ledger import Ledger
from tests.journeys.texts_of_every_kind import BEGINNING, JUNK, LIVE, PHOTO, PHOTOS, SITES, SLOTS, texts
from tests.trees import EDITOR, Place

SAVES = st.sampled_from(SLOTS).flatmap(lambda slot: st.tuples(st.just(slot), texts(slot)))
DESK_SAVES = st.sampled_from(LIVE).flatmap(lambda slot: st.tuples(st.just(slot), texts(slot)))
POINTS = st.integers(1, 4) | st.integers(3, 16) | st.integers(1, 45)  # a look with an exchange or two is over by then


class TreeAndDatabase(RuleBasedStateMachine):
    """The tree and the database of an item and a catalogue, and what was written on either side."""

    address: Callable[[ExitStack, Path], str]

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        root = Path(tempfile.mkdtemp(prefix="tilmash-"))
        self.stack.callback(shutil.rmtree, root)
        self.place = Place(root, type(self).address(self.stack, root))
        self.stack.callback(self.place.database.dispose)
        for path, text in BEGINNING.items():
            self.place.write(path, text)
        self.place.write(PHOTO, PHOTOS[0])
        self.ledger = Ledger(self.place)
        self.the_worker_looks()

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            with self.stack:
                self.ledger.settle()

    # On the side of the tree

    @rule(save=SAVES)
    def an_editor_saves(self, save: tuple[Slot, str]) -> None:
        slot, text = save
        text = self._as_in_files(slot, text)
        self.ledger.editor_saves(slot, text)
        self.place.write(slot.path, text)

    @rule(slot=st.sampled_from(SLOTS))
    def a_file_is_deleted(self, slot: Slot) -> None:
        self.ledger.editor_saves(slot, None)
        self.ledger.deleted.add(slot.path)
        self.place.path(slot.path).unlink(missing_ok=True)

    @rule(slot=st.sampled_from(SLOTS), junk=st.sampled_from(JUNK))
    def a_file_is_broken(self, slot: Slot, junk: str) -> None:
        junk = self.ledger.fresh(f"{junk} @@", private=True)
        self.ledger.editor_spoils(slot, junk)
        self.place.write(slot.path, junk)

    @rule(photo=st.sampled_from(range(len(PHOTOS))))
    def a_photo_is_replaced(self, photo: int) -> None:
        self.place.write(PHOTO, PHOTOS[photo])

    @rule(text=st.sampled_from([*SITES, "[[broken"]))
    def the_settings_are_saved(self, text: str) -> None:
        self.place.write("content/site.toml", text)

    # On the side of the database

    @rule(save=DESK_SAVES, old=st.booleans())
    def the_desk_saves(self, save: tuple[Slot, str], *, old: bool) -> None:
        slot, text = save
        self._desk_saves(self.place.database, slot, self.ledger.fresh(text, private=True), old=old)

    @rule(slot=st.sampled_from(LIVE), action=st.sampled_from(list(Action)))
    def the_desk_decides(self, slot: Slot, action: Action) -> None:
        due = datetime.now(UTC) + timedelta(days=1) if action is Action.SCHEDULE else None
        try:
            with self.place.database.write() as session:
                translation = find(session, slot.document, slot.locale)
                head = translation.head
                transitions.take(session, translation, action, EDITOR, revision=head, comment="a note", due=due)
                subject = translation.subject
                scheduled = session.scalar(select(DbWork.id).where(DbWork.subject == subject))
        except Refusal:
            return
        if action in {Action.PUBLISH, Action.SCHEDULE, Action.CORRECT}:
            self.ledger.withdrawn.discard(subject)
        elif action is Action.WITHDRAW and not scheduled:
            self.ledger.withdrawn.add(subject)
        self.ledger.published()

    @rule(save=DESK_SAVES, last=st.sampled_from([Action.PUBLISH, Action.PUBLISH, Action.SCHEDULE]))
    def the_desk_publishes(self, save: tuple[Slot, str], last: Action) -> None:
        """So that a file is due to be exchanged when next the synchroniser runs."""
        self.the_desk_saves(save, old=False)
        for action in (Action.SUBMIT, Action.APPROVE, last):
            self.the_desk_decides(save[0], action)

    @rule()
    def the_time_comes(self) -> None:
        """What is scheduled is due, and nobody has it in hand."""
        past = datetime.now(UTC) - timedelta(hours=1)
        with self.place.database.write() as session:
            session.execute(update(DbWork).where(DbWork.kind == "publish").values(due_at=past, leased_until=None))
            session.execute(update(DbStanding).where(DbStanding.scheduled.is_not(None)).values(scheduled=past))

    # The worker between the two

    @rule()
    def the_worker_looks(self) -> None:
        self.ledger.falls_due()
        publish_what_is_due(self.place.database)
        self.place.sync()
        self.ledger.all_in()

    @rule(point=POINTS, save=DESK_SAVES)
    def the_worker_is_killed(self, point: int, save: tuple[Slot, str]) -> None:
        self.the_desk_publishes(save, Action.PUBLISH)
        if self._work(killed.Act(at=point, do=killed.die)) == 0:
            self.ledger.all_in()

    @rule(point=POINTS, save=SAVES, newer=st.data(), dies=st.booleans())
    def an_editor_saves_in_the_instant_of_an_exchange(
        self, point: int, save: tuple[Slot, str], newer: st.DataObject, *, dies: bool
    ) -> None:
        slot, text = save
        self._due_to_be_exchanged(slot, newer.draw(texts(slot)))
        text, told = self._as_in_files(slot, text), self.place.root / "told"

        def saves() -> None:
            before = self.ledger.in_files.get(slot)
            told.write_text("over it" if before is None or self.ledger.still_there(slot, before) else "taken")
            self.place.write(slot.path, text)

        acts = [killed.Act(at=point, do=saves), killed.Act(at=point + 1, do=killed.die)][: 1 + dies]
        ended = self._work(*acts)
        said, before = told.read_text() if told.exists() else "", self.ledger.in_files.pop(slot, None)
        if said:
            self.ledger.spoilt.pop(slot, None)
        told.unlink(missing_ok=True)
        if before is not None and said == "taken":
            self.ledger.desk_saved(slot, before)
        if ended == 0:
            self.ledger.all_in()
        if said:
            self.ledger.in_files[slot] = text
        elif before is not None:
            self.ledger.editor_saves(slot, before)

    @rule(point=POINTS, save=DESK_SAVES, newer=st.data(), dies=st.booleans())
    def the_desk_saves_in_the_instant_of_an_exchange(
        self, point: int, save: tuple[Slot, str], newer: st.DataObject, *, dies: bool
    ) -> None:
        slot, text = save
        self._due_to_be_exchanged(slot, newer.draw(texts(slot)))
        text, told = self.ledger.fresh(text, private=True), self.place.root / "told"

        def saves() -> None:
            database = Database(self.place.url, follow=standings.follow)
            if self._desk_saves(database, slot, text, old=False):
                told.touch()
            database.dispose()

        acts = [killed.Act(at=point, do=saves, apart=True), killed.Act(at=point + 1, do=killed.die)][: 1 + dies]
        if self._work(*acts) == 0:
            self.ledger.all_in()
        if told.exists():
            told.unlink()
            self.ledger.desk_saved(slot, text)

    def _work(self, *acts: killed.Act) -> int:
        self.ledger.falls_due()
        self.place.database.dispose()
        ended = killed.work(self.place.root, self.place.url, *acts)
        self.ledger.some_in()
        return ended

    def _due_to_be_exchanged(self, slot: Slot, text: str) -> None:
        if slot.draft:
            self.the_desk_saves((slot, text), old=False)
        else:
            self.the_desk_publishes((slot, text), Action.PUBLISH)

    def _as_in_files(self, slot: Slot, text: str) -> str:
        """A draft beside a live text is not published, unless it asks for that."""
        return self.ledger.fresh(text, private=slot.draft and "ublish" not in text and "approved" not in text)

    def _desk_saves(self, database: Database, slot: Slot, text: str, *, old: bool) -> bool:
        try:
            with database.write() as session:
                translation = find(session, slot.document, slot.locale)
                transitions.lock(session, translation)
                if translation.head_id is None:
                    return False
                base = session.get_one(DbRevision, translation.head_id)
                if old and base.parent_id is not None:
                    base = session.get_one(DbRevision, base.parent_id)
                revisions.save(session, translation, text, EDITOR, base=base, path="desk")
        except Refusal:
            return False
        self.ledger.desk_saved(slot, text)
        return True


def run(address: Callable[[ExitStack, Path], str], *, short: int, long: int) -> None:
    machine = type("Seeded", (TreeAndDatabase,), {"address": staticmethod(address)})
    how = settings(histories(short=short, long=long), stateful_step_count=30 if LONG else 15)
    run_state_machine_as_test(machine, settings=how)


@pytest.mark.soak
def test_every_text_ever_saved_on_either_side_is_kept(sqlite_template: str) -> None:
    def address(_stack: ExitStack, root: Path) -> str:
        return databases.sqlite_copy(sqlite_template, root / "test.db")

    run(address, short=20, long=1000)


@pytest.mark.soak
@pytest.mark.postgresql
def test_every_text_ever_saved_on_either_side_is_kept_on_postgresql(postgresql_template: str) -> None:
    def address(stack: ExitStack, _root: Path) -> str:
        return stack.enter_context(databases.postgresql_database(postgresql_template))

    run(address, short=4, long=300)
