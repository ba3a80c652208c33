"""Must hold whatever happens: a text that was saved on either side is in a revision or a suggestion.

Tree and database are edited at random, the synchroniser is killed between any two of its writes (a real process, a real
SIGKILL), an editor saves in the instant between its reading and its exchange; then one synchronisation brings all in
step, and a second one changes nothing.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text as sql

from app.domain.errors import Refusal
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions, transitions
from app.services.texts import find, find_document
from app.storage.texts import DbRevision, DbTranslation
from tests import databases
from tests.journeys import killed
from tests.trees import EDITOR, FOLDER, ITEM, Place, article

LOCALES = st.sampled_from(["en", "ru"])
FILES = st.sampled_from(["en.md", "ru.md", "en.draft.md", "ru.draft.md"])
WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "омега", "қала"])
TEXTS = st.builds(
    article,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    status=st.sampled_from(["draft", "in review", "published"]),
    slug=st.just("a-slug"),
    note=st.uuids(),  # an unknown key: each file that is ever written is a text of its own
).filter(bool)
POINTS = st.integers(3, 6) | st.integers(1, 14)  # an exchange is over by then


class TreeAndDatabase(RuleBasedStateMachine):
    """The tree and the database of one item, and what was written on either side."""

    template = ""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="tilmash-"))
        url = databases.sqlite_copy(self.template, self.root / "test.db")
        self.place = Place(self.root, url)
        self.place.item(en=article("alpha", "beta", "gamma", slug="a-slug"))
        self.saved: set[str] = set()  # what has to be kept
        self.in_files: dict[str, str] = {}  # what an editor wrote since the last whole run, by file
        self.deleted: set[str] = set()
        self.place.sync()

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.settle()
            self.place.database.dispose()
            shutil.rmtree(self.root)

    @rule(name=FILES, text=TEXTS)
    def an_editor_saves(self, name: str, text: str) -> None:
        self.place.write(f"content/{FOLDER}/{name}", text)
        self.in_files[name] = text
        self.deleted.discard(name)

    @rule(name=FILES)
    def a_file_is_deleted(self, name: str) -> None:
        self.place.path(f"content/{FOLDER}/{name}").unlink(missing_ok=True)
        self.in_files.pop(name, None)
        self.deleted.add(name)

    @rule(name=FILES, junk=st.sampled_from(["no front matter", "---\ntitle: [\n---\n", "\0"]))
    def a_file_is_broken(self, name: str, junk: str) -> None:
        self.place.write(f"content/{FOLDER}/{name}", junk)
        self.in_files.pop(name, None)

    @rule(locale=LOCALES, text=TEXTS, old=st.booleans())
    def the_desk_saves(self, locale: str, text: str, *, old: bool) -> None:
        with self.place.database.write() as session:
            document = find_document(session, ITEM)
            assert document is not None
            translation = next((one for one in document.translations if one.locale == locale), None)
            if translation is None or translation.head_id is None:
                return
            transitions.lock(session, translation)
            base = session.get_one(DbRevision, translation.head_id)
            if old and base.parent_id is not None:
                base = session.get_one(DbRevision, base.parent_id)
            revisions.save(session, translation, text, EDITOR, base=base, path="desk")
        self.saved.add(text)

    @rule(locale=LOCALES, text=TEXTS)
    def the_desk_publishes(self, locale: str, text: str) -> None:
        """So that a file is due to be exchanged when next the synchroniser runs."""
        self.the_desk_saves(locale, text, old=False)
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            self.the_desk_decides(locale, action)

    @rule(locale=LOCALES, action=st.sampled_from([Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.WITHDRAW]))
    def the_desk_decides(self, locale: str, action: Action) -> None:
        try:
            with self.place.database.write() as session:
                transitions.take(session, find(session, ITEM, Tag(locale)), action, EDITOR)
        except Refusal:
            pass

    @rule()
    def the_synchroniser_runs(self) -> None:
        self.place.sync()
        self._all_in()

    @rule(point=POINTS, locale=LOCALES, text=TEXTS)
    def the_synchroniser_is_killed(self, point: int, locale: str, text: str) -> None:
        self.the_desk_publishes(locale, text)
        self.place.database.dispose()
        ended = killed.synchronise(self.root, self.place.url, {point: killed.die})
        assert ended in {0, -9}
        if ended == 0:
            self._all_in()

    @rule(point=POINTS, locale=LOCALES, draft=st.booleans(), dies=st.booleans(), text=TEXTS, newer=TEXTS)
    def an_editor_saves_in_the_instant_of_an_exchange(
        self, point: int, locale: str, text: str, newer: str, *, draft: bool, dies: bool
    ) -> None:
        name = f"{locale}.draft.md" if draft else f"{locale}.md"
        (self.the_desk_saves(locale, newer, old=False) if draft else self.the_desk_publishes(locale, newer))
        self.place.database.dispose()
        before = dict(self.in_files)
        told = self.root / "told"

        def save() -> None:
            self.place.write(f"content/{FOLDER}/{name}", text)
            told.touch()

        acts = {point: save, point + 1: killed.die} if dies else {point: save}
        assert killed.synchronise(self.root, self.place.url, acts) in ({0, -9} if dies else {0})
        if told.exists():
            told.unlink()
            self.deleted.discard(name)
            before.pop(name, None)  # the editor's own save went over it, perhaps before it was read
            self.in_files = {name: text} | ({} if not dies else before)
        if not dies:
            self.saved |= set(before.values())

    @precondition(lambda self: hasattr(self, "place"))
    @invariant()
    def the_journal_and_the_pointers_are_whole(self) -> None:
        with self.place.database.read() as session:
            for translation in session.query(DbTranslation):
                assert (translation.status == "missing") == (translation.head_id is None)

    def _all_in(self) -> None:
        self.saved |= set(self.in_files.values())
        self.in_files.clear()

    def settle(self) -> None:
        self.place.sync()
        self._all_in()
        kept = set(self.place.revisions())
        assert self.saved <= kept, "a saved text is in no revision"
        files, rows = self.place.files(), self._rows()
        moves = self.place.sync()
        assert [move for move in moves if move.what != "problem"] == []
        assert self.place.files() == files
        assert self._rows() == rows
        assert not [name for name in files if "tilmash-" in name], "nothing is left lying about"
        with self.place.database.read() as session:
            written = {
                f"{one.locale}.md" for one in session.query(DbTranslation) if one.head_id and one.locale != "zxx"
            }
        there = {Path(name).name for name in files}
        assert written <= there | self.deleted, "a file that nobody deleted is gone"

    def _rows(self) -> list[object]:
        tables = ("revision", "suggestion", "translation", "publication", "event", "published_page", "tree_file")
        with self.place.database.read() as session:
            return [session.execute(sql(f"SELECT * FROM {table}")).all() for table in tables]  # noqa: S608  # our own tables


@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.parametrize("point", range(1, 15))
def test_a_save_in_any_instant_of_an_exchange_is_merged_with_what_was_published(
    sqlite_template: str, tmp_path: Path, point: int, *, dies: bool
) -> None:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(en=article("Opening", "It opens.", "All are invited.", slug="opening"))
    place.sync()
    published = article("Opening", "It opens.", "Everybody is invited.", slug="opening")
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, published, EDITOR, base=base, path="desk")
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            transitions.take(session, translation, action, EDITOR)
    place.database.dispose()
    mended = article("Opening", "It opens today.", "All are invited.", slug="opening")
    told = tmp_path / "told"

    def save() -> None:
        """Save as an editor that opened the file before: still without what was published meanwhile."""
        place.write(f"content/{FOLDER}/en.md", mended)
        told.touch()

    acts = {point: save, point + 1: killed.die} if dies else {point: save}
    assert killed.synchronise(tmp_path, place.url, acts) in {0, -9}
    place.sync()
    place.sync()
    assert told.exists() or point > 9, "the exchange has nine writes"
    if told.exists():
        assert mended in place.revisions()
        assert "It opens today." in (place.stand("en")[1] or "")
    if point <= 5:  # from the sixth write on the new text is in its place, and the editor saved over that
        assert "Everybody is invited." in (place.stand("en")[1] or "")
    if place.read(f"content/{FOLDER}/en.md") == published:
        assert "Everybody is invited." in (place.stand("en")[2] or "")
    assert not [name for name in place.files() if "tilmash-" in name]
    assert [move for move in place.sync() if move.what != "problem"] == []
    place.database.dispose()


@pytest.mark.parametrize("point", range(1, 9))
def test_what_cannot_be_used_and_was_saved_in_the_instant_of_an_exchange_is_kept_in_sight(
    sqlite_template: str, tmp_path: Path, point: int
) -> None:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(en=article("Opening", "It opens.", slug="opening"))
    place.sync()
    published = article("Opening", "It opens today.", slug="opening")
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, published, EDITOR, base=base, path="desk")
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            transitions.take(session, translation, action, EDITOR)
    place.database.dispose()
    broken = "It opens tomorrow, and I forgot the front matter."
    acts = {point: lambda: place.write(f"content/{FOLDER}/en.md", broken)}
    assert killed.synchronise(tmp_path, place.url, acts) == 0
    place.sync()
    assert broken.encode() in place.files().values()
    assert any(f"content/{FOLDER}/en.md" in problem for problem in place.problems())
    place.database.dispose()


@pytest.mark.soak
def test_every_text_ever_saved_on_either_side_is_kept(sqlite_template: str) -> None:
    machine = type("Seeded", (TreeAndDatabase,), {"template": sqlite_template})
    long = os.environ.get("TILMASH_SOAK")
    run = settings(
        max_examples=1000 if long else 25,
        stateful_step_count=30 if long else 12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=run)
