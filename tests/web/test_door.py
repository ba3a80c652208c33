from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.documents import OWN_WORDS
from app.domain.segments import Tag
from app.web import assets
from tests.web.fakes import KK, SITE, SLUGS, UZ, FakeReader


@pytest.mark.parametrize(
    ("cookie", "wish", "locale"),
    [
        ("kk", "en", "kk"),
        ("zz", "tg", "tg"),
        ("", "fr, uz-Latn-UZ;q=0.9, en;q=0.1", "uz"),
        ("", "de", "en"),
        ("", "", "en"),
        ("../kk", "", "en"),
    ],
)
def test_a_first_visit_goes_by_cookie_then_browser_then_default(
    client: FlaskClient, cookie: str, wish: str, locale: str
) -> None:
    client.set_cookie("locale", cookie)
    response = client.get("/", headers={"Accept-Language": wish})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{locale}/")


def test_the_language_that_was_chosen_by_tls_is_remembered_under_a_name_of_its_own(client: FlaskClient) -> None:
    """No other line can set it: browsers take `__Host-` by TLS alone (RFC 6265bis, 4.1.3.2)."""
    client.set_cookie("locale", "uz")
    client.set_cookie("__Host-locale", "tg")
    assert client.get("/", headers={"Accept-Language": "kk"}).headers["Location"] == "/tg/"
    script = (Path(assets.__file__).parents[1] / "static/js/languages.js").read_text(encoding="utf-8")
    assert '"https:" ? ["__Host-locale", "; Secure"]' in script


