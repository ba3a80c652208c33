"""Pages that may sit in any cache: a page is a function of its address, what is published, and the build."""

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps

from flask import Response, request

from app.web.published import Published
from app.web.reader.addresses import root
from app.web.reader.shelf import Shelf

PAGES = 200  # of 40 kB at most, in each process
PUBLIC = "public, max-age=0, must-revalidate"
View = Callable[..., Response]


class Caching:
    """Names each page by what it depends on; what a reader or this process holds under that name isn't made again."""

    def __init__(self, published: Published, build: str) -> None:
        self._published = published
        self._build = build
        self._shelf = Shelf(PAGES)

    def cached(self, view: View) -> View:
        """Return the view with ETag and Cache-Control; what it raises passes through, unnamed and not to be kept.

        The name is taken before the page is made: a page newer than its name is asked for again, a page older than its
        name would stay.
        """

        @wraps(view)
        def answer(**address: str) -> Response:
            site = self._published.site()
            tag = self._tag(root(request, site))
            held = request.if_none_match
            # `*` asks whether the page exists at all, and only the view knows.
            unchanged = held.contains_weak(tag) and not held.star_tag
            response = Response(status=304) if unchanged else self._shelf.take(tag) or self._made(tag, view, address)
            response.set_etag(tag, weak=True)  # weak: a proxy may compress it
            response.headers["Cache-Control"] = PUBLIC
            if not site.url:
                response.headers["Vary"] = "Host"  # which belongs to the address, but caches are set up that forget it
            return response

        return answer

    def _made(self, tag: str, view: View, address: Mapping[str, str]) -> Response:
        response = view(**address)
        self._shelf.put(tag, response)
        return response

    def _tag(self, root: str) -> str:
        """Digest what the page depends on; `root` too, since canonical links begin with it."""
        cursor = [request.args.get(name, "") for name in ("older", "newer")]
        told = (root, request.path, *cursor, str(self._published.now().version), self._build)
        return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:24]
