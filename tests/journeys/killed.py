"""Synchronise in a process of its own, which an editor disturbs or a SIGKILL ends before the n-th write.

A write is whatever changes a file or commits a transaction; counting them is done by standing in their way.
"""

import os
import signal
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

from sqlalchemy.orm import Session

from tests.trees import Place

P = ParamSpec("P")
R = TypeVar("R")


class Writes:
    """Counts writes, and acts before those that are named by number."""

    def __init__(self, acts: Mapping[int, Callable[[], None]]) -> None:
        self.count, self.acts, self.acting = 0, acts, False

    def counted(self, write: Callable[P, R]) -> Callable[P, R]:
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if not self.acting:
                self.count += 1
                self.acting = True  # an act's own writes are not the synchroniser's
                self.acts.get(self.count, _nothing)()
                self.acting = False
            return write(*args, **kwargs)

        return wrapper

    def stand_in_the_way(self) -> None:
        """Only ever called in a process that ends right afterwards."""
        for owner, name in ((Path, "rename"), (Path, "unlink"), (os, "link"), (os, "fsync"), (Session, "commit")):
            setattr(owner, name, self.counted(getattr(owner, name)))


def in_a_process(work: Callable[[], None]) -> int:
    """Run in a forked process; return 0, or minus the signal that ended it."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # the child must not return into the test run
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def synchronise(root: Path, url: str, acts: Mapping[int, Callable[[], None]]) -> int:
    """Synchronise in a process, in which each act runs before the write that its number says."""

    def work() -> None:
        place = Place(root, url, fresh=False)
        Writes(acts).stand_in_the_way()
        place.sync()

    return in_a_process(work)


def _nothing() -> None:
    """Let the write be."""


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
