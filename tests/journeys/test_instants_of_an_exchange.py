"""An editor, or the desk, saves in any instant of an exchange, for every kind of text: both sides' words are kept.

What was published (or drafted) at the desk is due to be written to a file; a look of the worker does that, before each
of its writes in turn somebody saves, and in some cases it is killed before another one.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action
from app.services import revisions, standings, transitions
from app.services.sync.slots import Slot
from app.services.texts import find
from app.storage.database import Database
from app.storage.texts import DbRevision
from tests import databases
from tests.journeys import killed
from tests.journeys.ledger import Ledger
from tests.journeys.texts_of_every_kind import CATALOGUE
from tests.trees import EDITOR, ITEM, Place, article, decide

LONG = bool(os.environ.get("TILMASH_SOAK"))


def markdown(first: str, second: str) -> str:
    return article("Opening", first, second, slug="opening")


def translated(first: str, second: str) -> str:
    return article("Открытие", first, second, slug="otkrytie")


def facts(first: str, second: str) -> str:
    return f'date = 2026-01-01T10:00:00+05:00\nsource = "en"\ntags = ["{first}"]\nfiles = ["files/{second}.pdf"]\n'


def catalogue(first: str, second: str) -> str:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: published\\n"\n'
    return f'{header}\nmsgid "News"\nmsgstr "{first}"\n\nmsgid "Home"\nmsgstr "{second}"\n'


def template(first: str, second: str) -> str:
    return f'msgid ""\nmsgstr ""\n\nmsgid "{first}"\nmsgstr ""\n\nmsgid "{second}"\nmsgstr ""\n'


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of text: where it stands, and how it is written with two pieces that can change."""

    slot: Slot
    text: Callable[[str, str], str]


def kind(document: str, locale: str, text: Callable[[str, str], str], *, draft: bool = False) -> Kind:
    name = CATALOGUE if document == "catalogue" else ITEM
    return Kind(slot=Slot(document=name, locale=Tag(locale), draft=draft), text=text)


KINDS = {
    "source": kind("item", "en", markdown),
    "translation": kind("item", "ru", translated),
    "draft": kind("item", "ru", translated, draft=True),
    "facts": kind("item", NO_LANGUAGE, facts),
    "draft of facts": kind("item", NO_LANGUAGE, facts, draft=True),
    "catalogue": kind("catalogue", "ru", catalogue),
    "draft of a catalogue": kind("catalogue", "ru", catalogue, draft=True),
    "template": kind("catalogue", NO_LANGUAGE, template),
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """Before which write of the look somebody saves, and before which the process is killed (0: before none)."""

    saves: int
    dies: int = 0


def desk(database: Database, slot: Slot, text: str, *, publish: bool) -> None:
    with database.write() as session:
        translation = find(session, slot.document, slot.locale)
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, text, EDITOR, base=base, path="desk")
        if publish and slot.locale == NO_LANGUAGE and slot.document == ITEM:
            source = find(session, slot.document, translation.document.source)  # facts go live with it
            decide(session, source, Action.REOPEN, Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
        elif publish:
            decide(session, translation, Action.SUBMIT, Action.APPROVE, Action.PUBLISH)


def prepare(place: Place, kind: Kind) -> None:
    """Everything is in step, and then the desk changes the first piece."""
    for one in KINDS.values():
        if not one.slot.draft:
            place.write(one.slot.path, one.text("alpha", "beta"))
    place.sync()
    if kind.slot.draft:
        desk(place.database, kind.slot, kind.text("alpha", "beta") + "\n", publish=False)
        desk(place.database, kind.slot, kind.text("drafted", "beta"), publish=False)
        place.sync()
    desk(place.database, kind.slot, kind.text("changed", "beta"), publish=not kind.slot.draft)
    place.database.dispose()


class Copies:
    """Copies of prepared places: a folder, and a database made from a template, which may be another place's."""

    def __init__(self, folder: Path, template: str, database: Callable[[str, Path], str]) -> None:
        self.folder, self.template, self.database = folder, template, database
        self.origins: dict[str, Place] = {}
        self.made = count()

    def of(self, name: str) -> Place:
        if name not in self.origins:
            root = self.folder / name
            root.mkdir()
            self.origins[name] = Place(root, self.database(self.template, root))
            prepare(self.origins[name], KINDS[name])
        root = self.folder / str(next(self.made))
        shutil.copytree(self.folder / name, root, ignore=shutil.ignore_patterns("test.db*"))
        return Place(root, self.database(self.origins[name].url, root), fresh=False)


def copied(template: str, root: Path) -> str:
    return databases.sqlite_copy(template.removeprefix("sqlite:///"), root / "test.db")


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str) -> Copies:
    return Copies(tmp_path_factory.mktemp("prepared"), sqlite_template, copied)


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Copies]:
    databases.postgresql_or_skip()
    template = request.getfixturevalue("postgresql_template")
    with ExitStack() as stack:

        def cloned(template: str, _root: Path) -> str:
            return stack.enter_context(databases.postgresql_database(template))

        yield Copies(tmp_path_factory.mktemp("prepared"), template, cloned)


