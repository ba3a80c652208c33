"""The reader's own page of a draft, for who may see it: the same template, in the language of the text."""

import re

from flask import Response, request
from flask_babel import force_locale, gettext
from markupsafe import Markup

from app.domain.documents import Kind
from app.domain.locales import language
from app.domain.pages import Around, ItemPage
from app.domain.tags import tag_slug
from app.web.desk.desk import Desk
from app.web.headers import POLICY
from app.web.reader.addresses import root
from app.web.reader.frame import Place, frame
from app.web.reader.linked_data import linked_data
from app.web.reader.lists import rendered
from app.web.reader.share import share_links

_SCRIPT = re.compile(r"<script\b[^>]*>[^<]*</script>\n?", re.ASCII)  # no text can hold one that is not escaped
_MEDIA = re.compile(r"(?<=[\"\s])/media/(?=[0-9a-f]{2}/[0-9a-f]{64})", re.ASCII)

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'").replace(
    "script-src 'self'", "script-src 'none'"
)
"""A preview stands in a frame of the desk, and no script runs in it: it is looked at."""


_ARTICLE = '<article class="item">\n'


def reader_page(desk: Desk, page: ItemPage, *, media: str, labelled: bool = False) -> Response:
    """Return the page as readers would have it; `media` begins the addresses of its photos and attachments.

    `labelled` says above it that it is a draft, so that nobody takes it for what readers have. No cache keeps
    it and no search engine lists it.
    """
    section = "news/" if page.document.kind is Kind.NEWS else ""
    place = Place(
        locale=page.locale, path=section + page.slug, section=section, alternates=page.alternates, missing=page.missing
    )  # fmt: skip
    around = frame(desk.published.now(), place, root=root(request, desk.site), shown=page.shown)
    opening, body = map(Markup, page.opening)  # sanitised by formats.render when it was made
    with force_locale(language(page.locale).babel):
        response = rendered(
            "reader/item.html",
            around,
            page=page,
            tags=[(msgid, tag_slug(msgid)) for msgid in page.tags],
            beside=Around(earlier=None, later=None, related=()),
            opening=opening,
            body=body,
            share=share_links(around.canonical or "", page.title),
            linked_data=linked_data,
            section=section,
        )
        # Translators: stands above the text of a link that shows a draft to somebody without an account
        said = gettext("A draft: not published, and it may change.")
        label = str(Markup('<p class="notice missing">{}</p>\n').format(said))
    written = without_scripts(_MEDIA.sub(f"{media}/", response.get_data(as_text=True)))
    response.set_data(written.replace(_ARTICLE, _ARTICLE + label, 1) if labelled else written)
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def without_scripts(html: str) -> str:
    """Return a page of ours without its scripts."""
    return _SCRIPT.sub("", html)
