"""The synchroniser's watch: a saved file is in the database, and on the page, within two seconds."""

import json
import logging
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event as Stop

from sqlalchemy import select
from watchfiles import Change, watch

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Problem, Refusal
from app.services.sync.moves import Move, report
from app.storage.database import AWAY
from app.storage.journal import DbEvent
from app.storage.tree_lock import only_synchroniser
from app.worker.embargoes import publish_what_is_due
from app.worker.folding import Folding
from app.worker.hours import do_what_has_its_hour
from app.worker.preparation import Turn, Wait
from app.worker.sweeping import Sweep
from app.worker.synchroniser import Synchroniser, in_order
from app.worker.workplace import Workplace

log = logging.getLogger("tilmash.worker")

EVERYTHING = 600.0  # seconds between two whole runs, since a busy system may drop what it should have told
TICK = 1.0  # seconds between two looks at what others did in the database, and at what is due
LISTENING = 100  # milliseconds in which news may come before the next photo is made


class Watch:
    """Keeps tree and database in step until told to stop."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace, self.log = workplace, Log()
        self.synchroniser = Synchroniser(workplace.database, workplace.tree, workplace.store, tell=self.log)
        self.sweep = Sweep(workplace.database)
        self.folding = Folding(workplace.database)
        self.seen: int | None = None  # newest event looked at; asked in `step`, since the database may be away
        self.whole, self.looked = True, time.monotonic()
        self.waiting: set[DocumentName] = set()
        self.photos: set[DocumentName] = set()  # documents that wait for their own
        self.stepped, self.hurried = 0.0, False

    def run(self, stop: Stop) -> None:
        """Bring everything in step once, then whatever changes on either side.

        A refusal is logged and survived, and so is a database that is away or a fault of ours: what waits is done at
        another tick. The first whole run comes after the watch has begun, so that nothing is saved in between unseen.
        """
        for root in self.workplace.tree.roots.values():
            root.mkdir(parents=True, exist_ok=True)
        changes = watch(
            *_watchable(self.workplace.tree.roots.values()), watch_filter=_is_ours, debounce=200, step=50,
            rust_timeout=LISTENING, yield_on_timeout=True, stop_event=stop, raise_interrupt=False,
            ignore_permission_denied=True,
        )  # fmt: skip
        for changed in changes:
            if changed or self.hurried or time.monotonic() - self.stepped >= TICK:
                self.step({Path(path) for _, path in changed})

    def step(self, paths: set[Path]) -> None:
        """Do what is due, and bring in step what these files belong to and what others changed in the database.

        A photo takes a second: one is made, the rest at the next steps, so that a word saved meanwhile has its turn.
        """
        self.stepped, self.hurried = time.monotonic(), False
        try:
            self._notice(paths)
            publish_what_is_due(self.workplace.database)
            do_what_has_its_hour(self.workplace.database)
            self.sweep.look()
            self.folding.look()
            self.waiting |= self._changed_in_database()
            if self.whole or self.waiting or self.photos:
                self._synchronise()
                self.hurried = bool(self.whole or self.waiting or self.photos)
        except Refusal as refusal:
            self.whole = False
            log.error("%s", refusal)  # noqa: TRY400  # a refusal is a sentence for people; its traceback says nothing
        except AWAY as error:
            log.error("the database cannot be reached; trying again: %s", error.orig)  # noqa: TRY400  # said each second
        except Exception:  # the whole site would end with this process
            log.exception("a fault of ours; everything is looked at again at the next tick")
            self.whole = True

    def _notice(self, paths: set[Path]) -> None:
        """Remember what has to be brought in step."""
        if time.monotonic() - self.looked > EVERYTHING:
            self.whole = True
        self.whole |= any(path.name == "site.toml" or _holds_many(path) for path in paths)
        self.waiting |= self._named(paths)

    def _synchronise(self) -> None:
        with only_synchroniser(self.workplace.database.engine, self.workplace.settings.data):
            if self.whole and not self.synchroniser.read_site(Turn(waits=False)):
                self.waiting |= set(self.synchroniser.documents())
                self.whole, self.looked = False, time.monotonic()
            if not self.synchroniser.site:
                return
            for name in in_order(self.waiting):
                self._turn(name, photos=0)
            for name in in_order(self.photos):
                if self._turn(name, photos=1) is not Wait.QUIET:
                    break

    def _turn(self, name: DocumentName, *, photos: int) -> Wait | None:
        """Give a document a turn, and remember what it waits for then."""
        wait = self.synchroniser.attempt(name, Turn(photos=photos, waits=False))
        self.waiting.discard(name)
        self.photos.discard(name)
        if wait is not None:
            (self.photos if wait is Wait.PHOTOS else self.waiting).add(name)
        return wait

    def _named(self, paths: Iterable[Path]) -> set[DocumentName]:
        """Return the documents whose files these are; tell of a path that should be one's and cannot."""
        names = set()
        for path in paths:
            for root, folder in self.workplace.tree.roots.items():
                if path.is_relative_to(folder):
                    parts = path.relative_to(folder).parts
                    try:
                        names.add(document_of(root, parts))
                    except ValueError as error:
                        report(self.log, [Problem(path="/".join((root, *parts)), line=0, reason=str(error))])
        return {name for name in names if name is not None}

    def _newest_event(self) -> int:
        with self.workplace.database.read() as session:
            return session.scalar(select(DbEvent.number).order_by(DbEvent.number.desc()).limit(1)) or 0

    def _changed_in_database(self) -> set[DocumentName]:
        """Return the documents that the journal says others changed since the last look; none at the first look.

        What came before the first look is found by the whole run that follows it.
        """
        newest = self._newest_event()
        if self.seen is None:
            self.seen = newest
            return set()
        since = (DbEvent.number > self.seen, DbEvent.number <= newest, DbEvent.source != "tree")
        with self.workplace.database.read() as session:
            subjects = {subject.partition("@")[0] for subject in session.scalars(select(DbEvent.subject).where(*since))}
        self.seen = newest
        return {DocumentName.parse(subject) for subject in subjects if subject.partition("/")[0] in list(Kind)}


