"""The readers' addresses, on one screen."""

from flask import Blueprint
from werkzeug.routing import BaseConverter

from app.web.reader.archive import Archive
from app.web.reader.caching import Caching
from app.web.reader.door import LOCALE, Door
from app.web.reader.lists import CURSORS
from app.web.reader.machines import Machines
from app.web.reader.pages import Pages
from app.web.reader.search import QUERY, Search
from app.web.reader.visit import Visit

SELDOM = 300  # seconds for which a cache may keep the sitemap, which is no news to anybody


class LocaleConverter(BaseConverter):
    """Takes what looks like a language tag; whether the site has the locale, the view says."""

    regex = LOCALE


def reader_blueprint(
    *, pages: Pages, archive: Archive, search: Search, machines: Machines, door: Door, visit: Visit, caching: Caching
) -> Blueprint:
    """Return the readers' face. The application needs `LocaleConverter` under the name `locale`.

    A fixed word behind the locale is taken from standing pages: it belongs into `domain.documents.OWN_WORDS`.
    """
    reader = Blueprint("reader", __name__)
    kept = (
        ("/<locale:locale>/", "home", pages.home, ()),
        ("/<locale:locale>/news/", "news", pages.news, CURSORS),
        ("/<locale:locale>/feed.atom", "feed", machines.feed, ()),
        ("/<locale:locale>/search", "search", search.search, QUERY),
        ("/<locale:locale>/opensearch.xml", "opensearch", search.description, ()),
        ("/<locale:locale>/archive/", "archive", archive.archive, ()),
        ("/<locale:locale>/archive/<year>/", "year", archive.span, CURSORS),
        ("/<locale:locale>/archive/<year>/<month>/", "month", archive.span, CURSORS),
        ("/<locale:locale>/tags/", "tags", archive.tags, ()),
        ("/<locale:locale>/tags/<slug>/", "tag", archive.tag, CURSORS),
        ("/<locale:locale>/tags/<slug>/feed.atom", "tag_feed", machines.tag_feed, ()),
        ("/<locale:locale>/news/<slug>", "item", pages.item, ()),
        ("/<locale:locale>/news/<slug>/", "slashed_item", pages.slashed_item, ()),
        ("/<locale:locale>/<slug>", "standing", pages.standing, ()),
        ("/<locale:locale>/<slug>/", "slashed_standing", pages.slashed_standing, ()),
        ("/robots.txt", "robots", machines.robots, ()),
    )
    for rule, name, view, query in kept:
        reader.add_url_rule(rule, name, caching.cached(view, query))
    reader.add_url_rule("/sitemap.xml", "sitemap", caching.cached(machines.sitemap, seconds=SELDOM))
    part = caching.cached(machines.sitemap_part, seconds=SELDOM)
    reader.add_url_rule("/sitemap-<int(max=50000):number>.xml", "sitemap_part", part)
    reader.add_url_rule("/", "choose", door.choose)
    reader.add_url_rule("/<path:rest>", "choose", door.choose)
    reader.add_url_rule("/<locale:locale>", "bare", door.bare)
    reader.add_url_rule("/now", "now", visit.now)
    reader.add_url_rule("/views/<int(max=2147483647):key>", "views", visit.views, methods=["POST"])
    return reader
