"""`tilmash worker`: the watch and what is due, until it is told to stop."""

import logging
import signal
from threading import Event
from types import FrameType

from app.worker.watching import Watch
from app.worker.workplace import Workplace


def run(place: Workplace) -> None:
    """Work until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    Watch(place).run(stop)
