"""Finished pages, kept for the next reader: their headers as Flask gave them, their bytes in each coding asked for."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.http import parse_etags, remove_entity_headers

from app.web.codings import Coding, chosen, coded

Headers = list[tuple[str, str]]

UNTIL: Final = "X-Accel-Expires"
"""A header for nginx, which takes it off: in which second of the clock it may still answer by itself."""

_HEADERS_WEIGH: Final = 2000  # bytes, or so, with all that Python needs to hold them


class Page:
    """A whole page with an ETag, which is answered to whoever asks for it, by GET or HEAD."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        fields = {name.lower(): value for name, value in headers}
        self._kind, self._tag = fields["content-type"], fields["etag"]
        self._is_dated = UNTIL.lower() in fields
        lasting = [field for field in headers if field[0] != UNTIL]
        self._answers: dict[Coding, tuple[Headers, bytes]] = {Coding.PLAIN: (lasting, body)}
        self._unchanged = [*lasting]
        remove_entity_headers(self._unchanged)

    @property
    def weight(self) -> int:
        """Return how many bytes are held now."""
        return sum(_HEADERS_WEIGH + len(body) for _, body in self._answers.values())

    def prepare(self, accepted: str) -> bool:
        """Have the coding at hand that this `Accept-Encoding` likes best; tell whether it had to be made."""
        coding = chosen(accepted)
        if coding in self._answers:
            return False
        headers, plain = self._answers[Coding.PLAIN]
        body = coded(plain, self._kind, coding)
        if body is None:
            self._answers[coding] = headers, plain
        else:
            others = [field for field in headers if field[0] != "Content-Length"]
            told = [("Content-Encoding", coding.value), ("Content-Length", str(len(body)))]
            self._answers[coding] = others + told, body
        return True

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, until: tuple[str, str]
    ) -> Iterable[bytes]:
        """Answer a request whose coding was prepared; one who holds the page already is told so (304).

        `until` stands in the place of what the page said of that when it was made.
        """
        dated = [until] if self._is_dated else []
        if self._is_held(environ.get("HTTP_IF_NONE_MATCH")):
            start_response("304 NOT MODIFIED", self._unchanged + dated)
            return []
        headers, body = self._answers[chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        start_response("200 OK", headers + dated)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is_held(self, held: str | None) -> bool:
        """Compare weakly (RFC 9110, section 8.8.3.2): a page is the same in each coding. `*` is any page at all."""
        return held is not None and (held == self._tag or parse_etags(held).contains_raw(self._tag))


class Shelf:
    """Holds so many pages at most, and so many bytes, under names that say all that a page depends on.

    Threads share it. What was not asked for longest makes room.
    """

    def __init__(self, number: int, weight: int) -> None:
        self._number, self._most = number, weight
        self._pages: OrderedDict[Hashable, tuple[Page, int]] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def take(self, name: Hashable) -> Page | None:
        """Return the page of this name, None if it isn't here."""
        with self._lock:
            found = self._pages.get(name)
            if found is None:
                return None
            self._pages.move_to_end(name)
            return found[0]

    def put(self, name: Hashable, page: Page) -> None:
        """Keep a page, or weigh it anew. One that would take a tenth of the shelf isn't kept."""
        weight = page.weight
        with self._lock:
            self._weight -= self._pages.pop(name, (page, 0))[1]
            if weight * 10 > self._most:
                return
            self._pages[name] = page, weight
            self._weight += weight
            while len(self._pages) > self._number or self._weight > self._most:
                _, (_, gone) = self._pages.popitem(last=False)
                self._weight -= gone
