"""However typing, folding and saving follow each other, each acknowledged word is somewhere, or was written over by
somebody who had it before them."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.services import folds, sheets, working_copies
from app.services.sheets import Sheet
from app.services.working_copies import Words
from app.storage.database import savepoint
from app.storage.texts import DbSuggestion
from app.storage.working_copies import waiting
from tests.services.rooms import Room
from tests.trees import ITEM, article

KY = Tag("ky")
PEOPLE = ("kanat", "rustam")
EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
_WORD = re.compile(r"w\d+\b")

WINDOWS = st.sampled_from([(who, tab) for who in PEOPLE for tab in ("one", "two")])
PLACES = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("type"), WINDOWS, PLACES),
    st.tuples(st.sampled_from(["type", "type_without_a_line"]), WINDOWS, PLACES),
    st.tuples(st.sampled_from(["fold", "open", "again", "drop", "restore"]), WINDOWS, PLACES),
    st.tuples(st.sampled_from(["save", "empty", "remove"]), WINDOWS, PLACES),
)


@dataclass
class Window:
    """What one window has on it: the sheet that it was made from, and per key what it sent last, or kept `here`."""

    who: str
    tab: str
    sheet: Sheet
    filled: dict[Key, working_copies.Copy]
    sent: dict[Key, Words] = field(default_factory=dict)
    here: dict[Key, Words] = field(default_factory=dict)


@dataclass
class Story:
    """Windows over one text, and the words that a server has acknowledged and that nobody had before them since."""

    room: Room
    session: Session
    windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    owed: set[str] = field(default_factory=set)
    count: int = 0

    def window(self, named: tuple[str, str]) -> Window:
        return self.windows[named] if named in self.windows else self.open(named)

    def open(self, named: tuple[str, str]) -> Window:
        """Load the page: what its owner typed anywhere stands on it."""
        who, tab = named
        filled = dict(working_copies.copies(self.session, ITEM, KY, who))
        window = Window(who, f"{tab}{self.count}", sheets.sheet(self.session, ITEM, KY), filled)
        self.windows[named] = window
        return window

    def words(self) -> str:
        self.count += 1
        return f"w{self.count} by somebody."

    def type(self, window: Window, place: int) -> None:
        """Write something else, which the server acknowledges."""
        key, word = self._typed(window, place)
        self._sent(window, key, word)
        self.owed.add(_WORD.findall(word.typed.forms[0])[0])

    def type_without_a_line(self, window: Window, place: int) -> None:
        """Write something else, which the browser alone keeps: nothing is owed for it, until another page sends it."""
        key, word = self._typed(window, place)
        window.here[key] = word

    def _typed(self, window: Window, place: int) -> tuple[Key, Words]:
        row = window.sheet.rows[place % len(window.sheet.rows)]
        copy, before = window.filled.get(row.key), window.here.get(row.key) or window.sent.get(row.key)
        bases, seen = (before or copy or window.sheet).bases, {copy.tab: copy.serial} if copy else {}
        word = Words(
            key=copy.key if copy else row.key, typed=Typed(forms=(self.words(),)), bases=bases,
            serial=1000 + self.count, seen=before.seen if before else seen,
        )  # fmt: skip
        self.had(row.text, *(copy.typed.forms if copy else ()), *(before.typed.forms if before else ()))
        return row.key, word

    def restore(self, window: Window, place: int) -> None:
        """Close the window and open the page anew, which sends what the browser had kept of one segment.

        As scripts do: in place of what the page shows if that was before who typed it, else together with it.
        """
        row = window.sheet.rows[place % len(window.sheet.rows)]
        left = window.here.get(row.key) or window.sent.get(row.key)
        if left is None:
            return
        named = next(named for named, one in self.windows.items() if one is window)
        found = self.open(named)
        copy, lineage = found.filled.get(left.key), {**left.seen, window.tab: left.serial}
        if copy and copy.tab == window.tab and copy.serial >= left.serial:
            return
        is_behind = copy is None or lineage.get(copy.tab, 0) >= copy.serial
        shown = copy.typed.forms if copy and not is_behind else ()
        word = Words(
            key=left.key, typed=Typed(forms=(" ".join([*left.typed.forms, *shown]),)), bases=left.bases,
            serial=1000 + (count := self.count + 1), seen={**({copy.tab: copy.serial} if copy else {}), **lineage},
        )  # fmt: skip
        self.count = count
        self._sent(found, left.key, word)
        self.owed.update(_WORD.findall(word.typed.forms[0]))

    def _sent(self, window: Window, key: Key, word: Words) -> None:
        actor = self.room.actor(self.session, window.who, "ky")
        working_copies.keep(self.session, ITEM, KY, actor, words=[word], tab=window.tab)
        window.sent[key] = word
        window.here.pop(key, None)

    def again(self, window: Window, _place: int) -> None:
        """Send all of it once more: an answer did not arrive."""
        actor = self.room.actor(self.session, window.who, "ky")
        working_copies.keep(self.session, ITEM, KY, actor, words=list(window.sent.values()), tab=window.tab)

    def fold(self, window: Window, _place: int) -> None:
        folds.fold(self.session, ITEM, KY, self.room.actor(self.session, window.who, "ky"))

    def drop(self, window: Window, place: int) -> None:
        """Let go what this window shows of a segment."""
        row = window.sheet.rows[place % len(window.sheet.rows)]
        word, copy = window.sent.get(row.key), window.filled.get(row.key)
        shown = word or copy
        if shown is not None:
            working_copies.drop(self.session, ITEM, KY, window.who, {shown.key: shown.serial})
            self.had(*shown.typed.forms)

    def save(self, window: Window, place: int) -> None:
        row = window.sheet.rows[place % len(window.sheet.rows)]
        new = self.words()
        self._saved(window, row.key, Typed(forms=(new,)))
        self.had(row.text)
        self.owed.add(_WORD.findall(new)[0])

    def empty(self, window: Window, place: int) -> None:
        row = window.sheet.rows[place % len(window.sheet.rows)]
        self._saved(window, row.key, Typed(forms=("",)))
        self.had(row.text)

    def remove(self, window: Window, place: int) -> None:
        row = window.sheet.rows[place % len(window.sheet.rows)]
        self._saved(window, row.key, Typed(forms=("",), out=True))
        self.had(row.text)

    def _saved(self, window: Window, key: Key, typed: Typed) -> None:
        actor = self.room.actor(self.session, window.who, "ky")
        sheets.save(self.session, ITEM, KY, actor, bases=window.sheet.bases, typed={key: typed})

    def had(self, *texts: str) -> None:
        """Owe no more what somebody had before them when they wrote something else there."""
        self.owed -= {word for text in texts for word in _WORD.findall(text)}

    def nowhere(self) -> set[str]:
        """Return what is owed, and neither in the newest text, nor a suggestion, nor a copy."""
        head = self.room.text(self.session, "ky").head
        places = [head.text if head is not None else "", *self.session.scalars(select(DbSuggestion.text))]
        for who in PEOPLE:
            places += [form for row in waiting(self.session, ITEM, KY, who) if row.typed for form in row.typed.forms]
        return self.owed - set(_WORD.findall("\n".join(places)))


class Undone(Exception):  # noqa: N818  # it is no error
    """Ends a story, so that the next one begins where this did."""


@pytest.fixture
def stage(room: Room) -> Room:
    room.place.item(en=EN, ky=EN.replace("opening", "achylysh").replace("published", "draft"))
    room.place.sync()
    return room


Steps = list[tuple[str, tuple[str, str], int]]
A, A2, B = ("kanat", "one"), ("kanat", "two"), ("rustam", "one")


def test_no_acknowledged_word_is_nowhere_however_typing_folding_saving_and_dropping_follow_each_other(
    stage: Room,
) -> None:
    is_short = not stage.place.url.startswith("sqlite")

    @settings(max_examples=5 if is_short else 20)
    @given(steps=st.lists(STEPS, min_size=2, max_size=14))
    @example(steps=[("type", A, 1), ("type", B, 1), ("fold", A, 0), ("fold", B, 0)])
    @example(steps=[("open", B, 0), ("type", A, 2), ("remove", B, 2), ("fold", A, 0), ("open", A, 0), ("type", A, 2)])
    @example(steps=[("type", A, 1), ("type", A2, 1), ("drop", A2, 1)])
    @example(steps=[("type", A, 1), ("type", A2, 1), ("restore", A, 1), ("fold", A, 0), ("restore", A2, 1)])
    @example(steps=[("type", A, 1), ("type_without_a_line", A, 1), ("fold", A, 0), ("restore", A, 1), ("fold", A, 0)])
    @example(steps=[("type", A, 1), ("type", A2, 1), ("type_without_a_line", A, 1), ("restore", A, 1), ("fold", A, 0)])
    def tell(steps: Steps) -> None:
        told(stage, steps)

    tell()


def told(stage: Room, steps: Steps) -> None:
    with suppress(Undone), stage.place.database.write() as session:
        story = Story(stage, session)
        for what, named, place in steps:
            done = True
            try:
                with savepoint(session):
                    if what == "open":
                        story.open(named)
                    else:
                        getattr(story, what)(story.window(named), place)
            except Refusal:
                done = False
            event(f"{what}, done: {done}")
            assert story.nowhere() == set(), f"after {what}"
        raise Undone
