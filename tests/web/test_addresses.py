"""Whatever host a request names, no page, feed or redirect says a word of it that a cache could hand to others."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.web.fakes import KK, SITE, SLUGS, FakeReader

URL = "https://news.example.org"
ITEM = f"/kk/news/{SLUGS[KK]}"
MACHINES = ["/sitemap.xml", "/sitemap-1.xml", "/robots.txt"]
PAGES = ["/kk/", "/kk/news/", ITEM, "/kk/news/open-day", "/kk/about", "/kk/feed.atom", *MACHINES]
OTHERS = {"https://t.me", "https://wa.me", "https://www.facebook.com", "https://x.com", "https://vk.com"}
OTHERS |= {"https://www.linkedin.com", "http://www.w3.org"}  # where one shares, and the namespace of Atom
OTHERS |= {"https://schema.org", "http://www.sitemaps.org"}  # two more vocabularies

every_page = pytest.mark.parametrize("path", PAGES)


@pytest.fixture
def named(reader: FakeReader) -> FakeReader:
    """A reader whose site says where it is on the web."""
    reader.settings = replace(SITE, url=URL)
    return reader


def origins(written: str) -> set[str]:
    """Return the beginning of each absolute address in a page, also of those that are quoted in others."""
    plain = written.replace("%3A", ":").replace("%2F", "/")
    return set(re.findall(r"https?://[^/\"<\s&?]*", plain)) - OTHERS


@every_page
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8000", "[::1]", "a b", "evil.example/x", '"><script>', ""])
def test_a_site_with_an_address_names_no_other_host(
    named: FakeReader, client: FlaskClient, path: str, host: str
) -> None:
    response = client.get(path, headers={"Host": host, "X-Forwarded-Host": "evil.example"})
    assert response.status_code == 200
    assert origins(response.get_data(as_text=True)) == {URL}
    assert response.headers["Vary"] == "Accept-Encoding"


@every_page
def test_a_page_kept_for_one_host_is_right_for_the_next(named: FakeReader, client: FlaskClient, path: str) -> None:
    first, second = (client.get(path, base_url=f"http://{host}") for host in ("evil.example", "news.example.org"))
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


@every_page
def test_without_an_address_each_host_gets_its_own_links_and_caches_are_told(client: FlaskClient, path: str) -> None:
    answers = [client.get(path, base_url=root) for root in ("http://evil.example", "http://127.0.0.1:8000")]
    assert [origins(answer.get_data(as_text=True)) for answer in answers] == [
        {"http://evil.example"},
        {"http://127.0.0.1:8000"},
    ]
    assert len({answer.headers["ETag"] for answer in answers}) == 2
    held = client.get(path, base_url="http://127.0.0.1:8000", headers={"If-None-Match": answers[1].headers["ETag"]})
    assert [answer.headers["Vary"] for answer in (*answers, held)] == ["Accept-Encoding, Host"] * 3


@every_page
@pytest.mark.parametrize("host", ["a b", "evil.example/x", '"><script>alert(1)</script>', "x:99999", "x@evil.example"])
def test_what_is_no_host_at_all_is_refused_where_a_page_would_have_to_name_it(
    client: FlaskClient, path: str, host: str
) -> None:
    response = client.get(path, headers={"Host": host})
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert "evil" not in response.get_data(as_text=True)


def test_a_forwarded_host_is_believed_of_nobody(client: FlaskClient) -> None:
    told = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Host": "evil.example"}
    assert b"evil.example" not in client.get(ITEM, headers=told).data
