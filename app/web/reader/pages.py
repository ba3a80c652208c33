"""The pages a reader reads: the news list, a news item, a standing page."""

from itertools import groupby

from flask import Response, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries.reading import Moved
from app.web.published import Published, Snapshot
from app.web.reader.addresses import local, locale_named, root
from app.web.reader.frame import Frame, Place, frame
from app.web.reader.share import share_links

_LONGEST_CURSOR = 100
_LONGEST_SLUG = 200
_HOME_SIZE = 7
_LIST_SIZE = 20


class Pages:
    """Views; each asks the read model one question and renders the answer."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def home(self, locale: str) -> Response:
        """Show the newest items, the first of them large."""
        return self._list(locale, path="")

    def news(self, locale: str) -> Response:
        """Show a page of the list; `older` or `newer` in the query is a cursor."""
        return self._list(locale, path="news/")

    def item(self, locale: str, slug: str) -> Response:
        """Show a news item."""
        snapshot, tag = self._entered(locale)
        return self._document(snapshot, tag, self._published.reader.item(tag, _slug(slug)), section="news/")

    def slashed_item(self, locale: str, slug: str) -> Response:
        """Lead from a news item's address with a slash at its end to the one without."""
        _, tag = self._entered(locale)
        return _without_slash(self._published.reader.item(tag, _slug(slug)), tag, section="news/")

    def standing(self, locale: str, slug: str) -> Response:
        """Show a standing page."""
        snapshot, tag = self._entered(locale)
        return self._document(snapshot, tag, self._published.reader.page(tag, _slug(slug)), section="")

    def slashed_standing(self, locale: str, slug: str) -> Response:
        """Lead from a standing page's address with a slash at its end to the one without."""
        _, tag = self._entered(locale)
        return _without_slash(self._published.reader.page(tag, _slug(slug)), tag, section="")

    def feed(self, locale: str) -> Response:
        """Tell of the newest items in Atom (RFC 4287)."""
        snapshot, tag = self._entered(locale)
        news = self._published.reader.news(tag, older=None, newer=None, size=_LIST_SIZE)
        around = frame(snapshot, Place(locale=tag, path="feed.atom"), root=self._root())
        response = _page("reader/feed.xml", around, entries=news.entries)
        response.mimetype = "application/atom+xml"
        return response

    def _entered(self, locale: str) -> tuple[Snapshot, Tag]:
        """Return what is published and the address's locale; NotFound or Elsewhere if the site has no such locale."""
        tag = locale_named(request, self._published.site(), locale)
        return self._published.now(), tag

    def _root(self) -> str:
        return root(request, self._published.site())

    def _list(self, locale: str, *, path: str) -> Response:
        snapshot, tag = self._entered(locale)
        older, newer = (_cursor(name) if path else None for name in ("older", "newer"))
        size = _LIST_SIZE if path else _HOME_SIZE
        news = self._published.reader.news(tag, older=older, newer=newer, size=size)
        first = older is None and newer is None
        if not (news.entries or first):
            raise NotFound
        # What a cursor shows shifts with every new item, so search engines are given the first page and the items.
        around = frame(snapshot, Place(locale=tag, path=path), root=self._root(), named=first)
        newest, rest = (news.entries[:1], news.entries[1:]) if first else ((), news.entries)
        months = [
            (heading, list(entries)) for heading, entries in groupby(rest, lambda entry: around.write.month(entry.date))
        ]
        return _page(
            "reader/news.html", around, news=news, front=not path, newest=next(iter(newest), None), months=months
        )

    def _document(self, snapshot: Snapshot, tag: Tag, found: ItemPage | Moved | None, *, section: str) -> Response:
        if found is None:
            raise NotFound
        if isinstance(found, Moved):
            return make_response(redirect(local(request, f"{found.locale}/{section}{found.slug}")))
        place = Place(
            locale=tag,
            path=section + found.slug,
            section=section,
            alternates=found.alternates,
            missing=found.missing,
        )
        around = frame(snapshot, place, root=self._root(), shown=found.shown)
        opening, body = map(Markup, found.opening)  # sanitised by formats.render when it was published
        response = _page(
            "reader/item.html",
            around,
            page=found,
            opening=opening,
            body=body,
            share=share_links(around.canonical or "", found.title),
            section=section,
        )
        if found.missing:
            response.headers["Content-Language"] = f"{tag}, {found.shown}"
        return response


def _without_slash(found: ItemPage | Moved | None, locale: Tag, *, section: str) -> Response:
    if found is None:
        raise NotFound
    return make_response(redirect(local(request, f"{locale}/{section}{found.slug}"), 308))


def _slug(slug: str) -> str:
    """Return a slug; NotFound if it cannot be one. PostgreSQL would refuse to look for a NUL."""
    if not (slug.isprintable() and len(slug) <= _LONGEST_SLUG):
        raise NotFound
    return slug


def _cursor(name: str) -> str | None:
    """Return a cursor of the query; NotFound if it cannot be one."""
    cursor = request.args.get(name) or None
    if cursor is not None and not (len(cursor) <= _LONGEST_CURSOR and cursor.isascii() and cursor.isprintable()):
        raise NotFound
    return cursor


def _page(template: str, around: Frame, **values: object) -> Response:
    response = make_response(render_template(template, frame=around, **values))
    response.headers["Content-Language"] = around.locale
    return response
