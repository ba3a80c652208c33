"""What counts as a view: a person who opened a page, once a day, known by a digest that leads back to nobody."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawleruseragents import is_crawler  # type: ignore[import-untyped]  # the package has no annotations

from app.domain.segments import Tag

_LONGEST_AGENT = 512  # browsers need half of it; what is longer is cut, so that a search through it stays short


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One visitor's view of one document in one locale on one day; equal views are one."""

    day: date
    visitor: bytes
    document: int
    locale: Tag


def is_view(user_agent: str, purpose: str = "") -> bool:
    """Tell whether a request comes from somebody who looks at the page.

    `purpose` is the header Sec-Purpose, or the older Purpose: what is fetched in advance hasn't been looked at yet. A
    robot says so in its user agent, or has none.
    """
    if {"prefetch", "prerender"} & {word.strip().lower() for word in purpose.replace(",", ";").split(";")}:
        return False
    return not _is_robot(user_agent.strip()[:_LONGEST_AGENT])


@lru_cache(maxsize=2048)
def _is_robot(user_agent: str) -> bool:
    return not user_agent or bool(is_crawler(user_agent))


def visitor_digest(secret: bytes, *, day: date, address: str, user_agent: str, document: int, locale: Tag) -> bytes:
    """Return 16 bytes that are the same when a page is loaded again on the same day, and say nothing else.

    HMAC-SHA256 under the site's secret: without it no address can be tried out, and since day and document are part of
    it, no two days and no two pages of one visitor can be linked.
    """
    facts = json.dumps([day.isoformat(), address, user_agent[:_LONGEST_AGENT], document, locale])
    return hmac.new(secret, facts.encode("ascii"), hashlib.sha256).digest()[:16]
