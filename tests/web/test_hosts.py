"""Where `TILMASH_HOSTS` names hosts, no other is answered for; the health is told to whoever asks."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.web.headers import SECURITY
from tests.web.fakes import KK, SITE, SLUGS, FakeCounter, FakeReader

PATHS = ["/", "/kk/", f"/kk/news/{SLUGS[KK]}", "/kk/feed.atom", "/kk/nowhere", "/now", "/static/0/css/base.css"]
STRANGERS = ["evil.example", "news.example.org.evil.example", "evilnews.example.org", "127.0.0.1", "[::1]", "", "a b"]


@pytest.fixture
def app(settings: Settings, reader: FakeReader) -> Flask:
    named = ("news.example.org", ".example.kz")
    app = create_app(replace(settings, hosts=named), reader=reader, counter=FakeCounter())
    app.add_url_rule("/healthz", "health", lambda: "ok")
    return app


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("url", ["", "https://news.example.org"])
def test_a_request_for_another_host_is_misdirected(
    client: FlaskClient, reader: FakeReader, path: str, host: str, url: str
) -> None:
    reader.settings = replace(SITE, url=url)
    for method in ("GET", "HEAD", "POST"):
        answer = client.open(path, method=method, headers={"Host": host, "X-Forwarded-Host": "news.example.org"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (421, "no-store")
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY
        assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["news.example.org", "NEWS.example.org:8443", "example.kz", "a.b.example.kz:80"])
def test_its_own_hosts_are_answered_in_capitals_and_at_any_port(client: FlaskClient, host: str) -> None:
    assert [client.get(path, headers={"Host": host}, buffered=True).status_code for path in PATHS] == [
        302, 200, 200, 200, 404, 200, 200,
    ]  # fmt: skip


@pytest.mark.parametrize("host", STRANGERS)
def test_a_load_balancer_asks_after_the_health_by_whatever_name(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/healthz/", headers={"Host": host}).status_code == 421
