"""The graph of languages, walked: all pages of a set name the same set, and each is where it is said to be."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services.texts import find
from tests.copies import Copies
from tests.journeys.crawl import HOST, crawl, links
from tests.journeys.sample_site import client_of, sample_site
from tests.trees import Place, article, decide

Sets = dict[str, dict[str, str]]
_LINK = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
_ENTRY = re.compile(r"<url><loc>([^<]+)</loc>(.*?)</url>")
_IN_ENTRY = re.compile(r'<xhtml:link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/>')


def pages(answers: dict[str, TestResponse]) -> Iterator[tuple[str, str]]:
    for address, answer in answers.items():
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield address, answer.get_data(as_text=True)


def indexed(page: str) -> bool:
    return '<meta name="robots" content="noindex">' not in page


def named_in_heads(answers: dict[str, TestResponse]) -> Sets:
    """Each page's set, by its canonical address; what is not for an index names none."""
    found: Sets = {}
    for address, page in pages(answers):
        alternates = {tag: unescape(href) for tag, href in _LINK.findall(page)}
        canonical = _CANONICAL.search(page)
        if not indexed(page):
            assert alternates == {}, address
            continue
        assert canonical is not None, address
        assert unescape(canonical[1]) == HOST + quote(address.partition("?")[0], safe="/%"), address
        assert alternates, address
        found[unescape(canonical[1])] = alternates
    return found


def named_in_sitemap(client: FlaskClient) -> Sets:
    index = client.get("/sitemap.xml").get_data(as_text=True)
    found: Sets = {}
    for file in re.findall("<loc>(.*?)</loc>", index):
        for address, named in _ENTRY.findall(client.get(urlsplit(file).path).get_data(as_text=True)):
            assert address not in found, "each address once"
            found[address] = dict(_IN_ENTRY.findall(named))
    return found


def assert_reciprocal(client: FlaskClient, sets: Sets) -> None:
    for address, alternates in sets.items():
        assert address in alternates.values(), "a page is in its own set"
        assert "x-default" in alternates, address
        assert alternates["x-default"] in {href for tag, href in alternates.items() if tag != "x-default"}
        for tag, href in alternates.items():
            assert sets.get(href) == alternates, (address, href)
            answer = client.get(urlsplit(href).path)
            assert answer.status_code == 200, href
            if tag != "x-default":
                assert f'<html lang="{tag}"' in answer.get_data(as_text=True)
                assert answer.headers["Content-Language"] == tag


def assert_sound(place: Place, *starts: str) -> Sets:
    client = client_of(place)
    heads = named_in_heads(crawl(client, ["/", "/sitemap.xml", *starts], links))
    assert_reciprocal(client, heads)
    assert named_in_sitemap(client) == heads
    return heads


def test_every_page_of_the_sample_names_its_other_languages_and_they_name_it(tmp_path: Path, sample: Path) -> None:
    with sample_site(tmp_path, sample) as place:
        heads = assert_sound(place)
    sizes: dict[int, int] = defaultdict(int)
    for alternates in heads.values():
        sizes[len(alternates) - 1] += 1
    assert len(heads) > 60
    assert {1, 3, 4, 7} <= set(sizes), "items in one language, in some and in all"


def begin(place: Place) -> None:
    """Items in one, two or three languages, one of which is no language of the site; slugs of many letters."""
    for number, locales in enumerate(("en", "ru", "en ru", "ru ky", "ky kk", "en ru ky", "kk ru")):
        folder = f"content/news/item-{number}"
        source = locales.split()[0]
        place.write(f"{folder}/item.toml", f'date = 2026-05-0{number + 1}T10:00:00+05:00\nsource = "{source}"\n')
        for locale in locales.split():
            place.write(f"{folder}/{locale}.md", article(f"{locale}", "Text.", slug=f"жаңылык-{locale}-{number}"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin, template, tmp_path) as place:
        yield place


def test_a_missing_language_is_in_no_set_and_one_that_the_site_lacks_neither(place: Place) -> None:
    heads = assert_sound(place)
    languages = sorted(sorted(alternates) for address, alternates in heads.items() if "/news/%" in address)
    assert all("kk" not in alternates for alternates in languages)
    by_set = {tuple(alternates) for alternates in languages}
    assert by_set == {
        tuple(sorted([*tags.split(), "x-default"])) for tags in ("en", "ru", "en ru", "ru ky", "ky", "en ru ky")
    }


def test_the_archive_and_the_topics_of_a_language_without_news_are_in_no_set_and_not_for_an_index(place: Place) -> None:
    place.write("content/news/item-0/en.md", article("en", "Text.", slug="tagged-en"))
    place.write("content/news/item-0/item.toml", 'date = 2026-05-01T10:00:00+05:00\nsource = "en"\ntags = ["course"]\n')
    place.write("content/news/item-7/item.toml", 'date = 2026-05-08T10:00:00+05:00\nsource = "kk"\n')
    place.sync()
    heads = assert_sound(place, *(f"/{tag}/{path}/" for tag in ("en", "ru", "ky") for path in ("archive", "tags")))
    assert set(heads[f"{HOST}/en/tags/"]) == {"en", "x-default"}
    assert f"{HOST}/ru/tags/" not in heads
    assert set(heads[f"{HOST}/ru/archive/"]) == {"en", "ru", "ky", "x-default"}


def test_who_reads_none_of_the_languages_is_sent_where_a_reader_of_the_default_one_would_be(place: Place) -> None:
    for alternates in assert_sound(place).values():
        best = next(tag for tag in ("en", "ru", "ky") if tag in alternates)
        assert alternates["x-default"] == alternates[best]


def test_a_language_that_is_withdrawn_leaves_every_set_at_once(place: Place) -> None:
    before = assert_sound(place)
    with place.database.write() as session:
        text = find(session, DocumentName.parse("news/item-5"), Tag("ru"))
        decide(session, text, Action.WITHDRAW)
    after = assert_sound(place)
    gone = set(before) - set(after)
    assert len(gone) == 1
    assert not gone & {href for alternates in after.values() for href in alternates.values()}
