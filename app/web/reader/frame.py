"""What stands around every page: names, clock, flags, languages, menu. A value for `layout.html`, nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from app.domain.dateforms import ClockNames
from app.domain.dates import clock_names
from app.domain.locales import language
from app.domain.pages import Alternate
from app.domain.segments import Tag
from app.web.published import Snapshot
from app.web.reader.flags import Flag, flags
from app.web.reader.writing import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """One language of the switch: where it leads, and whether this page's text is there."""

    locale: Tag
    endonym: str
    direction: str
    href: str
    available: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A standing page in the menu; `foreign` is the language of its title where that isn't the page's."""

    href: str
    title: str
    foreign: Tag | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything but the page itself.

    `root` begins absolute addresses; `canonical` is this page's own (or the real one's, where a fallback stands in),
    and None where there is none, as on an error page. `real` are the languages in which the text exists, `for_others`
    that of them which is for who reads none. `front` is the home page, the one with the whole masthead on a phone.
    """

    locale: Tag
    direction: str
    root: str
    name: str
    full_name: str
    address: str
    city: str
    write: Writing
    clock: ClockNames
    flags: tuple[Flag, ...]
    languages: tuple[LanguageLink, ...]
    menu: tuple[MenuEntry, ...]
    for_others: Tag | None = None
    canonical: str | None = None
    indexed: bool = True
    news_current: bool = False
    front: bool = False
    search_current: bool = False

    @property
    def endonym(self) -> str:
        """Return what this page's language calls itself."""
        return next((link.endonym for link in self.languages if link.current), self.locale)

    @property
    def real(self) -> tuple[LanguageLink, ...]:
        """Return the languages in which this very page can be read."""
        return tuple(link for link in self.languages if link.available) if self.canonical else ()

    @property
    def readable(self) -> str:
        """Return the canonical address as people read it, on paper: with the letters of its slug."""
        return unquote(self.canonical or "")

    def absolute(self, path: str) -> str:
        """Return a path of the site as a whole address (RFC 3986)."""
        return self.root + quote(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page is: its locale, its path below `/<locale>/`, and its paths in the other languages.

    `section` is what stands before the slug; `missing` says that a fallback stands in for the text.
    """

    locale: Tag
    path: str
    section: str = ""
    alternates: tuple[Alternate, ...] = ()
    missing: bool = False

    def path_in(self, locale: Tag) -> tuple[str, bool]:
        """Return the path in a language, and whether the text is there; a page that is in all has the same in each."""
        for other in self.alternates:
            if other.locale == locale:
                return f"/{locale}/{self.section}{other.slug}", other.available
        there = not self.missing if locale == self.locale else not self.alternates
        return f"/{locale}/{self.path}", there


def frame(snapshot: Snapshot, place: Place, *, root: str, shown: Tag | None = None, named: bool = True) -> Frame:
    """Return what stands around the page at `place`.

    `shown` is the locale of its text where that isn't the address's; `named` is false for what no one should link to.
    """
    site = snapshot.site
    if site is None:
        raise LookupError("nothing is published yet")
    real, _ = place.path_in(shown or place.locale)
    links = tuple(_links(site.locales, place))
    return Frame(
        locale=place.locale,
        direction=language(place.locale).direction,
        root=root,
        name=site.name,
        full_name=site.full_name,
        address=site.address,
        city=site.city,
        write=Writing(locale=place.locale, zone=site.zone),
        clock=clock_names(place.locale),
        flags=flags(site.countries, place.locale),
        languages=links,
        for_others=site.for_others({link.locale for link in links if link.available}),
        menu=tuple(_menu(snapshot, place)),
        canonical=root + quote(real) if named else None,
        indexed=named and shown in {None, place.locale},
        news_current=named and place.path in {"", "news/"},
        front=named and place.path == "",
        search_current=place.path.partition("?")[0] == "search",
    )


def _links(locales: Iterable[Tag], place: Place) -> Iterable[LanguageLink]:
    for locale in locales:
        spoken = language(locale)
        href, available = place.path_in(locale)
        yield LanguageLink(
            locale=locale,
            endonym=spoken.endonym,
            direction=spoken.direction,
            href=href,
            available=available,
            current=locale == place.locale,
        )


def _menu(snapshot: Snapshot, place: Place) -> Iterable[MenuEntry]:
    for page in snapshot.standing(place.locale):
        yield MenuEntry(
            href=f"/{place.locale}/{page.slug}",
            title=page.title,
            foreign=None if page.shown == place.locale else page.shown,
            current=place.path == page.slug,
        )
