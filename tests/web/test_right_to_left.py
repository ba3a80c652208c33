"""Words of a language that runs the other way keep their own direction on a Persian page."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.pages import Alternate, Attachment, TagCount, TagPage
from app.domain.searching import Hit, Question, Results
from app.domain.segments import Tag
from app.domain.snippets import Piece
from app.storage.media import file_name
from tests.web.fakes import EN, SITE, FakeReader, item, photo

FA = Tag("fa")
WORDS = "Customs (EU)"
"""Where it runs from the right, the last bracket of this stands at its left."""
PAGES = [
    "/fa/",
    "/fa/news/both",
    "/fa/news/lacking",
    "/fa/about",
    "/fa/search?q=eu",
    "/fa/tags/",
    "/fa/tags/eu/",
    "/fa/x",
]


@pytest.fixture
def client(app: Flask, reader: FakeReader) -> FlaskClient:
    reader.settings = replace(SITE, name=WORDS, full_name=WORDS, address=WORDS, locales={EN: (), FA: (EN,)})
    file = Attachment(path=file_name("9" * 64), name=WORDS, size=1000, locale=EN)
    both = tuple(Alternate(locale=tag, slug="both", available=True) for tag in (EN, FA))
    english = item(EN, title=WORDS, summary=WORDS, slug="both", tags=(WORDS,), attachments=(file,), alternates=both)
    english = replace(english, pictures=(replace(photo(1), caption=WORDS), replace(photo(2), caption=WORDS)))
    persian = replace(english, locale=FA, shown=FA, title="خبر", summary="خبر", pictures=())
    lacking = tuple(replace(one, slug="lacking", available=one.locale == EN) for one in both)
    reader.items = {
        (FA, "both"): persian,
        (FA, "lacking"): replace(english, locale=FA, slug="lacking", html=f"<p>{WORDS}</p>", alternates=lacking),
    }
    about = replace(english, locale=FA, slug="about", date=None, html=f"<p>{WORDS}</p>", alternates=())
    reader.pages = {(FA, "about"): about}
    hit = Hit(locale=EN, path="news/both", title=(Piece(WORDS),), snippet=(Piece(WORDS),), date=None)
    reader.answers = {(FA, "eu"): Results(question=Question.of("eu", FA), elsewhere=(hit,))}
    reader.counts = {FA: (TagCount(slug="eu", msgid=WORDS, count=1),)}
    reader.tagged = {
        (FA, "eu"): TagPage(
            slug="eu", msgid=WORDS, items=reader.news(FA, older=None, newer=None, size=1), languages=frozenset({FA})
        )
    }
    return app.test_client()


def turned(element: Element, *, apart: bool = False) -> list[str]:
    """Return what of an element has the words in it and the direction of the page round them."""
    apart = apart or element.tag == "bdi" or element.get("dir") in {"ltr", "auto"}
    words = [element.text or "", *(child.tail or "" for child in element)]
    found = [element.tag] if WORDS in "".join(words) and not apart else []
    return found + [one for child in element for one in turned(child, apart=apart)]


@pytest.mark.parametrize("path", PAGES)
def test_english_words_on_a_persian_page_run_from_the_left(client: FlaskClient, path: str) -> None:
    page = html5lib.parse(client.get(path).get_data(as_text=True), namespaceHTMLElements=False)
    assert (page.get("lang"), page.get("dir")) == (FA, "rtl")
    body = page.find("body")
    assert body is not None
    assert WORDS in "".join(body.itertext())
    assert turned(body) == []
