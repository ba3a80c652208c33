"""The way in: which locale an address is in, and where an address without one leads."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from flask import Request, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from app.domain.locales import lookup
from app.domain.segments import Tag
from app.domain.site import Site
from app.web.published import Published
from app.web.reader.addresses import local, locale_named

COOKIES = ("__Host-locale", "locale")
"""By TLS and without. Set by a script when a reader chooses a language; the server only reads it, and only here."""

LOCALE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""What looks like a language tag at the beginning of an address is one, known to the site or not."""

_VARYING = {"Vary": "Accept-Language, Cookie", "Cache-Control": "private, no-store"}


def best_locale(asked: Request, site: Site) -> Tag:
    """Return the locale for a reader whose address names none: remembered, wished for by the browser, or default."""
    return best_of(asked, tuple(site.locales), site.default)


def best_of(asked: Request, locales: Sequence[Tag], default: Tag) -> Tag:
    """Return which of some locales suits a reader best: remembered, wished for by the browser, or default."""
    remembered = next((asked.cookies[name] for name in COOKIES if name in asked.cookies), "")
    for locale in locales:
        if locale == remembered:
            return locale
    return lookup(asked.headers.get("Accept-Language", ""), locales, default)


def locale_of(asked: Request, site: Site) -> Tag:
    """Return the locale that an address begins with, or else the best one for this reader."""
    first = asked.path.split("/", 2)[1] if "/" in asked.path else ""
    for locale in site.locales:
        if locale == first:
            return locale
    return best_locale(asked, site)


class Door:
    """Redirects what has no locale in its address."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def choose(self, rest: str = "") -> Response:
        """Redirect to the same address in the reader's locale; NotFound where it could lead elsewhere."""
        if re.fullmatch(LOCALE, rest.partition("/")[0]) or not _harmless(rest):
            raise NotFound
        return self._into(rest)

    def bare(self, locale: str) -> Response:
        """Lead from a locale without a slash to the one with; a word that is no locale of the site is without one."""
        try:
            tag = locale_named(request, self._published.site(), locale)
        except NotFound:
            return self._into(locale)
        raise RequestRedirect(local(request, f"{tag}/"))

    def _into(self, rest: str) -> Response:
        query = urlencode(list(request.args.items(multi=True)))
        # The address begins with our own `/<locale>/` and is quoted anew, so it cannot name another host.
        locale = best_locale(request, self._published.site())
        address = f"/{locale}/{quote(rest)}{'?' if query else ''}{query}"
        return Response(status=302, headers={"Location": address, **_VARYING})


def _harmless(rest: str) -> bool:
    """Tell whether a path has only ordinary segments: printable, no backslash, none empty or of dots alone."""
    parts = rest.removesuffix("/").split("/") if rest else []
    return rest.isprintable() and "\\" not in rest and all(part.strip(".") for part in parts)
