"""Pages that were made a moment ago, so that most readers of a busy one cost no rendering."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from flask import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Shelf:
    """Holds so many pages under names that say all they depend on (the version too: what is old is not found again).

    Threads may share it. What was not asked for longest makes room.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str) -> Response | None:
        """Return a fresh response with the page of this name, None if it isn't here."""
        with self._lock:
            page = self._pages.get(name)
            if page is None:
                return None
            self._pages.move_to_end(name)
        return Response(page.body, headers=list(page.headers))

    def put(self, name: str, response: Response) -> None:
        """Keep a page; of an answer that is none (a redirect) nothing is kept."""
        if response.status_code != 200:
            return
        page = _Page(body=response.get_data(), headers=tuple(response.headers))
        with self._lock:
            self._pages[name] = page
            while len(self._pages) > self._size:
                self._pages.popitem(last=False)
