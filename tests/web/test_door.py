from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient


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


def test_no_cache_hands_one_readers_redirect_to_another(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert headers["Vary"] == "Accept-Language, Cookie"
    assert headers["Cache-Control"] == "private, no-store"


def test_an_address_without_a_locale_keeps_its_path_and_query(client: FlaskClient) -> None:
    response = client.get("/news/тест?older=a%26b", headers={"Accept-Language": "tg"})
    assert response.headers["Location"] == "/tg/news/%D1%82%D0%B5%D1%81%D1%82?older=a%26b"


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
        "/KK/",
        "/kk/about/",
        "/kk/news/x/",
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


@pytest.mark.parametrize("path", ["/kk", "/kk/news"])
def test_a_forgotten_slash_is_added(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 308
    assert urlsplit(response.headers["Location"]).path == path + "/"
