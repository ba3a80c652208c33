"""Walk a site as a reader's browser or a search engine would: every address that any page names."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HOST = "http://localhost"
_NAMED = re.compile(
    r"""(?:href|src|action)="([^"]+)"|(?:content|data-[a-z-]+)="((?:/|https?:)[^"]*)"|<(?:loc|id|uri)>([^<]+)<"""
)
_LINKED = re.compile(r'href="([^"]+)"|<loc>([^<]+)<')
_SET = re.compile(r'srcset="([^"]+)"')
_LONGEST = 2000


def addresses(text: str) -> Iterable[str]:
    """Everything in a page that could be an address; of what may be any words, that which begins like one."""
    for found in _NAMED.finditer(text):
        yield unescape(found[1] or found[2] or found[3])
    for found in _SET.finditer(text):
        yield from (part.split()[0] for part in unescape(found[1]).split(",") if part.strip())


def links(text: str) -> Iterable[str]:
    """What a page links to, as a search engine follows it."""
    return (unescape(found[1] or found[2]) for found in _LINKED.finditer(text))


def crawl(
    client: FlaskClient, starts: Iterable[str], named_in: Callable[[str], Iterable[str]] = addresses
) -> dict[str, TestResponse]:
    """Every answer that can be reached from these addresses without leaving the site, redirects included."""
    seen: dict[str, TestResponse] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen[address] = answer = client.get(address, buffered=True)
        named = [answer.headers.get("Location", "")]
        if (answer.mimetype or "").endswith(("html", "xml")):
            named += named_in(answer.get_data(as_text=True))
        for one in named:
            whole = urlsplit(urldefrag(urljoin(HOST + address, one))[0])
            if one and whole.netloc == "localhost":
                waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))
        assert len(seen) < _LONGEST, "a site without an end"
    return seen