def test_no_cache_hands_one_readers_redirect_to_another(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert headers["Vary"] == "Accept-Language, Cookie"
    assert headers["Cache-Control"] == "private, no-store"


def test_an_address_without_a_locale_keeps_its_path_and_query(client: FlaskClient) -> None:
    response = client.get("/news/тест?older=a%26b", headers={"Accept-Language": "tg"})
    assert response.headers["Location"] == "/tg/news/%D1%82%D0%B5%D1%81%D1%82?older=a%26b"


@pytest.mark.parametrize("word", ["faq", "rss", "now-what"])
def test_a_short_word_is_an_address_without_a_locale_too(client: FlaskClient, word: str) -> None:
    response = client.get(f"/{word}?a=b", headers={"Accept-Language": "kk"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/kk/{word}?a=b")
    assert (response.headers["Vary"], response.headers["Cache-Control"]) == (
        "Accept-Language, Cookie",
        "private, no-store",
    )


ATTEMPTS = [
    "//evil.example",
    "//evil.example/",
    "///evil.example/%2e%2e",
    "/\\evil.example",
    "/%5Cevil.example",
    "/%5C%5Cevil.example/x",
    "/%2F%2Fevil.example",
    "/%2Fevil.example/x",
    "/https:%2F%2Fevil.example",
    "/https://evil.example",
    "/x%0d%0aSet-Cookie:%20a=b",
    "/x%0aLocation:%20https://evil.example",
    "/%09/evil.example",
    "/.%2e/.%2e//evil.example",
    "/@evil.example",
    "/news/?older=%0d%0aX:y",
    "/?next=//evil.example",
    "/%E2%80%AE/evil",
    "/x;/evil.example",
    "/kk//evil.example",
    "/kk/news//evil.example",
    "/zz//evil.example",
    "/KK//evil.example",
    "/KK/%2F%2Fevil.example",
    "/KK/\\evil.example",
    "/en-US/%5C%5Cevil.example/",
    "/en-US/news/x%0d%0aLocation:%20https://evil.example/",
    "/KK/news/?older=%0d%0aLocation:%20https://evil.example",
    "/KK/about?next=//evil.example",
    "/kk/about/?next=//evil.example",
    "/kk/about//",
    "/kk/about/%2F/evil.example/",
    "/kk/%2Fevil.example/",
    "/kk/news/%2F%2Fevil.example/",
    "/kk/news/https:%2F%2Fevil.example/",
    "/kk/news/%5Cevil.example/",
    "/kk/@evil.example/",
]


@pytest.mark.parametrize("path", ATTEMPTS)
def test_nothing_in_an_address_leads_off_the_site(client: FlaskClient, path: str) -> None:
    where = path
    for _ in range(5):
        response = client.get(where, base_url="http://localhost")
        assert "Set-Cookie" not in response.headers
        if not 300 <= response.status_code < 400:
            return
        target = urljoin("http://localhost/", response.headers["Location"])
        assert urlsplit(target).netloc == "localhost", (path, response.headers["Location"])
        assert urlsplit(target).scheme == "http"
        where = target.removeprefix("http://localhost")
    pytest.fail(f"{path} is redirected for ever")


@pytest.mark.parametrize(
    "path",
    [
        "/zz/",
        "/zz/news/x",
        "/ZZ/",
        "/kk-Arab/",
        "/uz-Cyrl/news/",
        "/kk/nowhere/",
        "/kk/news/x/",
        "/kk/news/%00/",
        "/kk/nowhere",
        "/pt-BR/",
        "/kk/news/%00",
        "/kk/%0a",
        "/kk/" + "a" * 201,
        "/kk/%ff",
    ],
)
def test_what_does_not_exist_is_404_in_the_best_language(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "kk"})
    assert response.status_code == 404
    assert response.headers["Content-Language"] == "kk"
    assert response.headers["Cache-Control"] == "no-store"
    assert '<html lang="kk"' in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/kk", "/kk/"),
        ("/kk/news?older=2", "/kk/news/?older=2"),
        ("/kk/about/", "/kk/about"),
        (f"/kk/news/{SLUGS[KK]}/", f"/kk/news/{SLUGS[KK]}"),
        (f"/kk/news/{SLUGS[UZ]}/?from=mail", f"/kk/news/{SLUGS[KK]}?from=mail"),
        ("/kk/news/open-day/", "/kk/news/open-day"),
        ("/kk/search/?q=a", "/kk/search?q=a"),
        ("/kk/feed.atom/", "/kk/feed.atom"),
        ("/kk/opensearch.xml/", "/kk/opensearch.xml"),
    ],
)
def test_a_slash_forgotten_or_too_many_leads_to_the_page_whatever_host_was_named(
    client: FlaskClient, path: str, leads_to: str
) -> None:
    response = client.get(path, base_url="http://evil.example")
    assert (response.status_code, response.headers["Location"], response.data) == (308, leads_to, b"")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/KK/", "/kk/"),
        ("/KK", "/kk"),
        ("/Kk/news/?older=2&x=%D1%84", "/kk/news/?older=2&x=%D1%84"),
        ("/en-US/news/memorandum", "/en/news/memorandum"),
        ("/en-us/feed.atom", "/en/feed.atom"),
        ("/uz-Latn-UZ/about", "/uz/about"),
        ("/TG/news/тест", "/tg/news/%D1%82%D0%B5%D1%81%D1%82"),
    ],
)
def test_a_locale_in_another_spelling_or_of_a_region_leads_to_the_one_we_have(
    client: FlaskClient, path: str, leads_to: str
) -> None:
    response = client.get(path, base_url="http://evil.example")
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/en/", "/en-GB/"),
        ("/en/news/", "/en-GB/news/"),
        ("/en-US/news/", "/en-GB/news/"),
        ("/pt/", "/pt-BR/"),
        ("/zh-TW/", "/zh-Hant-TW/"),
        ("/sr/", "/sr-Latn/"),
        ("/gb/", "/en-GB/"),
    ],
)
def test_a_language_leads_to_the_region_that_the_site_has_of_it(
    client: FlaskClient, reader: FakeReader, path: str, leads_to: str
) -> None:
    tags = ("en-GB", "pt-BR", "zh-Hant-TW", "sr-Latn")
    reader.settings = replace(SITE, default=Tag("en-GB"), locales={Tag(tag): () for tag in tags})
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
    assert client.get("/uz/").status_code == client.get("/sr-Cyrl/").status_code == 404


def test_every_word_behind_the_locale_of_an_address_is_refused_as_the_slug_of_a_page(app: Flask) -> None:
    behind = [rule.rule.removeprefix("/<locale:locale>/") for rule in app.url_map.iter_rules()]
    words = {path.partition("/")[0] for path in behind if not path.startswith(("/", "<"))}
    assert words - {""} == OWN_WORDS
