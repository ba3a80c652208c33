"""Pages that may sit in any cache: a page is a function of its address, what is published, and the build."""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps

from flask import Response, request

from app.web.finished import keep
from app.web.published import Published
from app.web.reader.addresses import root

PUBLIC = "public, max-age=0, s-maxage={}, stale-while-revalidate=1"
"""A browser asks each time; what stands in front of us may answer so many seconds by itself (decisions/0018)."""

View = Callable[..., Response]


class Caching:
    """Names each page by what it depends on. What a reader holds under that name isn't made again."""

    def __init__(self, published: Published, build: str) -> None:
        self._published = published
        self._build = build
        self.counted: set[str] = set()  # every parameter of a query that some page depends on

    def cached(self, view: View, query: Iterable[str] = (), *, seconds: int = 1) -> View:
        """Return the view with ETag and Cache-Control; what it raises passes through, unnamed and not to be kept.

        `query` names the parameters that the page depends on: whatever else stands behind `?` makes no other page.
        `seconds` is for how long a cache in front may answer by itself: one, or for many where something may be old.
        The name is taken before the page is made: a page newer than its name is asked for again, a page older than its
        name would stay. It is weak, and so the same in whatever coding the page is sent.
        """
        self.counted.update(query)

        @wraps(view)
        def answer(**address: str) -> Response:
            site, until = self._published.site(), self._published.now().until
            asked = tuple((name, request.args[name]) for name in query if name in request.args)
            tag = self._tag(root(request, site), asked)
            held = request.if_none_match
            unchanged = held.contains_weak(tag) and not held.star_tag
            response = Response(status=304) if unchanged else keep(view(**address))
            if held.star_tag and response.status_code == 200:  # whether there is a page, only the view knew
                response = Response(status=304)
            response.set_etag(tag, weak=True)
            response.headers["Cache-Control"] = PUBLIC.format(seconds)
            if seconds == 1:
                response.headers.set(*until)
            response.vary.add("Accept-Encoding")
            if not site.url:
                response.vary.add("Host")  # which belongs to the address, but caches are set up that forget it
            return response

        return answer

    def _tag(self, root: str, asked: tuple[tuple[str, str], ...]) -> str:
        """Digest what the page depends on; `root` too, since canonical links begin with it."""
        told = (root, request.path, asked, self._published.now().version, self._build)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]
