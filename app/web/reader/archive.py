"""The ways through the news that lead by time and by topic."""

from collections.abc import Container
from itertools import groupby

from flask import Response, request
from werkzeug.exceptions import NotFound

from app.domain.collation import sort_key
from app.domain.pages import Alternate
from app.domain.segments import Tag
from app.domain.site import NAMES, Site
from app.domain.spans import Span
from app.domain.tags import tag_slug
from app.formats.signs import plainly
from app.queries import archive
from app.web.published import Published
from app.web.reader.addresses import local, locale_named, root
from app.web.reader.frame import Frame, Place, frame
from app.web.reader.lists import SIZE, cursors, is_first, list_page, rendered


class Archive:
    """Views; each asks the read model one question."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def archive(self, locale: str) -> Response:
        """Show all years and months that have something, and how much."""
        tag = self._locale(locale)
        found = self._published.reader.ask(archive.months, tuple(self._published.site().locales))
        months = [(Span.parse(*month.split("-")), count) for month, count in found.get(tag, ())]
        years = [
            (year, list(spans)) for year, spans in groupby(months, lambda one: Span(one[0].year) if one[0] else None)
        ]
        return rendered("reader/archive.html", self._index(tag, "archive/", found), years=years)

    def span(self, locale: str, year: str, month: str | None = None) -> Response:
        """Show what a year or month has; a month without its nought leads to the one with."""
        tag, within = self._locale(locale), Span.parse(year, month)
        if within is None:
            raise NotFound
        path = f"archive/{within.path}"
        if request.path != f"/{tag}/{path}":
            return _led(f"{tag}/{path}", 308)
        site = self._published.site()
        page = self._published.reader.ask(archive.span, tag, within, among=tuple(site.locales), **cursors(), size=SIZE)
        if not page.items.entries:
            raise NotFound
        around = self._frame(tag, path, _alternates(site, page.languages, path, otherwise="archive/"))
        return list_page("reader/span.html", around, page.items, path=path, within=within, span=page)

    def tags(self, locale: str) -> Response:
        """Show all tags in alphabetical order, and how many items each has."""
        tag = self._locale(locale)
        found = self._published.reader.ask(archive.tags, tuple(self._published.site().locales))
        words = self._published.now().catalogue(NAMES, tag)
        named = [(plainly(words.gettext(one.msgid)), one) for one in found.get(tag, ())]
        named.sort(key=lambda pair: sort_key(pair[0], tag))
        return rendered("reader/tags.html", self._index(tag, "tags/", found), tags=named)

    def tag(self, locale: str, slug: str) -> Response:
        """Show the items under a tag; another spelling of it leads to its own."""
        tag, site, own = self._locale(locale), self._published.site(), tag_slug(slug)
        page = self._published.reader.ask(archive.tag, tag, own, among=tuple(site.locales), **cursors(), size=SIZE)
        if page is None or not (page.items.entries or is_first()):
            raise NotFound
        path = f"tags/{own}/"
        if own != slug:
            return _led(f"{tag}/{path}", 302)
        around = self._frame(
            tag, path, _alternates(site, page.languages, path, otherwise=path), empty=not page.items.entries
        )
        return list_page("reader/tag.html", around, page.items, path=path, slug=own, msgid=page.msgid)

    def _locale(self, written: str) -> Tag:
        return locale_named(request, self._published.site(), written)

    def _index(self, locale: Tag, path: str, having: Container[Tag]) -> Frame:
        """Return what stands around a list of lists, which is there in the languages that have something in it."""
        alternates = _alternates(self._published.site(), having, path, otherwise=path)
        return self._frame(locale, path, alternates, empty=locale not in having)

    def _frame(self, locale: Tag, path: str, alternates: tuple[Alternate, ...] = (), *, empty: bool = False) -> Frame:
        place = Place(locale=locale, path=path, alternates=alternates, missing=empty)
        named = is_first() and not empty
        return frame(self._published.now(), place, root=root(request, self._published.site()), named=named)


def _led(path: str, code: int) -> Response:
    response = Response()
    response.headers["Location"] = local(request, path)
    response.status_code = code
    return response


def _alternates(site: Site, languages: Container[Tag], path: str, *, otherwise: str) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(locale=tag, slug=path if tag in languages else otherwise, available=tag in languages)
        for tag in site.locales
    )
