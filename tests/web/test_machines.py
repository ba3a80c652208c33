"""What programs are told, read by programs that others wrote: feeds, sitemap, linked data, Open Graph, robots."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import feedparser  # type: ignore[import-untyped]  # ships no types
import pytest
from flask.testing import FlaskClient
from usp.tree import sitemap_from_str

from app.config import Settings
from app.domain.documents import Kind
from app.domain.pages import Address, Addresses, Alternate, Cut, SpanPage, TagCount, TagPage
from app.domain.segments import Tag
from app.domain.spans import Span
from app.factory import create_app
from app.storage.media import cut_name
from app.web.shelf import UNTIL
from tests.web.fakes import EN, KK, SITE, SLUGS, TG, TITLES, UZ, FakeCounter, FakeReader, item, photo

Fetch = Callable[..., Element]
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script></script><!-- \"'&amp; \u2028 ]]> --%"
ITEM = f"/kk/news/{SLUGS[KK]}"


def metas(tree: Element) -> list[tuple[str, str]]:
    return [(meta.get("property", ""), meta.get("content", "")) for meta in tree.iter("meta") if meta.get("property")]


def told(tree: Element) -> dict[str, Any]:
    (block,) = [script for script in tree.iter("script") if script.get("type") == "application/ld+json"]
    found: dict[str, Any] = json.loads(block.text or "")
    return found


# --- linked data


def test_search_engines_are_told_what_kind_of_text_in_which_language_and_of_what_it_is_a_translation(
    fetch: Fetch,
) -> None:
    kazakh, english = told(fetch(ITEM)), told(fetch(f"/en/news/{SLUGS[EN]}"))
    assert (kazakh["@context"], kazakh["@type"]) == ("https://schema.org", "NewsArticle")
    assert kazakh["@id"] == kazakh["url"] == kazakh["mainEntityOfPage"] == f"http://localhost{ITEM}"
    assert (kazakh["headline"], kazakh["inLanguage"]) == (TITLES[KK], "kk")
    assert kazakh["datePublished"] == "2026-03-18T19:25:00+05:00"
    assert kazakh["publisher"]["name"] == "CARICC"
    assert kazakh["image"] == [f"http://localhost/media/{photo(number).widest}" for number in (1, 2, 3)]
    assert kazakh["translationOfWork"]["@id"] == english["@id"]
    assert "workTranslation" not in kazakh
    assert {work["inLanguage"]: work["@id"] for work in english["workTranslation"]} == {
        tag: f"http://localhost/{tag}/news/{SLUGS[tag]}" for tag in (KK, TG, UZ)
    }
    assert "translationOfWork" not in english


def test_a_standing_page_is_no_news(fetch: Fetch) -> None:
    about = told(fetch("/en/about"))
    assert about["@type"] == "WebPage"
    assert "datePublished" not in about


def test_a_text_that_stands_in_for_another_tells_search_engines_nothing(fetch: Fetch) -> None:
    assert not [
        script for script in fetch("/kk/news/open-day").iter("script") if script.get("type", "").endswith("json")
    ]


def test_what_a_text_was_translated_from_is_not_named_where_readers_cannot_see_it(
    reader: FakeReader, fetch: Fetch
) -> None:
    alternates = tuple(Alternate(locale=tag, slug="a", available=tag != EN) for tag in SITE.locales)
    reader.items[KK, "a"] = item(KK, slug="a", alternates=alternates)
    assert "translationOfWork" not in told(fetch("/kk/news/a"))


def test_hostile_words_are_words_to_every_program(reader: FakeReader, client: FlaskClient, fetch: Fetch) -> None:
    page = item(KK, slug="a", title=HOSTILE, summary=HOSTILE, tags=(HOSTILE,))
    reader.items = {(KK, "a"): page}
    raw = client.get("/kk/news/a").get_data(as_text=True)
    block = re.search('<script type="application/ld[+]json">(.*?)</script>', raw, re.DOTALL)
    assert block is not None
    assert not set("<>&\u2028") & set(block[1])
    assert told(fetch("/kk/news/a"))["headline"] == HOSTILE
    assert dict(metas(fetch("/kk/news/a")))["og:title"] == HOSTILE
    entry = parsed(client, "/kk/feed.atom").entries[0]
    assert (entry.title_detail.type, entry.title) == ("text/plain", HOSTILE)
    assert entry.tags[0].term == HOSTILE


# --- Open Graph


def test_networks_are_told_the_language_with_a_country_and_the_others_there_really_are(
    reader: FakeReader, fetch: Fetch
) -> None:
    said = metas(fetch(ITEM))
    assert [value for name, value in said if name == "og:locale"] == ["kk_KZ"]
    assert [value for name, value in said if name == "og:locale:alternate"] == ["en_US", "tg_TJ", "uz_UZ"]
    missing = metas(fetch("/kk/news/open-day"))
    assert [value for name, value in missing if name.startswith("og:locale")] == ["en_US"]
    assert dict(missing)["og:url"] == "http://localhost/en/news/open-day"


def test_a_link_is_shown_with_the_share_picture_and_its_size(reader: FakeReader, fetch: Fetch) -> None:
    cut = Cut(path=cut_name(f"{1:064x}"), width=1200, height=630)
    reader.items[KK, "a"] = item(KK, slug="a", pictures=(replace(photo(1), cut=cut), photo(2)))
    said = dict(metas(fetch("/kk/news/a")))
    assert said["og:image"] == f"http://localhost/media/{cut.path}"
    assert (said["og:image:type"], said["og:image:width"], said["og:image:height"]) == ("image/jpeg", "1200", "630")
    assert said["og:image:alt"] == "What photo 1 shows"
    assert told(fetch("/kk/news/a"))["image"][0] == f"http://localhost/media/{cut.path}"


def test_a_photo_that_was_not_cut_yet_is_shown_whole(fetch: Fetch) -> None:
    said = dict(metas(fetch(ITEM)))
    assert said["og:image"] == f"http://localhost/media/{photo(1).widest}"
    assert (said["og:image:type"], said["og:image:width"], said["og:image:height"]) == ("image/webp", "1600", "1067")


def test_networks_are_told_when_a_text_came_out_and_when_it_changed(reader: FakeReader, fetch: Fetch) -> None:
    reader.items[KK, "a"] = item(KK, slug="a", changed=NOON)
    said = dict(metas(fetch("/kk/news/a")))
    assert said["article:published_time"] == "2026-03-18T19:25:00+05:00"
    assert said["article:modified_time"] == told(fetch("/kk/news/a"))["dateModified"] == "2026-05-01T17:00:00+05:00"
    assert said["article:tag"] == "cooperation"
    assert said["og:type"] == "article"
    assert dict(metas(fetch("/kk/about")))["og:type"] == "website"


# --- feeds


def parsed(client: FlaskClient, path: str) -> Any:
    """A feed as feedparser reads it, which must have nothing to complain of."""
    response = client.get(path)
    assert response.mimetype == "application/atom+xml"
    found = feedparser.parse(response.data, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert (found.bozo, found.version) == (False, "atom10")
    return found


def test_the_feed_tells_of_the_newest_items_whole(client: FlaskClient) -> None:
    feed = parsed(client, "/kk/feed.atom")
    assert feed.feed.title == "CARICC · News"
    assert feed.feed.language == "kk"
    assert [entry.title for entry in feed.entries] == [TITLES[KK]] * 2
    entry = feed.entries[-1]
    assert entry.link == f"http://localhost{ITEM}"
    assert entry.published == "2026-03-18T19:25:00+05:00"
    assert "<strong>body</strong>" in entry.content[0].value
    assert [(tag.term, tag.label) for tag in entry.tags] == [("cooperation", "cooperation")]


def test_updated_is_when_readers_last_got_other_words(reader: FakeReader, client: FlaskClient) -> None:
    reader.items = {(KK, "a"): item(KK, 1, slug="a", changed=NOON), (KK, "b"): item(KK, 2, slug="b")}
    feed = parsed(client, "/kk/feed.atom")
    assert feed.feed.updated == "2026-05-01T17:00:00+05:00"
    assert [entry.updated for entry in feed.entries] == ["2026-03-18T19:25:00+05:00", "2026-05-01T17:00:00+05:00"]


def test_an_item_keeps_its_identity_when_its_slug_or_the_sites_address_changes(
    reader: FakeReader, client: FlaskClient, settings: Settings
) -> None:
    reader.items = {(tag, "a"): item(tag, 1, slug="a") for tag in (KK, EN)}
    before, english = parsed(client, "/kk/feed.atom"), parsed(client, "/en/feed.atom")
    moved = FakeReader(
        items={(KK, "b"): item(KK, 1, slug="b")}, settings=replace(SITE, url="https://elsewhere.example")
    )
    after = parsed(create_app(settings, reader=moved, counter=FakeCounter()).test_client(), "/kk/feed.atom")
    assert after.entries[0].link == "https://elsewhere.example/kk/news/b"
    assert after.feed.id == before.feed.id
    assert after.entries[0].id == before.entries[0].id
    assert len({before.feed.id, english.feed.id, before.entries[0].id, english.entries[0].id}) == 4


def test_a_very_long_text_is_told_of_by_its_summary(reader: FakeReader, client: FlaskClient) -> None:
    reader.items = {(KK, "a"): item(KK, slug="a", html="<p>" + "long " * 10_000 + "</p>")}
    entry = parsed(client, "/kk/feed.atom").entries[0]
    assert entry.summary == "Summary of 1"
    assert "content" not in entry


def test_a_tag_has_a_feed_of_its_own_that_its_page_names(reader: FakeReader, client: FlaskClient, fetch: Fetch) -> None:
    reader.items = {(KK, "a"): item(KK, 1, slug="a", tags=("border guards",)), (KK, "b"): item(KK, 2, slug="b")}
    reader.tagged[KK, "cooperation"] = TagPage(
        slug="cooperation", msgid="cooperation", items=reader.lists[KK, None], languages=frozenset({KK})
    )
    named = [link.get("href") for link in fetch("/kk/tags/cooperation/").iter("link") if link.get("type")]
    assert "/kk/tags/cooperation/feed.atom" in named
    feed = parsed(client, "/kk/tags/cooperation/feed.atom")
    assert feed.feed.title == "CARICC · cooperation"
    assert [entry.link for entry in feed.entries] == ["http://localhost/kk/news/b"]
    assert feed.feed.id != parsed(client, "/kk/feed.atom").feed.id
    for path in ("/uz/tags/cooperation/feed.atom", "/kk/tags/nothing/feed.atom", "/kk/tags/Cooperation/feed.atom"):
        assert client.get(path).status_code == 404


def test_a_feed_of_nothing_is_as_old_as_the_first_text_of_the_site(reader: FakeReader, client: FlaskClient) -> None:
    """It has been empty ever since there was anything to be read."""
    reader.items = {}
    first = addresses(3, en="a", kk="b")
    reader.addresses_of = (replace(first, texts=(replace(first.texts[0], changed=None), first.texts[1])),)
    feed = parsed(client, "/uz/feed.atom")
    assert (feed.entries, feed.feed.updated) == ([], "2026-05-01T17:00:00+05:00")


def test_a_feed_of_a_site_without_texts_is_still_a_feed(reader: FakeReader, client: FlaskClient) -> None:
    reader.items = {}
    assert parsed(client, "/uz/feed.atom").feed.updated.startswith("1970-01-01T")


# --- sitemap


def addresses(number: int, kind: Kind = Kind.NEWS, **slugs: str) -> Addresses:
    texts = tuple(Address(locale=Tag(tag), slug=slug, changed=NOON) for tag, slug in slugs.items())
    return Addresses(number=number, kind=kind, texts=texts)


@pytest.mark.parametrize("number", ["01", "١", "+1", "1.0", "0", "2", "50001", "", " 1"])
def test_a_file_of_the_sitemap_has_one_address(client: FlaskClient, number: str) -> None:
    assert client.get("/sitemap-1.xml").status_code == 200
    assert client.get(f"/sitemap-{number}.xml", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-1.xml"])
def test_the_sitemap_is_written_once_in_five_minutes_where_a_cache_stands_in_front(
    client: FlaskClient, path: str
) -> None:
    for _ in range(2):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=300, stale-while-revalidate=1"
        assert UNTIL not in answer.headers
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_sitemap_is_an_index_of_files_that_others_can_read(reader: FakeReader, client: FlaskClient) -> None:
    reader.addresses_of = (addresses(1, en="a", kk="қазақ"), addresses(2, Kind.PAGE, en="about"))
    reader.spans[KK, Span(2026, 3)] = SpanPage(
        items=reader.lists[KK, None], earlier=None, later=None, languages=frozenset({KK})
    )
    reader.counts[KK] = (TagCount(slug="cooperation", msgid="cooperation", count=2),)
    index = client.get("/sitemap.xml").get_data(as_text=True)
    named = re.findall("<loc>(.*?)</loc>", index)
    assert named == ["http://localhost/sitemap-1.xml"]
    part = client.get("/sitemap-1.xml").get_data(as_text=True)
    found = {page.url: page for page in sitemap_from_str(part).all_pages()}
    everywhere = ("", "news/")
    lists = {f"http://localhost/{tag}/{path}" for tag in SITE.locales for path in everywhere}
    lists |= {
        f"http://localhost/kk/{path}"
        for path in ("archive/", "tags/", "archive/2026/", "archive/2026/03/", "tags/cooperation/")
    }
    assert {unquote(address) for address in found} - lists == {
        "http://localhost/en/news/a", "http://localhost/kk/news/қазақ", "http://localhost/en/about",
    }  # fmt: skip
    assert lists <= set(found)
    assert found["http://localhost/en/about"].last_modified == NOON
    assert dict(found["http://localhost/en/news/a"].alternates or []) == {
        "en": "http://localhost/en/news/a",
        "kk": "http://localhost/kk/news/%D2%9B%D0%B0%D0%B7%D0%B0%D2%9B",
        "x-default": "http://localhost/en/news/a",
    }


def test_a_slug_of_any_letters_is_no_markup(reader: FakeReader, client: FlaskClient) -> None:
    reader.addresses_of = (addresses(1, en=HOSTILE),)
    tree = ET.fromstring(client.get("/sitemap-1.xml").data)  # noqa: S314  # our own
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} == {"urlset", "url", "loc", "lastmod", "link"}
    assert unquote(tree.findall(".//{*}loc")[-1].text or "") == f"http://localhost/en/news/{HOSTILE}"


@pytest.mark.parametrize("path", ["/sitemap-0.xml", "/sitemap-2.xml", "/sitemap-50001.xml", "/sitemap-x.xml"])
def test_there_are_as_many_files_as_the_index_names(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Language": "xx"}).status_code in {302, 404}
    assert client.get(path, follow_redirects=True).status_code == 404


def test_a_sitemap_that_was_read_before_is_not_sent_again(reader: FakeReader, client: FlaskClient) -> None:
    for path in ("/sitemap.xml", "/sitemap-1.xml"):
        first = client.get(path)
        asked = reader.asked
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data, reader.asked) == (304, b"", asked)


# --- robots and icons


def test_robots_are_told_where_the_sitemap_is_and_may_read_what_they_shall_not_keep(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    lines = response.get_data(as_text=True).splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert [line for line in lines if line.startswith("Disallow:")] == ["Disallow: /api/", "Disallow: /desk/"]


def test_a_browser_that_asks_for_an_icon_by_its_oldest_name_is_led_to_it(client: FlaskClient) -> None:
    icon = client.get("/favicon.ico", follow_redirects=True, buffered=True)
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("path", ["/kk/", "/kk/news/", ITEM, "/kk/about", "/kk/feed.atom", "/kk/nowhere"])
def test_each_answer_says_what_language_it_is_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Content-Language"] == "kk"


ATOM = "{http://www.w3.org/2005/Atom}"
OF_A_FEED = {"id": 1, "title": 1, "updated": 1, "author": 1, "link": 2, "entry": None}
OF_AN_ENTRY = {
    "id": 1,
    "title": 1,
    "updated": 1,
    "published": 1,
    "link": 1,
    "summary": 1,
    "content": 1,
    "category": None,
}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def assert_sound(element: Element, allowed: dict[str, int | None]) -> None:
    """What RFC 4287 demands of a feed or entry: which elements, how many, and what is in them."""
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= set(allowed)
    for name, most in allowed.items():
        assert most is None or names.count(name) <= most, name
    for name in ("id", "title", "updated"):
        assert names.count(name) == 1, f"4.1.1 and 4.1.2: exactly one {name}"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or ""), "4.2.6: an IRI, and absolute"
    for name in {"updated", "published"} & set(names):
        assert _TIME.fullmatch(element.findtext(f"{ATOM}{name}") or ""), "3.3: RFC 3339 with a capital T and Z"
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
    assert len(links) == len(set(links)), "4.1.1: no two alternates of one type and language"
    assert "alternate" in {rel for rel, _, _ in links}
    assert all(category.get("term") for category in element.findall(f"{ATOM}category")), "4.2.2.1"
    for text in element.findall(f"{ATOM}content"):
        assert (text.get("type"), len(text)) == ("html", 0), "3.1.1.2: escaped, no elements"


def test_a_feed_holds_what_the_standard_demands(client: FlaskClient) -> None:
    for path in ("/kk/feed.atom", "/en/feed.atom", "/kk/tags/cooperation/feed.atom"):
        feed = ET.fromstring(client.get(path).data)  # noqa: S314  # our own
        assert feed.tag == f"{ATOM}feed"
        assert_sound(feed, OF_A_FEED)
        assert feed.findtext(f"{ATOM}author/{ATOM}name"), "4.1.1: an author of all that have none of their own"
        (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own.get("href") == f"http://localhost{path}"
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            assert_sound(entry, OF_AN_ENTRY)
        identities = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(identities) == len(set(identities))
        assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
