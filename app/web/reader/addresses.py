"""The site's own addresses: what absolute ones begin with, and where a page is that was asked for under another."""

from urllib.parse import quote

from flask import Request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.routing import RequestRedirect

from app.domain.countries import languages_of
from app.domain.locales import kin, nearest
from app.domain.segments import Tag
from app.domain.site import Site

_QUERY = "!$&'()*+,/:;=?@%"  # what may stand in a query as it is (RFC 3986, section 3.4)


class Elsewhere(RequestRedirect):
    """The address is another spelling of one that the site has. For now: tomorrow it may have this one as well.

    No cache keeps a redirect of this code that names no age: where it leads may depend on what a browser wishes for.
    """

    code = 302


def root(asked: Request, site: Site) -> str:
    """Return what absolute addresses begin with: the site's `url`, or without one the host of the request.

    BadRequest where the host is needed and cannot be one (RFC 9112, section 3.2).
    """
    if site.url:
        return site.url
    if not asked.host:
        raise BadRequest
    return f"{'https' if asked.scheme == 'https' else 'http'}://{asked.host}"


def local(asked: Request, path: str) -> str:
    """Return a path of this site as an address, with the query of the request; quoted, so that it names no host."""
    query = asked.query_string.decode("ascii", "ignore")
    return f"/{quote(path.lstrip('/'))}{'?' if query else ''}{quote(query, safe=_QUERY)}"


def locale_named(asked: Request, site: Site, written: str) -> Tag:
    """Return the locale that an address begins with.

    Elsewhere where the site has it in another spelling or without the region or with another (`KK`, `en-US`, `pt` of
    `pt-BR`), or has the language of the country whose code it is (`kz`); else NotFound.
    """
    for tag in site.locales:
        if tag == written:
            return tag
    for spelled in (written, *languages_of(written)):
        try:
            meant = nearest(Tag(spelled), site.locales) or next(iter(kin(spelled, site.locales)), None)
        except ValueError:
            continue
        if meant is not None:
            raise Elsewhere(local(asked, meant + asked.path[len(written) + 1 :]))
    raise NotFound
