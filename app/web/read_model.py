"""The published read model in the database, as the readers' face asks for it: a transaction of its own each call."""

from collections.abc import Sequence

from app.domain.pages import ItemPage, NewsList, Standing
from app.domain.searching import Results
from app.domain.segments import Tag
from app.domain.site import Site
from app.queries import reading, searching
from app.queries.reading import Moved
from app.storage.database import Database


class ReadModel:
    """Reads what is published and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """Return a number that grows with each change readers can see."""
        with self._database.read() as session:
            return reading.version(session)

    def site(self) -> Site | None:
        """Return the settings, or None before anything was published."""
        with self._database.read() as session:
            return reading.site(session)

    def item(self, locale: Tag, slug: str) -> ItemPage | Moved | None:
        """Return the news item at this address, or where it is, or None."""
        with self._database.read() as session:
            return reading.item(session, locale, slug)

    def page(self, locale: Tag, slug: str) -> ItemPage | Moved | None:
        """Return the standing page at this address, or where it is, or None."""
        with self._database.read() as session:
            return reading.page(session, locale, slug)

    def news(self, locale: Tag, *, older: str | None, newer: str | None, size: int) -> NewsList:
        """Return a page of the list: the newest, or what is older or newer than a cursor."""
        with self._database.read() as session:
            return reading.news(session, locale, older=older, newer=newer, size=size)

    def search(self, locale: Tag, asked: str, *, page: int, languages: Sequence[Tag]) -> Results:
        """Return a page of the answers to a question, and on the first a few in other languages."""
        with self._database.read() as session:
            return searching.search(session, locale, asked, page=page, languages=languages)

    def standing(self, locale: Tag) -> tuple[Standing, ...]:
        """Return the standing pages for the menu."""
        with self._database.read() as session:
            return reading.standing(session, locale)

    def media(self, name: str) -> str | None:
        """Return what a media file is called where a reader saves it; None if no published page names it."""
        with self._database.read() as session:
            return reading.media(session, name)

    def catalogue(self, domain: str, locale: Tag) -> bytes | None:
        """Return the MO of a gettext domain, or None where there is none."""
        with self._database.read() as session:
            return reading.catalogue(session, domain, locale)
