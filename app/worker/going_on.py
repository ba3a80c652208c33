"""A thread of the worker that goes on with one thing, beside all other work."""

import logging
from collections.abc import Callable
from threading import Event
from typing import Final

from app.storage.database import AWAY

EVERY: Final = 2.0
"""Seconds between two looks for something to do."""

_LATER: Final = 60.0  # seconds after a fault of ours: looking again at once would find it again

log = logging.getLogger("tilmash.worker")


def go_on(step: Callable[[], bool], stop: Event, *, what: str) -> None:
    """Do a step, and others while each tells that there was something to do; look again each two seconds until `stop`.

    A database that is away and faults of ours are logged as of `what`, and survived.
    """
    wait = EVERY
    while not stop.wait(wait):
        wait = EVERY
        try:
            while not stop.is_set() and step():
                pass
        except AWAY as error:
            log.error("%s: the database cannot be reached: %s", what, error.orig)  # noqa: TRY400  # said each time
        except Exception:  # a fault of ours must not end it for good
            log.exception("%s: a fault of ours; it stands still meanwhile", what)
            wait = _LATER
