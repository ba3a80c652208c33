"""A thousand hostile texts in what programs read: feeds, the sitemap, JSON-LD. Each comes out as the text it was."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask

from app.domain.documents import Kind
from app.domain.pages import Address, Addresses, TagCount
from app.domain.tags import tag_slug
from app.formats.signs import plainly
from app.web.reader import linked_data, sitemap
from tests.web.fakes import KK, SITE, UZ, FakeReader, filled, item, mo
from tests.xss.conftest import Shown
from tests.xss.judge import faults, parsed
from tests.xss.site import FEED, occupied
from tests.xss.test_parsed import ATOM, BATCHES, PARTS, careless, in_parts

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
HERE = "https://news.example.org"


def in_names(batch: Sequence[str]) -> FakeReader:
    """Return a reader whose topics a catalogue calls by other texts of the batch."""
    reader = occupied(batch)
    reader.catalogues["site", KK] = mo(dict(zip(batch, named(batch), strict=True)))
    return reader


def named(batch: Sequence[str]) -> list[str]:
    return [plainly(words) for words in (*batch[1:], batch[0])]


def spaced(text: str) -> str:
    """Return a text as an attribute has it: a line end or tab in it is a space (XML 1.0, 3.3.3)."""
    return re.sub(r"[\n\t]", " ", text)


def told(feed: bytes) -> list[tuple[str | None, str | None, str, str, str]]:
    """Return of each entry its title, summary, HTML, topic and the topic's name, as a news reader has them.

    The HTML is to be the body (`expected`), of which `test_a_body_is_harmless_html…` shows what it is.
    """
    tree = ET.fromstring(feed)  # noqa: S314  # what our own server wrote
    assert {element.tag.partition("}")[0] for element in tree.iter()} == {ATOM[:-1]}
    return [_entry(entry) for entry in tree.iter(f"{ATOM}entry")]


def entries(feed: bytes) -> bytes:
    return feed[feed.index(b"<entry>") :]


def _entry(entry: Element) -> tuple[str | None, str | None, str, str, str]:
    assert {child.tag.removeprefix(ATOM) for child in entry} == {
        *("id", "title", "link", "published", "updated", "category", "summary", "content"),
    }
    title, summary, content, topic = (
        entry.find(f"{ATOM}{name}") for name in ("title", "summary", "content", "category")
    )
    assert title is not None
    assert summary is not None
    assert content is not None
    assert topic is not None
    assert (title.attrib, summary.attrib, content.attrib) == ({}, {}, {"type": "html"}), "two texts, and HTML"
    whole = content.text or ""
    assert not re.search(r'(?:href|src)="/|srcset="(?:[^"]*, )?/', whole), "a feed is read anywhere"
    return title.text, summary.text, whole.replace(f"{HERE}/", "/"), topic.get("term", ""), topic.get("label", "")


def expected(reader: FakeReader, batch: Sequence[str]) -> list[tuple[str | None, str | None, str, str, str]]:
    return [
        (words, words, page.html, spaced(words), spaced(name))
        for words, name, page in zip(batch, named(batch), reader.fed, strict=True)
    ]


def assert_feeds_are_texts(shown: Shown, batch: Sequence[str]) -> None:
    reader = in_names(batch)
    client = shown(reader)
    newest = client.get(FEED).data
    assert told(newest) == expected(reader, batch)
    for words, name in zip(batch, named(batch), strict=True):
        answer = client.get(f"/kk/tags/{tag_slug(words)}/feed.atom")
        assert entries(answer.data) == entries(newest)
        first = next(other for other in batch if tag_slug(other) == tag_slug(words))
        head = answer.data[: answer.data.index(b"<entry>")] + b"</feed>"
        title = ET.fromstring(head).findtext(f"{ATOM}title") or ""  # noqa: S314  # as above
        assert title.endswith(f" · {name if first == words else named(batch)[batch.index(first)]}")


@in_parts
def test_each_entry_of_a_feed_and_of_the_feed_of_each_topic_is_text_and_harmless_html(shown: Shown, part: int) -> None:
    for batch in BATCHES[part::PARTS]:
        assert_feeds_are_texts(shown, batch)


FORGETFUL = [
    ("<title>{{ item.title }}", "<title>{{ item.title | safe }}"),
    ("<summary>{{ item.summary }}", "<summary>{{ item.summary | safe }}"),
    ('label="{{ site_text(tag) }}"', 'label="{{ site_text(tag) | safe }}"'),
    ('term="{{ tag }}"', 'term="{{ tag | safe }}"'),
    ("· {{ title }}</title>", "· {{ title | safe }}</title>"),
    ("{{ entry.content }}", "{{ entry.content | safe }}"),
    ("<title>{{ item.title }}", '<title type="html">{{ item.title }}'),
    ('html">{{ entry.content }}', 'html">{{ item.title }}'),
]


@pytest.mark.parametrize(("right", "wrong"), FORGETFUL)
def test_a_feed_that_forgets_to_escape_is_noticed(app: Flask, shown: Shown, right: str, wrong: str) -> None:
    careless(app, "reader/feed.xml", right, wrong)
    with pytest.raises((AssertionError, ET.ParseError)):
        assert_feeds_are_texts(shown, BATCHES[0])


def assert_sitemap_has_addresses_alone(shown: Shown, batch: Sequence[str]) -> None:
    """Slugs that could never come into being (`test_slugs`) are no more than odd addresses even so."""
    reader = occupied(batch)
    reader.addresses_of = tuple(
        Addresses(
            number=number,
            kind=Kind.NEWS,
            texts=tuple(Address(locale=tag, slug=words, changed=None) for tag in (KK, UZ)),
        )
        for number, words in enumerate(batch, 1)
    )
    reader.counts = {KK: tuple(TagCount(slug=words, msgid=words, count=1) for words in batch)}
    tree = ET.fromstring(shown(reader).get("/sitemap-1.xml").data)  # noqa: S314  # what our own server wrote
    assert {element.tag for element in tree.iter()} == {LINK, *(f"{SITEMAP}{tag}" for tag in ("urlset", "url", "loc"))}
    links = list(tree.iter(LINK))
    assert all(set(link.attrib) == {"rel", "hreflang", "href"} for link in links)
    found = [url.text or "" for url in tree.iter(f"{SITEMAP}loc")]
    assert all(set(address) <= PLAIN for address in [*found, *(link.get("href", "") for link in links)])
    news = [unquote(address) for address in found if "/news/" in address and not address.endswith("/news/")]
    assert news == [f"{HERE}/{tag}/news/{words}" for words in batch for tag in (KK, UZ)]
    assert {f"{HERE}/kk/tags/{words}/" for words in batch} <= set(map(unquote, found))


PLAIN = set("%/:-._~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


@in_parts
def test_the_sitemap_is_addresses_and_nothing_else_whatever_slugs_are_like(shown: Shown, part: int) -> None:
    for batch in BATCHES[part::PARTS]:
        assert_sitemap_has_addresses_alone(shown, batch)


def test_a_sitemap_that_forgets_to_quote_is_noticed(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "quote", str)
    with pytest.raises((AssertionError, ET.ParseError)):
        assert_sitemap_has_addresses_alone(shown, BATCHES[0])


def assert_told_as_data(shown: Shown, batch: Sequence[str]) -> None:
    """Each text by itself, and all of them after each other, with the name of the site."""
    reader = filled()
    plain = item(KK, source=KK, pictures=(), html="", alternates=())
    texts = {f"item-{number}": words for number, words in enumerate([*batch, " ".join(batch)])}
    reader.items = {(KK, slug): replace(plain, slug=slug, title=words, summary=words) for slug, words in texts.items()}
    reader.settings = replace(SITE, name=batch[0], url=HERE)
    client = shown(reader)
    for slug, words in texts.items():
        tree = parsed(client.get(f"/kk/news/{slug}").get_data(as_text=True))
        assert list(faults(tree)) == []
        (script,) = (one for one in tree.iter("script") if one.get("type") == "application/ld+json")
        assert script in list(tree.find("head") or []), "nothing in it has begun the body"
        assert not set("<>&\u2028\u2029") & set(script.text or "")
        data = json.loads(script.text or "")
        assert (data["headline"], data["description"], data["publisher"]["name"]) == (words, words, batch[0])
        assert set(data) == {
            *("@context", "@type", "@id", "url", "headline", "inLanguage", "publisher", "datePublished"),
            *("dateModified", "description", "mainEntityOfPage", "author", "workTranslation"),
        }
        assert data["@id"] == data["url"] == data["mainEntityOfPage"] == f"{HERE}/kk/news/{slug}"


@in_parts
def test_what_search_engines_are_told_is_one_block_of_data_with_the_texts_as_they_are(shown: Shown, part: int) -> None:
    for batch in BATCHES[part::PARTS]:
        assert_told_as_data(shown, batch)


def test_data_that_forgets_to_escape_is_noticed(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_data, "_ESCAPED", {})
    with pytest.raises((AssertionError, html5lib.html5parser.ParseError, json.JSONDecodeError)):
        assert_told_as_data(shown, BATCHES[0])


def test_no_name_of_a_topic_turns_the_words_after_it_round(shown: Shown) -> None:
    reader = filled()
    reader.counts = {KK: (TagCount(slug="cooperation", msgid="cooperation", count=1),)}
    reader.catalogues["site", KK] = mo({"cooperation": "\u202eturned"})
    client = shown(reader)
    for path in ("/kk/tags/", "/kk/tags/cooperation/feed.atom", FEED):
        answer = client.get(path).get_data(as_text=True)
        assert ("turned" in answer, "\u202e" in answer) == (True, False), path
