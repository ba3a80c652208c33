"""What a page's script asks for, since it differs from visit to visit: the seat's time, and the number of views."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import Response, jsonify, request
from flask_babel import force_locale, ngettext
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, RequestEntityTooLarge

from app.domain import dates
from app.domain.locales import language
from app.domain.segments import Tag
from app.domain.site import Site
from app.web.published import Published

_LONGEST_BODY = 1000  # our script sends none at all
_AHEAD = timedelta(days=2)
_EXACT = timedelta(seconds=1)
_MOST = 30  # a page of the list has 20 items
_MOMENT = re.compile(r"[0-9]{1,13}", re.ASCII)  # up to the year 2286


class Counter(Protocol):
    """Counts views; what isn't one (a robot's, a prefetch, a repeated reload) it leaves uncounted."""

    def seen(self, key: int, locale: Tag, *, address: str, agent: str, purpose: str = "") -> int:
        """Count a view of a document, if it is one, and return how many there are now."""
        ...


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def next_change(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the zone's offset changes in the two days to come, to the second, or None if it doesn't.

    `zoneinfo` knows but doesn't tell, so the span is halved until the change is found.
    """
    offset = moment.astimezone(zone).utcoffset()
    early, late = moment, moment + _AHEAD
    if late.astimezone(zone).utcoffset() == offset:
        return None
    while late - early > _EXACT:
        middle = early + (late - early) / 2
        early, late = (middle, late) if middle.astimezone(zone).utcoffset() == offset else (early, middle)
    return late.replace(microsecond=0)


class Visit:
    """Views that no cache may keep."""

    def __init__(self, published: Published, counter: Counter, clock: Callable[[], datetime] = utc_now) -> None:
        self._published = published
        self._counter = counter
        self._clock = clock

    def now(self) -> Response:
        """Tell the seat's time: milliseconds since 1970, the zone's offset in seconds, and its next change.

        And in the words of a locale how long ago the moments `of` were, each a number of milliseconds; null of what is
        a week old, and where the language has no such words.
        """
        moment, zone = self._clock(), self._published.site().zone
        change = next_change(moment, zone)
        return _private(
            local=moment.astimezone(zone).isoformat(timespec="seconds"),
            epoch=_milliseconds(moment),
            offset=_offset(moment, zone),
            change=None if change is None else {"epoch": _milliseconds(change), "offset": _offset(change, zone)},
            ago=self._ago(request.args.getlist("of"), moment),
        )

    def _ago(self, moments: list[str], now: datetime) -> list[str | None]:
        """Return words for each moment; BadRequest where they cannot be moments, or there are too many."""
        if not moments:
            return []
        if len(moments) > _MOST or not all(map(_MOMENT.fullmatch, moments)):
            raise BadRequest
        locale = self._locale(request.args.get("locale", ""))
        return [dates.ago(now - datetime.fromtimestamp(int(moment) / 1000, UTC), locale) for moment in moments]

    def views(self, key: int) -> Response:
        """Count a view of a document; answer with the number, in figures and in the words of the page's language."""
        if not _from_our_pages(self._published.site()):
            raise Forbidden
        if (request.content_length or 0) > _LONGEST_BODY:
            raise RequestEntityTooLarge
        locale = self._locale(request.args.get("locale", ""))
        count = self._counter.seen(
            key,
            locale,
            address=request.remote_addr or "",
            agent=request.headers.get("User-Agent", ""),
            purpose=request.headers.get("Sec-Purpose") or request.headers.get("Purpose", ""),
        )
        with force_locale(language(locale).babel):
            # Translators: how often the page was read; %(count)s is the number as your language writes it
            words = ngettext("%(count)s view", "%(count)s views", count, count=dates.number(count, locale))
        return _private(views=count, text=words)

    def _locale(self, asked: str) -> Tag:
        for locale in self._published.site().locales:
            if locale == asked:
                return locale
        raise NotFound


def _from_our_pages(site: Site) -> bool:
    """Tell whether a script of ours asks, by what its browser says of it: older ones know `Origin` alone."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin")
    return origin in {None, site.url, f"http://{request.host}", f"https://{request.host}"}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds())


def _private(**values: object) -> Response:
    response = jsonify(values)
    response.headers["Cache-Control"] = "no-store"
    return response
