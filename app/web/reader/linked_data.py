"""What a page tells search engines of itself: schema.org in JSON-LD 1.1, a block of data that no browser runs."""

import json
from typing import Final

from markupsafe import Markup

from app.domain.pages import ItemPage
from app.web.reader.frame import Frame

Json = str | list["Json"] | dict[str, "Json"]

_ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""So that no text can end the block or begin a comment in it (HTML, 4.12.1.3): inside JSON's strings alone."""


def linked_data(around: Frame, page: ItemPage, publisher: str) -> Markup:
    """Return the JSON of a page that is where `around` says; `publisher` is the site's name in its language.

    Facts alone: who translated is not said, since the page says itself where a machine did.
    """
    address, home = around.canonical or "", around.absolute(f"/{around.locale}/")
    told: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": _kind(page),
        "@id": address,
        "url": address,
        "headline": page.title,
        "inLanguage": page.shown,
        "image": [around.absolute(f"/media/{path}") for path in _images(page)],
        "publisher": {"@type": "Organization", "name": publisher, "url": home},
        **_times(around, page),
        **_translations(around, page),
    }
    if page.summary:
        told["description"] = page.summary
    if page.date:
        told |= {"mainEntityOfPage": address, "author": told["publisher"]}
    written = json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)
    return Markup(written.translate(_ESCAPED))  # noqa: S704  # JSON without a sign that HTML knows


def _kind(page: ItemPage) -> str:
    return "NewsArticle" if page.date else "WebPage"


def _images(page: ItemPage) -> list[str]:
    cuts = [picture.cut.path for picture in page.pictures[:1] if picture.cut]
    return cuts + [picture.widest for picture in page.pictures]


def _times(around: Frame, page: ItemPage) -> dict[str, Json]:
    times = {"datePublished": page.date, "dateModified": page.changed or page.date}
    return {name: around.write.exact(when) for name, when in times.items() if when}


def _translations(around: Frame, page: ItemPage) -> dict[str, Json]:
    """Return what this text is a translation of, or which translations of it there are: each names the other."""
    others: dict[str, Json] = {
        link.locale: {"@type": _kind(page), "@id": around.absolute(link.href), "inLanguage": link.locale}
        for link in around.real
        if link.locale != page.shown
    }
    if page.shown == page.source:
        return {"workTranslation": list(others.values())}
    return {"translationOfWork": others[page.source]} if page.source in others else {}
