"""The published read model in the database, as the readers' face asks for it: a transaction of its own each call."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import Addresses, Around, ItemPage, NewsList, SpanPage, Standing, TagCount, TagPage
from app.domain.searching import Results
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.spans import Span
from app.queries import addresses, archive, machines, reading, searching
from app.queries.reading import Found
from app.storage.database import AWAY, Database


class ReadModel:
    """Reads what is published and nothing else.

    When the database was away at the last look for a version, nobody else waits for it until a look finds it there.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._is_away = database, False

    def version(self) -> int:
        """Return a number that grows with each change readers can see."""
        try:
            with self._database.read() as session:
                found = reading.version(session)
        except AWAY:
            self._is_away = True
            raise
        self._is_away = False
        return found

    def _read(self) -> AbstractContextManager[Session]:
        if self._is_away:
            raise OperationalError(None, None, ConnectionError("away at the last look"))
        return self._database.read()

    def site(self) -> Site | None:
        """Return the settings, or None before anything was published."""
        with self._read() as session:
            return reading.site(session)

    def item(self, locale: Tag, slug: str) -> Found:
        """Return the news item at this address, or where it is, or None."""
        with self._read() as session:
            return reading.item(session, locale, slug)

    def page(self, locale: Tag, slug: str) -> Found:
        """Return the standing page at this address, or where it is, or None."""
        with self._read() as session:
            return reading.page(session, locale, slug)

    def news(self, locale: Tag, *, older: str | None, newer: str | None, size: int) -> NewsList:
        """Return a page of the list: the newest, or what is older or newer than a cursor."""
        with self._read() as session:
            return reading.news(session, locale, older=older, newer=newer, size=size)

    def search(self, locale: Tag, asked: str, *, page: int, languages: Sequence[Tag]) -> Results:
        """Return a page of the answers to a question, and on the first a few in other languages."""
        with self._read() as session:
            return searching.search(session, locale, asked, page=page, languages=languages)

    def around(self, locale: Tag, page: ItemPage) -> Around:
        """Return what lies around a news item."""
        with self._read() as session:
            return archive.around(session, locale, page)

    def months(self, among: Sequence[Tag]) -> Mapping[Tag, tuple[tuple[str, int], ...]]:
        """Return the months that have items, newest first, and how many, of each language that has any."""
        with self._read() as session:
            return archive.months(session, among)

    def span(
        self, locale: Tag, within: Span, *, among: Sequence[Tag], older: str | None, newer: str | None, size: int
    ) -> SpanPage:
        """Return a part of a year or month of the archive."""
        with self._read() as session:
            return archive.span(session, locale, within, among=among, older=older, newer=newer, size=size)

    def tags(self, among: Sequence[Tag]) -> Mapping[Tag, tuple[TagCount, ...]]:
        """Return the tags of the items of each language that has any."""
        with self._read() as session:
            return archive.tags(session, among)

    def tag(
        self, locale: Tag, slug: str, *, among: Sequence[Tag], older: str | None, newer: str | None, size: int
    ) -> TagPage | None:
        """Return a part of the items under a tag, or None if there are none in any language."""
        with self._read() as session:
            return archive.tag(session, locale, slug, among=among, older=older, newer=newer, size=size)

    def languages_of(self, kind: Kind, slug: str, among: Sequence[Tag]) -> tuple[Tag, ...]:
        """Return the languages, of those given, whose slug this is or was."""
        with self._read() as session:
            return addresses.languages_of(session, kind, slug, among)

    def standing(self, locale: Tag) -> tuple[Standing, ...]:
        """Return the standing pages for the menu."""
        with self._read() as session:
            return reading.standing(session, locale)

    def media(self, name: str) -> str | None:
        """Return what a media file is called where a reader saves it; None if no published page names it."""
        with self._read() as session:
            return reading.media(session, name)

    def catalogue(self, domain: str, locale: Tag) -> bytes | None:
        """Return the MO of a gettext domain, or None where there is none."""
        with self._read() as session:
            return reading.catalogue(session, domain, locale)

    def newest(self, locale: Tag, *, tagged: str | None, size: int) -> tuple[ItemPage, ...]:
        """Return the newest items that a language really has, whole: all, or those under a tag."""
        with self._read() as session:
            return machines.newest(session, locale, tagged=tagged, size=size)

    def addresses(self, locales: Sequence[Tag], *, after: int, size: int) -> tuple[Addresses, ...]:
        """Return where the texts of so many documents are, of those that come after one."""
        with self._read() as session:
            return machines.addresses(session, locales, after=after, size=size)
