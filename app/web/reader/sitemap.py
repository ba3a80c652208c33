"""The sitemap (sitemaps.org, 0.9) with each page's other languages beside it: cut into files, and written.

A *set* is one page in the languages it is really in. A set is never cut, and sets come in the order of their documents'
numbers, so what is published tomorrow changes the last file alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from app.domain.documents import Kind
from app.domain.pages import Address, Addresses
from app.domain.segments import Tag
from app.domain.site import Site

MOST: Final = 50_000
LARGEST: Final = 50 * 2**20
"""Addresses of a file, and bytes of it before compression: the protocol's limits."""

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
TAIL: Final = "</urlset>\n"

_LINK = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'
_ENTRY = "<url><loc>{}</loc>{}{}</url>\n"
_CHANGED = "<lastmod>{:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>"  # W3C Datetime; moments are in UTC
_OTHERS = "x-default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file: the number of its first set, and when something in it last changed for readers."""

    first: int
    changed: datetime | None


def lists(paths: Mapping[str, Iterable[Tag]]) -> tuple[Addresses, ...]:
    """Return the sets of what is at the same path in each language with it; their numbers are below any document's."""
    return tuple(
        Addresses(
            number=place - len(paths),
            kind=Kind.PAGE,
            texts=tuple(Address(locale=tag, slug=path, changed=None) for tag in locales),
        )
        for place, (path, locales) in enumerate(paths.items())
    )


def parts(sets: Iterable[Addresses], root: str, *, most: int = MOST, largest: int = LARGEST) -> tuple[Part, ...]:
    """Return where each file begins: none has more addresses or bytes than it may, whatever the slugs are like."""
    found: list[Part] = []
    count = size = 0
    for one in sets:
        count, size = count + len(one.texts), size + _size(one, root)
        if not found or count > most or size > largest - len(HEAD + TAIL):
            found.append(Part(first=one.number, changed=None))
            count, size = len(one.texts), _size(one, root)
        times = [found[-1].changed, *(text.changed for text in one.texts)]
        found[-1] = Part(first=found[-1].first, changed=max((time for time in times if time), default=None))
    return tuple(found)


def entries(one: Addresses, root: str, site: Site) -> Iterator[str]:
    """Yield the entry of each page of a set: all of them name the same set, themselves included."""
    hrefs = _hrefs(one, root)
    others = site.for_others(hrefs)
    links = "".join(_LINK.format(tag, href) for tag, href in hrefs.items())
    links += _LINK.format(_OTHERS, hrefs[others]) if others else ""
    for text in one.texts:
        yield _ENTRY.format(hrefs[text.locale], _changed(text.changed), links)


def index(found: Iterable[Part], root: str) -> str:
    """Return the sitemap's index, which names the files."""
    files = "".join(
        f"<sitemap><loc>{escape(root)}/sitemap-{number}.xml</loc>{_changed(part.changed)}</sitemap>\n"
        for number, part in enumerate(found, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{files}</sitemapindex>\n"
    )


def _changed(when: datetime | None) -> str:
    return _CHANGED.format(when) if when else ""


def _hrefs(one: Addresses, root: str) -> dict[Tag, str]:
    """Return the addresses of a set; what isn't a plain letter is quoted, so that nothing in them is markup."""
    section = "news/" if one.kind is Kind.NEWS else ""
    return {text.locale: escape(root) + quote(f"/{text.locale}/{section}{text.slug}") for text in one.texts}


def _size(one: Addresses, root: str) -> int:
    """Return how many bytes the entries of a set take at the most: reckoned, not written."""
    hrefs = _hrefs(one, root)
    longest = max(map(len, hrefs.values()), default=0)
    links = len(_LINK.format(_OTHERS, "")) + longest + sum(len(_LINK.format(*link)) for link in hrefs.items())
    return len(hrefs) * (len(_ENTRY.format("", _changed(datetime.max), "")) + longest + links)  # noqa: DTZ901  # any time is as long
