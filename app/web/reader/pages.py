"""The pages a reader reads: the news list, a news item, a standing page."""

from flask import Response, make_response, redirect, request
from markupsafe import Markup
from werkzeug.exceptions import Gone, NotFound

from app.domain.documents import OWN_WORDS, Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.tags import tag_slug
from app.queries import addresses, archive, reading
from app.queries.addresses import Moved, Withdrawn
from app.queries.reading import Found
from app.web.published import Published, Snapshot
from app.web.reader.addresses import Elsewhere, local, locale_named, root
from app.web.reader.door import best_of
from app.web.reader.frame import Place, frame
from app.web.reader.linked_data import linked_data
from app.web.reader.lists import SIZE, cursors, is_first, list_page, rendered
from app.web.reader.share import share_links

_LONGEST_SLUG = 200
_HOME_SIZE = 7


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
        tag, found = self._item(locale, slug)
        return self._document(tag, found, section="news/")

    def slashed_item(self, locale: str, slug: str) -> Response:
        """Lead from a news item's address with a slash at its end to the one without."""
        tag, found = self._item(locale, slug)
        return _without_slash(_there(found), tag, section="news/")

    def standing(self, locale: str, slug: str) -> Response:
        """Show a standing page."""
        tag, found = self._standing(locale, slug)
        return self._document(tag, found, section="")

    def slashed_standing(self, locale: str, slug: str) -> Response:
        """Lead from the address of a standing page, or of the search, with a slash at its end to the one without."""
        if slug in OWN_WORDS:
            _, tag = self._entered(locale)
            return make_response(redirect(local(request, f"{tag}/{slug}"), 308))
        tag, found = self._standing(locale, slug)
        return _without_slash(_there(found), tag, section="")

    def _entered(self, locale: str) -> tuple[Snapshot, Tag]:
        """Return what is published and the address's locale; NotFound or Elsewhere if the site has no such locale."""
        tag = locale_named(request, self._published.site(), locale)
        return self._published.now(), tag

    def _root(self) -> str:
        return root(request, self._published.site())

    def _list(self, locale: str, *, path: str) -> Response:
        snapshot, tag = self._entered(locale)
        cut = cursors() if path else {"older": None, "newer": None}
        news = self._published.reader.ask(reading.news, tag, **cut, size=SIZE if path else _HOME_SIZE)
        first = is_first() or not path
        if not (news.entries or first):
            raise NotFound
        around = frame(snapshot, Place(locale=tag, path=path), root=self._root(), named=first)
        return list_page("reader/news.html", around, news, newest=first, front=not path, path=path)

    def _item(self, locale: str, slug: str) -> tuple[Tag, Found]:
        tag = self._locale_with(Kind.NEWS, locale, _slug(slug))
        return tag, self._published.reader.ask(reading.item, tag, slug)

    def _standing(self, locale: str, slug: str) -> tuple[Tag, Found]:
        tag = self._locale_with(Kind.PAGE, locale, _slug(slug))
        return tag, self._published.reader.ask(reading.page, tag, slug)

    def _locale_with(self, kind: Kind, written: str, slug: str) -> Tag:
        """Return the address's locale; where the site hasn't it, Elsewhere leads to a language whose slug this is."""
        site = self._published.site()
        try:
            return locale_named(request, site, written)
        except NotFound:
            spoken = self._published.reader.ask(addresses.languages_of, kind, slug, tuple(site.locales))
            if not spoken:
                raise
        meant = best_of(request, spoken, spoken[0])
        raise Elsewhere(local(request, meant + request.path[len(written) + 1 :]))

    def _document(self, tag: Tag, found: Found, *, section: str) -> Response:
        found, snapshot = _there(found), self._published.now()
        if isinstance(found, Moved):
            code = 301 if found.for_good else 302
            return make_response(redirect(local(request, f"{found.locale}/{section}{found.slug}"), code))
        place = Place(
            locale=tag,
            path=section + found.slug,
            section=section,
            alternates=found.alternates,
            missing=found.missing,
        )
        around = frame(snapshot, place, root=self._root(), shown=found.shown)
        opening, body = map(Markup, found.opening)  # sanitised by formats.render when it was published
        response = rendered(
            "reader/item.html",
            around,
            page=found,
            tags=[(msgid, tag_slug(msgid)) for msgid in found.tags],
            beside=self._published.reader.ask(archive.around, tag, found),
            opening=opening,
            body=body,
            share=share_links(around.canonical or "", found.title),
            linked_data=linked_data,
            section=section,
        )
        if found.missing:
            response.headers["Content-Language"] = f"{tag}, {found.shown}"
        return response


def _there(found: Found) -> ItemPage | Moved:
    """Return what is there; NotFound, or Gone where something was."""
    if found is None:
        raise NotFound
    if isinstance(found, Withdrawn):
        raise Gone
    return found


def _without_slash(found: ItemPage | Moved, locale: Tag, *, section: str) -> Response:
    return make_response(redirect(local(request, f"{locale}/{section}{found.slug}"), 308))


def _slug(slug: str) -> str:
    """Return a slug; NotFound if it cannot be one. PostgreSQL would refuse to look for a NUL."""
    if not (slug.isprintable() and len(slug) <= _LONGEST_SLUG):
        raise NotFound
    return slug