def document_of(root: str, parts: tuple[str, ...]) -> DocumentName | None:
    """Return the document that a path belongs to, None if to none; ValueError if its name cannot be a document's."""
    match root, *parts:
        case "content", "news", name, *_:
            return DocumentName(kind=Kind.NEWS, name=name)
        case "content", "pages", name, *_:
            return DocumentName(kind=Kind.PAGE, name=name)
        case ("translations", file) | ("translations", _, "LC_MESSAGES", file) if file.endswith((".po", ".pot")):
            return DocumentName(kind=Kind.CATALOGUE, name=file.rpartition(".")[0].removesuffix(".draft"))
    return None


def _holds_many(path: Path) -> bool:
    """Tell whether this is a folder that came with several documents' files, of which nobody may have told."""
    with suppress(PermissionError):  # told when its document has its turn
        return path.is_dir() and (path.name in {"news", "pages", "LC_MESSAGES"} or (path / "LC_MESSAGES").is_dir())
    return False


def _watchable(roots: Iterable[Path]) -> list[Path]:
    """Return what to watch: the roots, but where a folder below cannot be read, each folder that can.

    A watch of a root goes no further than to the first folder that cannot be read, and hears nothing of the rest.
    """
    unreadable: list[OSError] = []
    folders = [Path(folder) for root in roots for folder, _, _ in os.walk(root, onerror=unreadable.append)]
    return folders if unreadable else list(roots)


def _is_ours(_change: Change, path: str) -> bool:
    return not Path(path).name.startswith(".")


class Log:
    """Writes down what a synchronisation tells: what is wrong with a file once, until the file is another one.

    A synchronisation says of each file what it said of it before; a document is synchronised whenever somebody saves.
    """

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told: dict[str, set[Problem]] = {}

    def __call__(self, move: Move) -> None:
        """Write down one thing."""
        if move.problem is None:
            self._told.pop(move.path, None)
            log.info("%s", json.dumps({"what": move.what, "path": move.path}, ensure_ascii=False))
        elif move.problem not in (told := self._told.setdefault(move.path, set())):
            told.add(move.problem)
            log.warning("%s", move.problem)
