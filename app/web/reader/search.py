"""Search in the reader's language, and its description for browsers that offer it in their address bar."""

from typing import Final
from urllib.parse import quote

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import NotFound

from app.domain.searching import PAGE, PAGES, shown
from app.domain.segments import Tag
from app.domain.site import Site
from app.queries import searching
from app.web.published import Published
from app.web.reader.addresses import locale_named, root
from app.web.reader.frame import Place, frame

QUERY: Final = ("q", "page")
"""The parameters that a page of answers depends on."""

_LONGEST_NAME = 16  # of a search engine (OpenSearch 1.1, ShortName)


class Search:
    """Views; the read model is asked once."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def search(self, locale: str) -> Response:
        """Answer a question; nothing that can be typed is an error, but a page of answers that isn't there is none."""
        site = self._published.site()
        tag = locale_named(request, site, locale)
        asked, page = shown(request.args.get("q", "")), _page()
        results = self._published.reader.ask(searching.search, tag, asked, page=page, languages=_others(site, tag))
        if page > 1 and not results.hits:
            raise NotFound
        place = Place(locale=tag, path=f"search?q={quote(asked, safe='')}" if asked else "search")
        around = frame(self._published.now(), place, root=root(request, site), named=False)
        last = -(-results.count // PAGE)
        text = render_template(
            "reader/search.html", frame=around, asked=asked, results=results, page=page, last=last,
            start=PAGE * (page - 1) + 1,
        )  # fmt: skip
        return _told(text, tag)

    def description(self, locale: str) -> Response:
        """Describe the search of one language (OpenSearch 1.1, draft 6)."""
        site = self._published.site()
        tag = locale_named(request, site, locale)
        around = frame(self._published.now(), Place(locale=tag, path="opensearch.xml"), root=root(request, site))
        response = _told(render_template("reader/opensearch.xml", frame=around, longest=_LONGEST_NAME), tag)
        response.mimetype = "application/opensearchdescription+xml"
        return response


def _told(text: str, locale: Tag) -> Response:
    response = make_response(text)
    response.headers["Content-Language"] = locale
    return response


def _page() -> int:
    """Return which page of the answers is wanted; NotFound if it cannot be one."""
    written = request.args.get("page", "1")
    if written not in {str(number) for number in range(1, PAGES + 1)}:
        raise NotFound
    return int(written)


def _others(site: Site, locale: Tag) -> tuple[Tag, ...]:
    """Return the site's other languages, first those that stand in for this one."""
    return tuple(tag for tag in dict.fromkeys((*site.chain(locale), *site.locales)) if tag != locale)
