"""Work in a process of its own, which others disturb or a SIGKILL ends before the n-th write.

A write is whatever changes a file or commits a transaction; counting them is done by standing in their way.
"""

import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlalchemy.orm import Session

from app.storage.database import Database
from app.worker.embargoes import publish_what_is_due
from tests.trees import Place

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Act:
    """What happens before the `at`-th write; with `apart`, before the first one from there on without a transaction.

    Who changes the database has to wait for that: the writer that is being disturbed holds what it would wait for.
    """

    at: int
    do: Callable[[], None]
    apart: bool = False


class Writes:
    """Counts writes, and has the acts done before theirs."""

    def __init__(self, acts: tuple[Act, ...]) -> None:
        self.count, self.waiting, self.acting, self.open = 0, list(acts), False, 0

    def counted(self, write: Callable[P, R]) -> Callable[P, R]:
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if not self.acting:
                self.count += 1
                self.acting = True  # an act's own writes are not the worker's
                self._act()
                self.acting = False
            return write(*args, **kwargs)

        return wrapper

    def _act(self) -> None:
        for act in [act for act in self.waiting if act.at <= self.count and not (act.apart and self.open)]:
            self.waiting.remove(act)
            act.do()

    def stand_in_the_way(self) -> None:
        """Only ever called in a process that ends right afterwards."""
        writes = ((Path, "rename"), (Path, "replace"), (Path, "unlink"), (os, "link"), (os, "fsync"))
        for owner, name in (*writes, (Session, "commit")):
            setattr(owner, name, self.counted(getattr(owner, name)))
        really = Database.write

        @contextmanager
        def write(database: Database) -> Iterator[Session]:
            self.open += 1
            try:
                with really(database) as session:
                    yield session
            finally:
                self.open -= 1

        Database.write = write  # type: ignore[method-assign, assignment]  # in this process alone


def in_a_process(work: Callable[[], None]) -> int:
    """Run in a forked process; return 0, or minus the signal that ended it."""
    with warnings.catch_warnings():
        # The other thread listens to the process that hands out the tests, and holds nothing that the child asks for.
        warnings.filterwarnings("ignore", ".*multi-threaded, use of fork", DeprecationWarning)
        process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # the child must not return into the test run
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def work(root: Path, url: str, *acts: Act) -> int:
    """Do what a worker does at a look, in a process in which each act is done before the write that it names.

    That is: publish what is due, and synchronise everything. Return 0, or -9 if it was killed.
    """

    def look() -> None:
        place = Place(root, url, fresh=False)
        Writes(acts).stand_in_the_way()
        publish_what_is_due(place.database)
        place.sync()

    ended = in_a_process(look)
    assert ended in {0, -signal.SIGKILL}, "a fault: see what the process printed"
    return ended


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
