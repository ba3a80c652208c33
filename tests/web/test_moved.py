"""Addresses that once worked, addresses in a wrong language, and pages that help where nothing is left."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from app.domain.segments import Tag
from app.queries.addresses import Moved, Withdrawn
from app.web.errors import words_in
from tests.web.fakes import EN, KK, SITE, SLUGS, TG, UZ, FakeReader
from tests.web.test_item_page import text

Fetch = Callable[..., Element]


def test_a_slug_that_was_given_up_leads_to_the_present_one_for_good_and_keeps_the_query(
    reader: FakeReader, client: FlaskClient
) -> None:
    reader.items[KK, "eski"] = Moved(KK, "жаңа", for_good=True)
    response = client.get("/kk/news/eski?from=mail&x=%D1%84", base_url="http://evil.example")
    there = f"/kk/news/{quote('жаңа')}?from=mail&x=%D1%84"
    assert (response.status_code, response.headers["Location"]) == (301, there)
    assert "max-age=0" in response.headers["Cache-Control"], "it may be given back"
    reader.pages[KK, "bizdin"] = Moved(KK, "about", for_good=True)
    assert client.get("/kk/bizdin").headers["Location"] == "/kk/about"
    assert client.get("/kk/bizdin/").headers["Location"] == "/kk/about"


HOSTILE = [
    "//evil.example",
    "\\\\evil.example",
    "%2f%2fevil.example",
    "x\r\nSet-Cookie: a=b",
    "https://evil.example",
    "../..",
]


@pytest.mark.parametrize("slug", HOSTILE)
def test_no_slug_of_a_document_leads_off_the_site(reader: FakeReader, client: FlaskClient, slug: str) -> None:
    reader.items[KK, "eski"] = Moved(KK, slug, for_good=True)
    reader.pages[KK, "eski"] = Moved(KK, slug)
    for path in ("/kk/news/eski", "/kk/eski", "/kk/eski/", "/kk/news/eski/"):
        response = client.get(path, base_url="http://localhost")
        target = urlsplit(urljoin("http://localhost/", response.headers["Location"]))
        assert (target.scheme, target.netloc) == ("http", "localhost")
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "slug", ["//evil.example", "\\evil.example", "%252f%252fevil.example", "x%0d%0aLocation:%20/y"]
)
@pytest.mark.parametrize("locale", ["de", "kz", "zz"])
def test_no_asked_slug_leads_off_the_site(reader: FakeReader, client: FlaskClient, locale: str, slug: str) -> None:
    reader.slugs = dict.fromkeys(("evil.example", "\\evil.example", "%2f%2fevil.example", "/evil.example"), (KK,))
    for path in (f"/{locale}/news/{slug}", f"/{locale}/{slug}", f"/{locale}/news/{slug}/?next={slug}"):
        response = client.get(path, base_url="http://localhost")
        if response.status_code != 404:
            target = urlsplit(urljoin("http://localhost/", response.headers["Location"]))
            assert (target.scheme, target.netloc) == ("http", "localhost")


@pytest.mark.parametrize(
    ("wrong", "right"), [("kz", "kk"), ("KZ", "kk"), ("tj", "tg"), ("uz-UZ", "uz"), ("us", "en"), ("gb", "en")]
)
def test_a_countrys_code_leads_to_the_language_of_the_country(client: FlaskClient, wrong: str, right: str) -> None:
    response = client.get(f"/{wrong}/news/x?a=b")
    assert (response.status_code, response.headers["Location"]) == (302, f"/{right}/news/x?a=b")


@pytest.mark.parametrize(
    ("code", "language"),
    [("kg", "ky"), ("tm", "tk"), ("ru", "ru"), ("by", "be"), ("ir", "fa"), ("az", "az"), ("ua", "uk")],
)
def test_every_neighbour_has_its_language(reader: FakeReader, client: FlaskClient, code: str, language: str) -> None:
    reader.settings = replace(SITE, locales={Tag(language): (), EN: ()}, default=EN)
    response = client.get(f"/{code}/news/")
    if code == language:
        assert response.status_code == 200
    else:
        assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/news/")


@pytest.mark.parametrize("path", ["/tm/news/", "/aq/news/", "/zz/", "/eu/"])
def test_a_country_whose_language_the_site_lacks_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_slug_in_a_language_that_the_site_lacks_leads_to_the_language_whose_it_is(
    reader: FakeReader, client: FlaskClient
) -> None:
    reader.slugs = {SLUGS[UZ]: (UZ,), "shared": (EN, TG)}
    response = client.get(f"/de/news/{SLUGS[UZ]}?from=mail")
    assert (response.status_code, response.headers["Location"]) == (302, f"/uz/news/{SLUGS[UZ]}?from=mail")
    assert "Cache-Control" not in response.headers or "no-store" in response.headers["Cache-Control"]
    for wish, locale in (("tg", "tg"), ("de", "en"), ("kk", "en")):
        response = client.get("/de/shared", headers={"Accept-Language": wish})
        assert response.headers["Location"] == f"/{locale}/shared"
    assert client.get("/de/news/unknown").status_code == 404


def fields(tree: Element) -> list[dict[str, str]]:
    return [field.attrib for field in tree.iter("input")]


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/kk/news/bir-eki-%D2%AF%D1%88", 404, "This page does not exist"),
        ("/kk/news/ketti", 410, "This page was withdrawn"),
    ],
)
def test_a_page_that_is_not_there_helps_to_find_another(
    reader: FakeReader, fetch: Fetch, path: str, status: int, title: str
) -> None:
    reader.items[KK, "ketti"] = Withdrawn()
    tree = fetch(path, status)
    assert (text(tree.find(".//h1")), tree.get("lang")) == (title, "kk")
    form = tree.find(".//main//form[@role='search']")
    assert form is not None
    assert form.get("action") == "/kk/search"
    asked = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert asked == [("q", "bir eki үш" if status == 404 else "ketti")]
    found = [link.get("href") for link in tree.findall(".//main//a")]
    assert found == [f"/kk/news/{SLUGS[KK]}", "/kk/news/zhyldyq-sholu", "/kk/news/", "/kk/archive/", "/kk/tags/"]
    switch = {link.get("href") for link in tree.iter("a") if link.get("data-locale")}
    assert switch == {"/en/", "/kk/", "/tg/", "/uz/"}


def test_what_was_withdrawn_is_gone_and_no_cache_keeps_that(reader: FakeReader, client: FlaskClient) -> None:
    reader.items[KK, "ketti"] = reader.pages[KK, "ketti"] = Withdrawn()
    for path in ("/kk/news/ketti", "/kk/ketti", "/kk/news/ketti/", "/kk/ketti/"):
        response = client.get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (410, "no-store")
        assert "ETag" not in response.headers


def test_whoever_asks_for_a_thousand_addresses_that_are_not_there_costs_one_question_each(
    reader: FakeReader, client: FlaskClient
) -> None:
    client.get("/kk/news/nothing")
    before = reader.asked
    for number in range(20):
        assert client.get(f"/kk/news/nothing-{number}").status_code == 404
        assert client.get(f"/kk/no/such/{number}").status_code == 404
    assert reader.asked == before + 20


def test_without_a_database_the_plain_page_is_shown(
    reader: FakeReader, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_asked: object, **_more: object) -> None:
        raise ConnectionError

    client.get("/kk/")
    monkeypatch.setattr(reader, "news", away)
    response = client.get("/kk/no/such/page")
    assert (response.status_code, response.headers["Content-Language"]) == (404, "en")
    assert "no error page in the layout" in caplog.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/kk/news/memorandum-caricc-sco", "memorandum caricc sco"),
        ("/kk/news/x/", "x"),
        ("/kk/a_b.php", "a b php"),
        ("/kk/news/" + "word-" * 100, ("word " * 20).strip()),
        ("/kk/archive/2031/05/", ""),
        ("/kk/", "kk"),
        ("/", ""),
        ("", ""),
        ('/kk/"><script>alert(1)</script>', "script"),
        ("/kk/\ud800-\x00-x", "x"),
        ("/kk/☃-❄", ""),
    ],
)
def test_the_words_of_an_address_are_its_letters_and_digits(path: str, words: str) -> None:
    assert words_in(path) == words
