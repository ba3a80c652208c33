"""What is published, as the faces see it: the port to the read model, and a snapshot that is never old."""

import logging
import time
from collections.abc import Callable
from gettext import NullTranslations
from math import inf
from threading import Lock
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

from app.domain.locales import language
from app.domain.pages import ListEntry, Standing
from app.domain.segments import Tag
from app.domain.site import Site
from app.formats import mo
from app.queries import reading
from app.storage.database import AWAY
from app.web.shelf import UNTIL, Shelf

log = logging.getLogger(__name__)

NEWEST = 3

FRESH = 0.25
"""Seconds for which a version is believed without looking again, within one second of the clock."""

SLOW = 1.0
"""Seconds after which a database that says nothing is away: until then the last version may be too old to be shown."""

LASTING = 60.0
"""Seconds for which it is believed while the database is away: what was withdrawn meanwhile shows no longer either."""

P = ParamSpec("P")
Answer = TypeVar("Answer")


class Reader(Protocol):
    """Answers from the published read model; no query that the web can name reaches anything else (pyproject.toml)."""

    def version(self) -> int:
        """Return a number that grows with each change readers can see."""
        ...

    def ask(self, query: Callable[Concatenate[Session, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Return what one of `app.queries` finds, in a transaction of its own."""
        ...


PAGES, ASKED = 2000, 200
"""How many finished pages a process keeps, and how many of those that readers can make up (a search, a cursor)."""

WEIGHT, ASKED_WEIGHT = 48 << 20, 4 << 20
"""How many bytes they may have."""


class Snapshot:
    """One version of what is published. Menus, newest items and catalogues are read when first asked for, then kept.

    So are the finished pages made from it, `pages` and `asked`: with the version everything goes that was made of it.
    `until` tells nginx the second in which it was last found to be the newest.
    """

    def __init__(self, reader: Reader, *, version: int, site: Site | None) -> None:
        self._reader = reader
        self.version = version
        self.site = site
        self.host = urlsplit(site.url).netloc if site and site.url else None
        self.by_babel = {language(tag).babel: tag for tag in site.locales} if site else {}
        self.until = (UNTIL, "@1")
        self.pages, self.asked = Shelf(PAGES, WEIGHT), Shelf(ASKED, ASKED_WEIGHT)
        self._standing: dict[Tag, tuple[Standing, ...]] = {}
        self._newest: dict[Tag, tuple[ListEntry, ...]] = {}
        self._catalogues: dict[tuple[str, Tag], NullTranslations] = {}

    def standing(self, locale: Tag) -> tuple[Standing, ...]:
        """Return the standing pages for the menu."""
        if locale not in self._standing:
            self._standing[locale] = self._reader.ask(reading.standing, locale)
        return self._standing[locale]

    def newest(self, locale: Tag) -> tuple[ListEntry, ...]:
        """Return the newest items, for pages that lead on from an error: whoever asks for thousands costs no query."""
        if locale not in self._newest:
            self._newest[locale] = self._reader.ask(reading.news, locale, size=NEWEST).entries
        return self._newest[locale]

    def catalogue(self, domain: str, locale: Tag) -> NullTranslations:
        """Return the words of a gettext domain, then those of the locale's fallbacks, then the msgids."""
        if (domain, locale) not in self._catalogues:
            self._catalogues[domain, locale] = self._chained(domain, locale)
        return self._catalogues[domain, locale]

    def _chained(self, domain: str, locale: Tag) -> NullTranslations:
        words = NullTranslations()
        for tag in reversed((locale,) if self.site is None else self.site.worded(domain, locale)):
            found = self._reader.ask(reading.catalogue, domain, tag)
            if found is not None:
                words = mo.load(found, fallback=words)
        return words


class NotReady(ServiceUnavailable):
    """Nothing has been published here yet."""


class Published:
    """Hands out the newest snapshot; a change shows at most a quarter of a second after it was published.

    Looking only that often keeps the database out of most requests. With each second of the clock it is looked anew,
    so that nginx may keep what it is given for the rest of it. While the database is away the last snapshot stands for
    a minute; one thread waits for the database, and the others need not once that is known.
    """

    def __init__(self, reader: Reader, *, clock: Callable[[], float] = time.time) -> None:
        self.reader = reader
        self._clock = clock
        self._tried = self._looked = -inf
        self._looking = Lock()
        self._snapshot: Snapshot | None = None

    def now(self) -> Snapshot:
        """Return the snapshot to make a page from; ServiceUnavailable where the database is away for too long."""
        if not self._was_tried() and self._looking.acquire(timeout=self._patience()):
            try:
                if not self._was_tried():  # while this thread waited
                    self._look()
            finally:
                self._looking.release()
        if self._snapshot is None or not self._stands():
            raise ServiceUnavailable(retry_after=5)
        return self._snapshot

    def _was_tried(self) -> bool:
        """Tell whether nothing has to be looked up; a clock that was set back is a reason to."""
        moment = self._clock()
        return 0 <= moment - self._tried < FRESH and int(moment) == int(self._tried)

    def _patience(self) -> float:
        """Return for how long to wait for a thread that looks: for ever where there is nothing else to be shown."""
        if not self._stands():
            return -1
        return SLOW if self._tried == self._looked else 0

    def _stands(self) -> bool:
        return 0 <= self._clock() - self._looked < LASTING

    def _look(self) -> None:
        moment = self._clock()
        try:
            version = self.reader.version()
            if self._snapshot is None or version != self._snapshot.version:
                self._snapshot = Snapshot(self.reader, version=version, site=self.reader.ask(reading.site))
        except AWAY as error:
            if self._tried == self._looked:  # once, not four times a second
                log.warning("the database is away: %s", error)
            self._tried = self._clock()
        else:
            self._snapshot.until = (UNTIL, f"@{int(moment)}")
            self._tried = self._looked = moment

    def site(self) -> Site:
        """Return the settings; NotReady before there are any."""
        site = self.now().site
        if site is None:
            raise NotReady(retry_after=5)
        return site
