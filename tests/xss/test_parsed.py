"""A thousand hostile texts in each place, as parsers see the pages: none of them is more than a text."""

import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BaseLoader, ChoiceLoader, DictLoader

from app.domain import searching
from app.domain.segments import Tag
from app.services import publishing
from tests.formats.test_render import assert_harmless
from tests.web.fakes import SITE
from tests.xss.conftest import Shown
from tests.xss.judge import Outline, faults, outline, parsed, strictly
from tests.xss.payloads import COUNT, payloads
from tests.xss.site import FEED, FOUND, ITEM, LACKING, OPEN_SEARCH, PAGES, occupied, rendered

HOSTILE = payloads()
BATCH = 24
BATCHES = [HOSTILE[start : start + BATCH] for start in range(0, COUNT, BATCH)]
PARTS = 5
HARMLESS = [f"harmless {number}" for number in range(BATCH)]
ATOM = "{http://www.w3.org/2005/Atom}"

in_parts = pytest.mark.parametrize("part", range(PARTS))


def looked_at(client: FlaskClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == (404 if "nowhere" in path else 200), path
    tree = parsed(answer.get_data(as_text=True))
    assert list(faults(tree)) == [], path
    return tree


def texts(tree: Element, path: str) -> list[str]:
    """Return what stands in elements of a page, whatever of it is to stay on one line."""
    return [flat("".join(element.itertext())) for element in tree.iterfind(path)]


def flat(text: str) -> str:
    return " ".join(text.split())


def values(tree: Element, path: str, name: str) -> list[str]:
    return [element.get(name, "") for element in tree.iterfind(path)]


def plans(shown: Shown) -> dict[str, Outline]:
    """Return the elements of each page where the texts are harmless."""
    client = shown(occupied(HARMLESS))
    return {path: outline(looked_at(client, path)) for path in PAGES}


@in_parts
def test_a_page_is_built_of_the_same_elements_whatever_texts_are_in_it(shown: Shown, part: int) -> None:
    expected = plans(shown)
    for batch in BATCHES[part::PARTS]:
        client = shown(occupied(batch))
        trees = {path: looked_at(client, path) for path in PAGES}
        assert {path: outline(tree) for path, tree in trees.items()} == expected, batch
        item, news = trees[ITEM], trees["/kk/news/"]
        whole, one_by_one = flat(" ".join(batch)), [flat(text) for text in batch]
        assert texts(item, ".//h1") == texts(trees[LACKING], ".//h1") == [whole]
        assert texts(item, ".//title") == [flat(" · ".join([" ".join(batch)] * 2))]
        assert texts(item, ".//ul[@class='tags']/li") == one_by_one
        assert texts(item, ".//section[@class='attachments']//a") == one_by_one
        assert texts(item, ".//nav[@class='menu']//li")[2 : BATCH + 2] == one_by_one
        for name in ("og:title", "og:description", "og:site_name"):
            assert [flat(text) for text in values(item, f".//meta[@property='{name}']", "content")] == [whole]
        told = json.loads(texts(item, ".//script[@type='application/ld+json']")[0])
        assert (flat(told["headline"]), flat(told["publisher"]["name"])) == (whole, whole)
        alts = values(item, ".//main//section[@class='gallery']//img", "alt")
        assert [flat(text) for text in alts] == one_by_one[1:]
        assert texts(news, ".//h2/a") + texts(news, ".//h3/a") == one_by_one
        assert texts(news, ".//p[@class='summary']") == one_by_one
        assert texts(item, ".//section[@class='related']//a") == one_by_one
        assert texts(trees[FOUND], ".//h2/a") == [flat(text * 2) for text in batch]
        assert texts(trees[FOUND], ".//h2//mark") == one_by_one
        assert sorted(texts(trees["/kk/tags/"], ".//main//li/a")) == sorted(one_by_one)


def test_the_quick_parser_sees_what_the_strict_one_sees(shown: Shown) -> None:
    client = shown(occupied(BATCHES[0]))
    for page in (client.get(path).get_data(as_text=True) for path in PAGES):
        assert ET.tostring(parsed(page)) == ET.tostring(strictly(page))


@in_parts
def test_a_body_is_harmless_html_wherever_in_its_markdown_a_text_stands(part: int) -> None:
    for batch in BATCHES[part::PARTS]:
        for html in rendered(tuple(batch)):
            assert_harmless(html)


@in_parts
def test_a_feed_is_sound_xml_and_has_the_texts_as_they_are(shown: Shown, part: int) -> None:
    for batch in BATCHES[part::PARTS]:
        client = shown(occupied(batch))
        answer = client.get(FEED)
        feed = ET.fromstring(answer.data)  # noqa: S314  # what our own server wrote
        assert {element.tag.partition("}")[0] for element in feed.iter()} == {ATOM[:-1]}
        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == list(batch)
        assert [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")] == list(batch)
        assert ET.fromstring(client.get(OPEN_SEARCH).data) is not None  # noqa: S314  # as above
        addresses = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
        assert all(address.startswith("https://news.example.org/kk/") for address in addresses)


def without_question(page: bytes) -> bytes:
    """Return a page without the words that it offers to search for: letters, digits and nothing else."""
    kept, found = re.subn(rb'(type="search" value=")[^"<>&=\'`/]*(")', rb"\1\2", page)
    assert found == 1
    return kept


@in_parts
def test_no_address_brings_a_text_onto_a_page(shown: Shown, part: int) -> None:
    """Neither as a path, nor in a query, nor in the name of a host or in a header."""
    client = shown(occupied(HARMLESS))
    nowhere = {locale: without_question(client.get(f"/{locale}/nowhere").data) for locale in SITE.locales}
    news, harmless = client.get("/kk/news/").data, set[bytes]()
    for text in HOSTILE[part::PARTS]:
        for path in ("/", "/kk/news/"):
            answer = client.get(f"{path}{text.replace('/', '%2F').replace('?', '%3F').replace('#', '%23')}")
            if answer.status_code == 404:
                assert without_question(answer.data) == nowhere[Tag(answer.headers["Content-Language"])], path
            else:
                assert answer.location.startswith(("/kk/", "/en/")), path
        for name in ("older", text):
            answer = client.get("/kk/news/", query_string={name: text})
            assert answer.status_code == 404 or name == "older" or answer.data == news
            if answer.status_code != 404 and answer.data not in harmless:
                assert list(faults(parsed(answer.text))) == []
                harmless.add(answer.data)
        header = text.encode().decode("latin-1").replace("\n", " ")
        assert client.get("/kk/news/", headers={"Referer": header, "User-Agent": header}).data == news


@in_parts
def test_a_question_stands_in_its_field_and_title_and_nowhere_else(shown: Shown, part: int) -> None:
    client = shown(occupied(HARMLESS, names=False))
    for text in HOSTILE[part::PARTS]:
        page = parsed(client.get("/kk/search", query_string={"q": text}).get_data(as_text=True))
        assert list(faults(page)) == []
        assert {element.tag for element in page.iter()} <= {tag for tag, _ in outline(page)}
        (field,) = page.iterfind(".//input")
        assert field.get("value") == searching.shown(text)
        assert set(field.attrib) == {
            "id",
            "name",
            "type",
            "value",
            "maxlength",
            "dir",
            "enterkeyhint",
            "autocapitalize",
        }


def test_no_hostile_text_can_be_a_slug() -> None:
    assert [text for text in HOSTILE if publishing._SLUG.fullmatch(text)] == []


def test_there_are_a_thousand_different_texts_and_the_same_ones_each_time() -> None:
    assert len(set(HOSTILE)) == COUNT >= 1_000
    assert payloads() == HOSTILE


CARELESS = [
    ("reader/item.html", "{{ frame.write.bound(page.title, page.shown) }}</h1>", "{{ page.title | safe }}</h1>"),
    ("reader/head_item.html", 'og:title" content="{{ page.title }}"', "og:title\" content='{{ page.title | safe }}'"),
    ("reader/item.html", '/">{{ site_text(msgid) }}</a>', '/">{{ site_text(msgid) | safe }}</a>'),
    ("reader/search.html", "<mark>{{ piece.text }}", "<mark>{{ piece.text | safe }}"),
    ("reader/beside.html", "{{ frame.write.bound(item.title) }}", "{{ item.title | safe }}"),
    (
        "reader/photo.html",
        "<figcaption>{{ frame.write.bound(picture.caption, page.shown) }}",
        "<figcaption>{{ picture.caption | safe }}",
    ),
    ("reader/told.html", "{{ frame.write.bound(entry.title) }}</a>", "{{ entry.title | safe }}</a>"),
    ("reader/told.html", "{{ frame.write.bound(entry.summary) }}", "{{ entry.summary | safe }}"),
    ("reader/layout.html", '{{ gettext("Skip to the text") }}', '{{ gettext("Skip to the text") | safe }}'),
    ("reader/layout.html", "<bdi>{{ site_text(frame.name) }}", "<bdi>{{ site_text(frame.name) | safe }}"),
    ("reader/error.html", "<h1>{{ title }}", "<h1>{{ title | safe }}"),
]


def careless(app: Flask, template: str, right: str, wrong: str) -> None:
    """Let a template of the application forget to escape."""
    loader = app.jinja_env.loader
    assert isinstance(loader, BaseLoader)
    source = loader.get_source(app.jinja_env, template)[0]
    assert right in source, template
    app.jinja_env.bytecode_cache = None
    assert app.jinja_env.cache is not None
    app.jinja_env.cache.clear()
    app.jinja_env.loader = ChoiceLoader([DictLoader({template: source.replace(right, wrong)}), loader])


@pytest.mark.parametrize(("template", "right", "wrong"), CARELESS)
def test_a_template_that_forgets_to_escape_is_noticed(
    app: Flask, shown: Shown, template: str, right: str, wrong: str
) -> None:
    expected = plans(shown)
    careless(app, template, right, wrong)
    assert any(_differs(shown, batch, expected) for batch in BATCHES[:3])


def _differs(shown: Shown, batch: Sequence[str], expected: dict[str, Outline]) -> bool:
    client = shown(occupied(batch))
    try:
        return any(outline(looked_at(client, path)) != expected[path] for path in PAGES)
    except (AssertionError, html5lib.html5parser.ParseError):
        return True
