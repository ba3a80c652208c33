"""Pages that may sit in any cache: a page is a function of its address, what is published, and the build."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from flask import Response, request

from app.web.published import Published
from app.web.reader.addresses import root
from app.web.reader.shelf import Shelf

PAGES = 200  # of 40 kB at most, in each process
ASKED = 50  # of those whose address readers can vary at will: they push out none of the others
PUBLIC = "public, max-age=0, must-revalidate"
View = Callable[..., Response]


class Caching:
    """Names each page by what it depends on; what a reader or this process holds under that name isn't made again."""

    def __init__(self, published: Published, build: str) -> None:
        self._published = published
        self._build = build
        self._pages, self._asked = Shelf(PAGES), Shelf(ASKED)

    def cached(self, view: View, query: Iterable[str] = ()) -> View:
        """Return the view with ETag and Cache-Control; what it raises passes through, unnamed and not to be kept.

        `query` names the parameters that the page depends on: whatever else stands behind `?` makes no other page.
        The name is taken before the page is made: a page newer than its name is asked for again, a page older than its
        name would stay.
        """

        @wraps(view)
        def answer(**address: str) -> Response:
            site = self._published.site()
            asked = tuple(f"{name}={request.args[name]}" for name in query if name in request.args)
            shelf = self._asked if asked else self._pages
            tag = self._tag(root(request, site), asked)
            held = request.if_none_match
            # `*` asks whether the page exists at all, and only the view knows.
            unchanged = held.contains_weak(tag) and not held.star_tag
            response = Response(status=304) if unchanged else shelf.take(tag) or _made(shelf, tag, view, address)
            response.set_etag(tag, weak=True)  # weak: a proxy may compress it
            response.headers["Cache-Control"] = PUBLIC
            if not site.url:
                response.headers["Vary"] = "Host"  # which belongs to the address, but caches are set up that forget it
            return response

        return answer

    def _tag(self, root: str, asked: tuple[str, ...]) -> str:
        """Digest what the page depends on; `root` too, since canonical links begin with it."""
        told = (root, request.path, asked, self._published.now().version, self._build)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _made(shelf: Shelf, tag: str, view: View, address: Mapping[str, str]) -> Response:
    response = view(**address)
    shelf.put(tag, response)
    return response