def look(place: Place, save: Callable[[], None], case: Case, *, apart: bool = False) -> None:
    """A look of the worker, in which somebody saves before one write, and which may be killed before another."""
    acts = [killed.Act(at=case.saves, do=save, apart=apart)]
    acts += [killed.Act(at=case.dies, do=killed.die)] if case.dies else []
    killed.work(place.root, place.url, *acts)


def an_editor_saves(place: Place, name: str, case: Case) -> None:
    """Both sides' words are kept, and merged unless the editor saw the desk's and went over them."""
    kind, ledger, told = KINDS[name], Ledger(place), place.root / "told"
    mended = kind.text("drafted" if kind.slot.draft else "alpha", "mended")

    def save() -> None:
        there = place.path(kind.slot.path)
        told.write_text("over the new one" if there.exists() and "changed" in there.read_text() else "over the old one")
        place.write(kind.slot.path, mended)

    look(place, save, case)
    ledger.desk_saved(kind.slot, mended)
    ledger.desk_saved(kind.slot, kind.text("changed", "beta"))
    place.sync()
    ledger.settle()
    head = place.stand(kind.slot.locale, kind.slot.document)[1] or ""
    assert "mended" in head, f"{name}: {case}"
    assert "changed" in head or told.read_text() == "over the new one", f"{name}: {case}"


def the_desk_saves(place: Place, name: str, case: Case) -> None:
    kind, ledger, told = KINDS[name], Ledger(place), place.root / "told"
    newer = kind.text("changed", "newer")

    def save() -> None:
        database = Database(place.url, follow=standings.follow)
        desk(database, kind.slot, newer, publish=False)
        database.dispose()
        told.touch()

    look(place, save, case, apart=True)
    if told.exists():
        ledger.desk_saved(kind.slot, newer)
    ledger.settle()
    head = place.stand(kind.slot.locale, kind.slot.document)[1] or ""
    assert ("newer" in head) is told.exists(), f"{name}: {case}"
    assert "changed" in head, f"{name}: {case}"


def an_editor_saves_junk(place: Place, name: str, case: Case) -> None:
    """It is nowhere else: it stays in its place, or is kept beside it, and the report names it."""
    kind, junk = KINDS[name], b"It opens tomorrow\0and this is no text"
    look(place, lambda: place.write(kind.slot.path, junk), case)
    place.sync()
    assert junk in place.files().values(), f"{name}: {case}"
    assert any(kind.slot.path in problem for problem in place.problems()), f"{name}: {case}"
    Ledger(place).another_run_changes_nothing()


CASES = [
    *(Case(saves=point) for point in (range(1, 12) if LONG else range(3, 9))),
    *(Case(saves=4, dies=point) for point in (6, 8, 9, 10, 11)),
    *(Case(saves=point, dies=later) for point in (range(1, 11) if LONG else ()) for later in range(point + 1, 16)),
]  # in a look with one exchange writes 4 and 5 make the new file and set the old one aside, 6 links the new one in


@pytest.mark.soak
@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("happens", [an_editor_saves, the_desk_saves, an_editor_saves_junk])
def test_nothing_is_lost_in_any_instant_of_an_exchange(
    copies: Copies, happens: Callable[[Place, str, Case], None], name: str
) -> None:
    for case in CASES if happens is an_editor_saves or LONG else CASES[1::4]:
        place = copies.of(name)
        happens(place, name, case)
        place.database.dispose()


@pytest.mark.soak
@pytest.mark.postgresql
@pytest.mark.parametrize("name", list(KINDS) if LONG else ["source", "draft of a catalogue"])
@pytest.mark.parametrize("happens", [an_editor_saves, the_desk_saves, an_editor_saves_junk])
def test_nothing_is_lost_in_any_instant_of_an_exchange_on_postgresql(
    clones: Copies, happens: Callable[[Place, str, Case], None], name: str
) -> None:
    for case in CASES if LONG else CASES[1::5]:
        place = clones.of(name)
        happens(place, name, case)
        place.database.dispose()
