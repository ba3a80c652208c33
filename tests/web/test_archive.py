"""Archive, tags and what stands beside an item, as a reader has them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from app.domain.pages import Around, ListEntry, Mention, NewsList, SpanPage, TagCount, TagPage
from app.domain.segments import Tag
from app.domain.spans import Span
from app.domain.tags import LONGEST_SLUG, tag_slug
from tests.web.fakes import EN, KK, SLUGS, UZ, FakeReader, entry, item, mo
from tests.web.test_item_page import HOSTILE, links, text

Fetch = Callable[..., Element]


def listed(locale: Tag, *entries: ListEntry, older: str | None = None, newer: str | None = None) -> NewsList:
    return NewsList(locale=locale, entries=entries, older=older, newer=newer, elsewhere=())


@pytest.fixture(autouse=True)
def filled(reader: FakeReader) -> None:
    """March 2026 in two languages, with a neighbour on each side, and a tag that one language has."""
    entries = entry(item(KK), "2"), entry(item(KK, slug="eski"), "1")
    march = SpanPage(
        items=listed(KK, *entries, older="1"),
        earlier=Span(2025, 12),
        later=Span(2026, 4),
        languages=frozenset({KK, EN}),
    )
    reader.spans[KK, Span(2026, 3)] = march
    reader.spans[KK, Span(2025, 12)] = replace(march, items=listed(KK, entries[1]), earlier=None)
    reader.spans[KK, Span(2026)] = replace(march, items=listed(KK, *entries), earlier=None, later=None)
    law = TagPage(slug="law", msgid="law", items=listed(KK, entries[0], older="2"), languages=frozenset({KK}))
    reader.tagged[KK, "law"] = law
    elsewhere = replace(listed(UZ), elsewhere=((KK, 1),))
    reader.tagged[UZ, "law"] = replace(law, items=elsewhere)
    reader.counts[KK] = tuple(
        TagCount(slug=tag_slug(msgid), msgid=msgid, count=count)
        for msgid, count in (("law", 1), ("oil", 2), (HOSTILE, 3))
    )
    reader.catalogues["site", KK] = mo({"law": "Құқық", "oil": "Ақын"})


def hrefs(tree: Element | None) -> list[str]:
    assert tree is not None
    return [link.get("href", "") for link in tree.iter("a")]


def test_the_archive_counts_what_each_year_and_month_has(fetch: Fetch) -> None:
    tree = fetch("/kk/archive/")
    section = tree.findall(".//div[@class='archive']/section")
    assert [text(one.find("h2")) for one in section] == ["2026 2 items", "2025 1 item"]
    assert [text(one) for one in section[0].iter("li")] == ["2026 ж. наурыз 2 items"]
    assert hrefs(section[0]) == ["/kk/archive/2026/", "/kk/archive/2026/03/"]
    assert [one["href"] for one in links(tree, "canonical")] == ["http://localhost/kk/archive/"]


def test_an_empty_archive_says_so(fetch: Fetch) -> None:
    assert "no news in this language" in text(fetch("/uz/archive/").find(".//main"))
    assert "no news in this language" in text(fetch("/uz/tags/").find(".//main"))


def test_a_month_lists_its_items_and_leads_to_those_around_it(fetch: Fetch) -> None:
    tree = fetch("/kk/archive/2026/03/")
    assert [text(one) for one in tree.findall(".//main//h2")] == [item(KK).title] * 2, "the month is over them once"
    assert hrefs(tree.find(".//nav[@class='beside']")) == ["/kk/archive/2025/12/", "/kk/archive/2026/04/"]
    assert hrefs(tree.find(".//nav[@class='paging']")) == ["/kk/archive/2026/03/?older=1"]
    switch = {link.get("hreflang"): link.get("href") for link in tree.iter("a") if link.get("data-locale")}
    assert (switch["en"], switch["uz"]) == ("/en/archive/2026/03/", "/uz/archive/")
    assert [one["hreflang"] for one in links(tree, "alternate")] == ["en", "kk", "x-default"]


def test_a_year_lists_its_items_under_their_months(fetch: Fetch) -> None:
    tree = fetch("/kk/archive/2026/")
    assert text(tree.find(".//h1")) == "2026"
    assert len(tree.findall(".//section[@class='month']/h2")) == 1
    assert tree.find(".//nav[@class='beside']") is None


@pytest.mark.parametrize(
    ("path", "code", "leads_to"),
    [
        ("/kk/archive/2026/3/", 308, "/kk/archive/2026/03/"),
        ("/kk/archive/2026/3/?older=1", 308, "/kk/archive/2026/03/?older=1"),
        ("/kk/archive", 308, "/kk/archive/"),
        ("/kk/archive/2026/03", 308, "/kk/archive/2026/03/"),
        ("/kk/tags", 308, "/kk/tags/"),
        ("/kk/tags/Law/", 302, "/kk/tags/law/"),
        ("/KK/tags/law/", 302, "/kk/tags/law/"),
        ("/kz/archive/2026/03/", 302, "/kk/archive/2026/03/"),
    ],
)
def test_each_page_has_one_address(client: FlaskClient, path: str, code: int, leads_to: str) -> None:
    response = client.get(path, base_url="http://evil.example")
    assert (response.status_code, response.headers["Location"]) == (code, leads_to)


@pytest.mark.parametrize(
    "path",
    [
        *("/kk/archive/2026/13/", "/kk/archive/2026/00/", "/kk/archive/2026/003/", "/kk/archive/26/", "/kk/archive/x/"),
        *(
            "/kk/archive/2026/01/",
            "/kk/archive/1999/",
            "/kk/archive/2026/%D9%A3/",
            "/kk/archive/0000/",
            "/kk/archive/²/",
        ),
        *("/kk/archive/2026/03/18/", "/kk/tags/nothing/", "/kk/tags/%00/", "/kk/tags//", "/kk/archive//03/"),
        *("/kk/archive/2026/03/?older=%00", "/uz/tags/law/?older=1", "/kk/tags/" + "a" * 10_000 + "/"),
    ],
)
def test_what_has_no_items_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


def test_tags_stand_in_the_alphabetical_order_of_the_language(fetch: Fetch) -> None:
    rows = fetch("/kk/tags/").findall(".//div[@class='archive']//li")
    assert [text(one) for one in rows] == [f"{HOSTILE} 3 items", "Ақын 2 items", "Құқық 1 item"]
    assert hrefs(rows[2]) == ["/kk/tags/law/"]


def test_a_tag_lists_its_items_under_its_name(fetch: Fetch) -> None:
    tree = fetch("/kk/tags/law/")
    assert (text(tree.find(".//h1")), text(tree.find(".//title"))) == ("Құқық", "Құқық · CARICC")
    assert hrefs(tree.find(".//nav[@class='paging']")) == ["/kk/tags/law/?older=2"]
    assert [one["hreflang"] for one in links(tree, "alternate")] == ["kk", "x-default"]


def test_a_tag_that_the_language_has_nothing_under_says_who_has(fetch: Fetch) -> None:
    tree = fetch("/uz/tags/law/")
    assert "no news in this language" in text(tree.find(".//main"))
    assert hrefs(tree.find(".//section[@class='elsewhere']")) == ["/kk/tags/law/"]
    assert tree.find(".//meta[@name='robots'][@content='noindex']") is not None


def test_a_tag_is_hostile_until_it_is_escaped(reader: FakeReader, client: FlaskClient, fetch: Fetch) -> None:
    reader.tagged[EN, tag_slug(HOSTILE)] = TagPage(
        slug=tag_slug(HOSTILE), msgid=HOSTILE, items=listed(EN, entry(item(EN), "1")), languages=frozenset({EN})
    )
    reader.items[EN, "evil"] = item(EN, slug="evil", tags=(HOSTILE, '"onclick="x', "//evil.example", "..", "🙂"))
    for path in (f"/en/tags/{tag_slug(HOSTILE)}/", "/kk/tags/", "/en/news/evil"):
        assert b"<script>" not in client.get(path).data
    found = hrefs(fetch("/en/news/evil").find(".//ul[@class='tags']"))
    assert all(one.startswith("/en/tags/") and one.count("/") == 4 for one in found)
    assert found[2] == "/en/tags/evil-example/"
    assert len(set(found)) == 5
    assert text(fetch(f"/en/tags/{tag_slug(HOSTILE)}/").find(".//h1")) == HOSTILE


@pytest.mark.parametrize("msgid", ["law", "Международное право", "🙂", "..", "", "x" * 100_000, "\ud800", "a/b?c#d"])
def test_a_tags_slug_is_always_one(msgid: str) -> None:
    slug = tag_slug(msgid)
    assert 0 < len(slug) <= LONGEST_SLUG
    assert slug.isascii()
    assert slug.replace("-", "").isalnum()
    assert tag_slug(slug) == slug


def mention(number: int) -> Mention:
    return Mention(slug=f"item-{number}", title=f"Item {number}", date=datetime(2026, 3, number, tzinfo=UTC))


def test_an_item_leads_to_the_one_before_the_one_after_and_to_those_that_are_like_it(
    reader: FakeReader, fetch: Fetch
) -> None:
    reader.beside[1] = Around(earlier=mention(1), later=mention(2), related=(mention(3), mention(4)))
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    assert hrefs(tree.find(".//nav[@class='beside']")) == ["/kk/news/item-1", "/kk/news/item-2"]
    assert [link.get("rel") for link in tree.findall(".//nav[@class='beside']/a")] == [None, None]
    related = tree.find(".//section[@class='related']")
    assert hrefs(related) == ["/kk/news/item-3", "/kk/news/item-4"]
    assert text(related).endswith("Item 3 2026 ж. 3 наурыз Item 4 2026 ж. 4 наурыз")


def test_the_first_item_of_all_has_none_before_it(reader: FakeReader, fetch: Fetch) -> None:
    reader.beside[1] = Around(earlier=None, later=mention(2), related=())
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    assert hrefs(tree.find(".//nav[@class='beside']")) == ["/kk/news/item-2"]
    assert tree.find(".//section[@class='related']") is None


def test_a_standing_pages_tags_lead_nowhere_since_no_list_has_it(fetch: Fetch) -> None:
    tags = fetch("/kk/about").find(".//ul[@class='tags']")
    assert (hrefs(tags), text(tags)) == ([], "cooperation")


@pytest.mark.parametrize("path", ["/kk/archive/", "/kk/archive/2026/03/", "/kk/tags/", "/kk/tags/law/"])
def test_each_page_asks_one_question_and_none_the_next_time(reader: FakeReader, fetch: Fetch, path: str) -> None:
    for questions in (1, 0):
        before = reader.asked
        fetch(path)
        assert reader.asked == before + questions
