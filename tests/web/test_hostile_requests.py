"""Whatever is sent, no answer is a failure of ours, each is secured, and an error is told in the reader's language."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.fakes import KK, SLUGS

ITEM = f"/kk/news/{SLUGS[KK]}"
STATIC = "/static/000000000000/css/base.css"
LONG = "x" * 10_000
PATHS = [
    *("/%00", "/kk/%00/", "/kk/news/%00", "/media/%00", "/static/%00/x", "/views/%00"),
    *("/kk/%2e%2e/%2e%2e/etc/passwd", "/kk/../../etc", "/media/%2e%2e/tilmash.db", "/media//etc/passwd"),
    *("/static/0/%252e%252e/factory.py", "/static/0/..%5c..%5cfactory.py", "/kk/news/%ed%a0%80", "/kk/news/%ff/"),
    *(f"/kk/{LONG}", f"/kk/news/{LONG}/", f"/{LONG}/", "/" + "a/" * 5000, f"/kk/news/?{LONG}", f"/?{LONG}"),
    *("/kk/news/?older=%ff", "/kk/news/?older=%F0%9F%98%80", "/kk/news/?older=1&older=2&newer=3", f"/kk/?older={LONG}"),
    *(
        "/en-" + "-".join(["abcdefgh"] * 900) + "/",
        "/aa-AA-aaaaa/",
        "/zz-ZZ/",
        "/kk-kk/kk-kk",
        "/KK/%zz",
        "/KK/%u0041/",
    ),
    *("/kk/news/\N{RIGHT-TO-LEFT OVERRIDE}", "/kk/news/\N{GRINNING FACE}/", "/kk/news/x%0Ay", "/;/", "/kk;x=1/news/"),
]
HEADERS = [
    ("Accept-Language", ",".join(f"x{number};q=0.{number % 10}" for number in range(5000))),
    ("Accept-Language", "kk-" + "-".join(["abcdefgh"] * 5000)),
    ("Accept-Language", "en" + ";q=0.5" * 5000),
    ("Accept-Language", "kk;q=nan, \xff\xfe;q=-1, ;;,,="),
    ("Cookie", 'locale="\\012\\073evil"; =;=; locale'),
    ("Cookie", "; ".join(f"a{number}=b" for number in range(3000))),
    ("Cookie", "locale=\xff\xfe" + LONG),
    ("If-None-Match", LONG),
    ("If-None-Match", 'W/"x'),
    ("If-None-Match", ",".join(['"a"'] * 3000)),
    ("If-Modified-Since", "Thu, 99 Foo 9999 99:99:99 GMT"),
    ("If-Match", '"nothing"'),
    ("Range", "bytes=" + ",".join(f"{number}-{number}" for number in range(2000))),
    ("Range", "bytes=99999999999999999999999-"),
    ("Range", "lines=a-b"),
    ("Content-Type", "multipart/form-data"),
    ("Content-Length", "-1"),
    ("X-Forwarded-For", ", ".join(["::ffff:127.0.0.1"] * 1000)),
    ("X-Forwarded-For", "\xff, %00"),
    ("X-Forwarded-Proto", "javascript"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Host", "[::1"),
    ("Host", LONG),
]


def sound(client: FlaskClient, path: str, method: str = "GET", **headers: str) -> int:
    """Send a request; return the status of an answer that must be secured and no failure of ours."""
    response = client.open(path, method=method, headers={"Accept-Language": "kk", **headers}, buffered=True)
    assert response.status_code < 500, (method, path[:80])
    assert response.headers["Content-Security-Policy"].startswith("default-src ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Set-Cookie" not in response.headers
    if response.status_code >= 400:
        assert response.headers["Cache-Control"] == "no-store"
    if response.status_code >= 400 and method != "HEAD" and response.status_code != 412:  # which is for scripts
        assert re.search('<html lang="(kk|en|tg|uz)"', response.get_data(as_text=True))
    return response.status_code


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ascii(path[:40]))
def test_an_odd_address_leads_somewhere_or_does_not_exist(client: FlaskClient, path: str) -> None:
    assert sound(client, path) in {200, 302, 308, 404, 405}


@pytest.mark.parametrize(
    "path", ["/{}", "/en-US/{}", "/KK/news/{}", "/kz/about?q={}", "/{}/", "/kk?q={}", "/kk/news?{}"]
)
def test_no_address_however_long_makes_headers_that_a_proxy_refuses(client: FlaskClient, path: str) -> None:
    """Nginx takes 8 kB of them, and would say `502`."""
    for letters in ("a" * 60_000, "қ" * 10_000, "a" * 4_100, "қ" * 660):
        address = path.format(quote(letters))
        assert sound(client, address) in {302, 308, 404}
        assert sum(len(f"{name}: {value}\r\n") for name, value in client.get(address).headers) < 7_000

    assert client.get("/en-US/about?q=" + "a" * 1_000).headers["Location"] == "/en/about?q=" + "a" * 1_000


@pytest.mark.parametrize(("name", "value"), HEADERS, ids=lambda value: ascii(value[:30]))
@pytest.mark.parametrize("path", ["/", "/kk/news/", ITEM, "/kk/feed.atom", "/kk/nowhere", STATIC, "/now"])
def test_an_odd_header_breaks_nothing(client: FlaskClient, path: str, name: str, value: str) -> None:
    for method in ("GET", "HEAD"):
        assert sound(client, path, method, **{name: value}) in {200, 302, 304, 400, 404, 412, 416}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO"])
@pytest.mark.parametrize(
    "path", ["/", "/kk/", "/kk/news/", ITEM, f"{ITEM}/", "/kk/feed.atom", "/kk/nowhere", STATIC, "/now"]
)
def test_pages_are_only_read(client: FlaskClient, path: str, method: str) -> None:
    assert sound(client, path, method) == 405


@pytest.mark.parametrize("path", ["/kk/", "/kk/news/", ITEM, "/kk/feed.atom", "/kk/nowhere", STATIC, "/now", "/"])
def test_asking_for_the_headers_alone_is_answered_like_asking_for_the_page(client: FlaskClient, path: str) -> None:
    assert sound(client, path, "HEAD") == sound(client, path)
    head = client.head(path, buffered=True)
    assert head.data == b""
    assert sound(client, path, "OPTIONS") == 200


def test_an_error_is_told_in_the_language_of_the_address_or_of_the_browser(app: Flask) -> None:
    for path, locale in (("/tg/nowhere", "tg"), ("/media/x", "kk"), ("/ZZ/", "kk"), ("/views/1?locale=zz", "kk")):
        method = "POST" if path.startswith("/views") else "GET"
        answer = app.test_client().open(path, method=method, headers={"Accept-Language": "kk"})
        assert answer.headers["Content-Language"] == locale, path
