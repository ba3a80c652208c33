"""What the site tells programs: feeds, the sitemap, and who may come."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID, uuid5

from flask import Response, make_response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app.domain.pages import Addresses, ItemPage
from app.domain.segments import Tag
from app.domain.site import NAMES, Site
from app.domain.tags import tag_slug
from app.formats.signs import plainly
from app.formats.whole_addresses import with_whole_addresses
from app.queries import archive, machines
from app.web.published import Published
from app.web.reader import sitemap
from app.web.reader.addresses import locale_named, root
from app.web.reader.frame import Place, frame
from app.web.reader.sitemap import Part

_NEWEST = 20
_LONGEST_CONTENT = 40_000
"""Letters of HTML: a text that is longer is told of by its summary, so that a feed stays below a megabyte."""
_CHUNK = 500
_EVERY_LANGUAGE_HAS = ("", "news/")
_OURS = UUID("b58e8e0c-32a5-4c9b-8f0e-9f2a5a1a7f3d")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /desk/

Sitemap: {root}/sitemap.xml
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as a feed tells of it: its identity, its page, what of the text is sent along, when that last changed."""

    id: str
    page: ItemPage
    content: str
    updated: datetime


class Machines:
    """Views for programs; each is a function of what is published, as pages are."""

    def __init__(self, published: Published, *, most: int = sitemap.MOST) -> None:
        self._published, self._most = published, most
        self._cut: tuple[tuple[int, str], tuple[Part, ...]] | None = None

    def feed(self, locale: str) -> Response:
        """Tell of the newest items in Atom (RFC 4287)."""
        tag = locale_named(request, self._published.site(), locale)
        items = self._published.reader.ask(machines.newest, tag, tagged=None, size=_NEWEST)
        return self._feed(items, tag, path="feed.atom", page="news/", title=gettext("News"))

    def tag_feed(self, locale: str, slug: str) -> Response:
        """Tell of the newest items under a tag; NotFound where there are none in this language."""
        tag = locale_named(request, self._published.site(), locale)
        items = self._published.reader.ask(machines.newest, tag, tagged=tag_slug(slug), size=_NEWEST)
        msgids = [msgid for item in items for msgid in item.tags if tag_slug(msgid) == slug]
        if not msgids:
            raise NotFound
        title = plainly(self._published.now().catalogue(NAMES, tag).gettext(msgids[0]))
        return self._feed(items, tag, path=f"tags/{slug}/feed.atom", page=f"tags/{slug}/", title=title)

    def sitemap(self) -> Response:
        """Name the files of the sitemap."""
        here = root(request, self._published.site())
        return Response(sitemap.index(self._parts(here), here), mimetype="application/xml")

    def sitemap_part(self, number: int) -> Response:
        """Send one file of the sitemap, as it is read from the database; NotFound if it is called otherwise (`01`)."""
        site = self._published.site()
        here = root(request, site)
        files = self._parts(here)
        if not 0 < number <= len(files) or request.path != f"/sitemap-{number}.xml":
            raise NotFound
        end = files[number].first if number < len(files) else None
        return Response(self._written(files[number - 1].first, end, here, site), mimetype="application/xml")

    def robots(self) -> Response:
        """Say who may come, and where the sitemap is (RFC 9309).

        Pages that no index should have say so themselves, and can only be heard where they may be read.
        """
        return Response(_ROBOTS.format(root=root(request, self._published.site())), mimetype="text/plain")

    def _feed(self, items: Sequence[ItemPage], tag: Tag, *, path: str, page: str, title: str) -> Response:
        site = self._published.site()
        around = frame(self._published.now(), Place(locale=tag, path=path), root=root(request, site))
        entries = [_entry(item, site, around.root) for item in items]
        response = make_response(
            render_template(
                "reader/feed.xml",
                frame=around,
                title=title,
                id=_identity(site, f"{path}@{tag}"),
                page=around.absolute(f"/{tag}/{page}"),
                updated=max((entry.updated for entry in entries), default=None) or self._began(site),
                entries=entries,
            )
        )
        response.mimetype = "application/atom+xml"
        response.headers["Content-Language"] = tag
        return response

    def _began(self, site: Site) -> datetime:
        """Return since when something is to be read here: a feed of nothing has been as it is ever since."""
        oldest = self._published.reader.ask(machines.addresses, tuple(site.locales), after=0, size=1)
        return min((text.changed for one in oldest for text in one.texts if text.changed), default=_NEVER)

    def _parts(self, here: str) -> tuple[Part, ...]:
        """Return where the files begin, reckoned once for each version of what is published."""
        now = self._published.now()
        name = (now.version, here)
        if self._cut is None or self._cut[0] != name:
            sets = chain.from_iterable(self._chunks(self._published.site(), first=None))
            self._cut = name, sitemap.parts(sets, here, most=self._most)
        return self._cut[1]

    def _written(self, first: int, end: int | None, here: str, site: Site) -> Iterator[str]:
        yield sitemap.HEAD
        for chunk in self._chunks(site, first=first):
            sets = [one for one in chunk if end is None or one.number < end]
            yield "".join(entry for one in sets for entry in sitemap.entries(one, here, site))
            if len(sets) < len(chunk):
                break
        yield sitemap.TAIL

    def _chunks(self, site: Site, *, first: int | None) -> Iterator[Sequence[Addresses]]:
        """Yield sets from the first or a later one on, some at a time: each time is a transaction of its own."""
        locales = tuple(site.locales)
        if first is None or first < 0:
            yield [one for one in self._lists(locales) if first is None or one.number >= first]
        after = max((first or 0) - 1, 0)
        while chunk := self._published.reader.ask(machines.addresses, locales, after=after, size=_CHUNK):
            yield chunk
            after = chunk[-1].number

    def _lists(self, locales: Sequence[Tag]) -> tuple[Addresses, ...]:
        """Return the sets of lists: those that every language has, then years, months and tags where it has items."""
        paths = defaultdict[str, list[Tag]](list, {path: list(locales) for path in _EVERY_LANGUAGE_HAS})
        reader = self._published.reader
        months, topics = reader.ask(archive.months, locales), reader.ask(archive.tags, locales)
        for tag in locales:
            spans = [
                f"archive/{span.replace('-', '/')}/" for month, _ in months.get(tag, ()) for span in (month[:4], month)
            ]
            tags = [f"tags/{one.slug}/" for one in topics.get(tag, ())]
            indexes = [path for path, found in (("archive/", spans), ("tags/", tags)) if found]
            for path in dict.fromkeys((*indexes, *spans, *tags)):
                paths[path].append(tag)
        return sitemap.lists(paths)


def _entry(item: ItemPage, site: Site, here: str) -> Entry:
    return Entry(
        id=_identity(site, f"{item.document}@{item.locale}"),
        page=item,
        content=with_whole_addresses(item.html, here) if len(item.html) <= _LONGEST_CONTENT else "",
        updated=item.changed or item.date or _NEVER,
    )


def _identity(site: Site, name: str) -> str:
    """Return what stays the same when addresses change (RFC 4122, 4.3): see docs/decisions/0017."""
    return uuid5(_OURS, f"{site.name}/{name}").urn
