"""`tilmash worker`: the watch, what is due, the mail and the machine, until it is told to stop."""

import logging
import signal
from threading import Event, Thread
from types import FrameType

from app import logs
from app.config import Settings
from app.storage.database import AWAY
from app.worker.figures import Counting
from app.worker.interpreter import Interpreter
from app.worker.post import PostOffice
from app.worker.recalling import Recalling
from app.worker.repository import Rounds
from app.worker.watching import Watch
from app.worker.workplace import Workplace

log = logging.getLogger("tilmash.worker")


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. A database that is away at the start is waited for."""
    logs.install()
    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    place = _opened(settings, stop)
    if place is None:
        return
    if settings.mail is None:
        log.info("no mail goes out: TILMASH_SMTP and TILMASH_MAIL_FROM do not say how and from whom")
    else:
        Thread(target=PostOffice(place.database, settings, settings.mail).run, args=[stop], daemon=True).start()
    if settings.machine is not None:
        Thread(target=Interpreter(place.database, settings.machine).run, args=[stop], daemon=True).start()
    if settings.git is not None:
        Thread(target=Rounds(place, settings.git).run, args=[stop], daemon=True).start()
    Thread(target=Counting(place.database).run, args=[stop], daemon=True).start()
    Thread(target=Recalling(place.database).run, args=[stop], daemon=True).start()
    Watch(place).run(stop)


def _opened(settings: Settings, stop: Event) -> Workplace | None:
    while not stop.is_set():
        try:
            return Workplace.open(settings)
        except AWAY as error:
            log.error("the database cannot be reached; trying again: %s", error.orig)  # noqa: TRY400  # said each second
            stop.wait(1)
    return None
