from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.web.reader.visit import next_change
from tests.web.fakes import KK, SITE, FakeCounter, FakeReader, filled, mo


def test_the_clock_is_the_seats_and_is_not_kept(client: FlaskClient) -> None:
    response = client.get("/now")
    told = response.get_json()
    assert response.headers["Cache-Control"] == "no-store"
    assert told["offset"] == 5 * 3600
    assert told["local"].endswith("+05:00")
    assert told["change"] is None
    assert abs(told["epoch"] / 1000 - datetime.now(UTC).timestamp()) < 3600


def test_how_long_ago_is_told_in_the_pages_language(client: FlaskClient) -> None:
    now = datetime.now(UTC)
    asked = [int((now - ago).timestamp() * 1000) for ago in (timedelta(hours=3, minutes=1), timedelta(days=30))]
    told = client.get("/now", query_string={"locale": "kk", "of": asked}).get_json()
    assert told["ago"] == ["3 сағат бұрын", None]
    assert client.get("/now").get_json()["ago"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("locale=kk&of=x", 400),
        ("locale=kk&of=-1", 400),
        ("locale=kk&of=1e3", 400),
        ("locale=kk&of=%D9%A3", 400),
        ("locale=kk&of=" + "9" * 14, 400),
        ("locale=kk&of=" + "9" * 13, 200),
        ("locale=kk" + "&of=1" * 30, 200),
        ("locale=kk" + "&of=1" * 31, 400),
        ("locale=zz&of=1", 404),
        ("of=1", 404),
    ],
)
def test_only_moments_are_asked_and_not_too_many(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/now?{query}").status_code == status


def test_the_next_change_of_a_zone_is_told_to_the_second() -> None:
    before = datetime(2026, 3, 28, 13, 59, 59, tzinfo=UTC)
    assert next_change(before, ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert next_change(before, ZoneInfo("Asia/Almaty")) is None


@pytest.fixture
def counter() -> FakeCounter:
    return FakeCounter()


@pytest.fixture
def counting(settings: Settings, counter: FakeCounter) -> Flask:
    reader: FakeReader = filled()
    reader.catalogues["messages", KK] = mo({"%(count)s view\0%(count)s views": "%(count)s рет\0%(count)s рет көрілді"})
    return create_app(settings, reader=reader, counter=counter)


def test_a_view_is_counted_and_told_in_the_pages_language(counting: Flask, counter: FakeCounter) -> None:
    response = counting.test_client().post("/views/7?locale=kk", headers={"User-Agent": "Firefox"})
    assert response.get_json() == {"views": 1234, "text": "1\N{NO-BREAK SPACE}234 рет көрілді"}
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert counter.seen_by == [(7, KK, "127.0.0.1", "Firefox", "")]


def test_the_counter_learns_what_a_request_is_for(counting: Flask, counter: FakeCounter) -> None:
    counting.test_client().post("/views/7?locale=kk", headers={"Sec-Purpose": "prefetch;prerender"})
    assert [seen[-1] for seen in counter.seen_by] == ["prefetch;prerender"]


def test_a_beacon_has_no_use_for_a_body(counting: Flask, counter: FakeCounter) -> None:
    client = counting.test_client()
    assert client.post("/views/7?locale=kk", data=b"x" * 2_000_000).status_code == 413
    assert counter.seen_by == []
    assert client.post("/views/7?locale=kk", data=b"{", content_type="application/json").status_code == 200


@pytest.mark.parametrize(
    ("url", "origin"), [("", "http://localhost"), ("", "https://localhost"), ("https://a.example", "https://a.example")]
)
def test_a_browser_that_knows_origin_alone_is_counted_on_our_own_pages(
    settings: Settings, counter: FakeCounter, url: str, origin: str
) -> None:
    reader = filled()
    reader.settings = replace(SITE, url=url)
    client = create_app(settings, reader=reader, counter=counter).test_client()
    assert client.post("/views/7?locale=kk", headers={"Origin": origin}).status_code == 200
    assert len(counter.seen_by) == 1


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/views/7?locale=zz", {}, 404),
        ("/views/7", {}, 404),
        ("/views/x?locale=kk", {}, 405),
        ("/views/7?locale=kk", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/views/7?locale=kk", {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ("/views/7?locale=kk", {"Origin": "https://evil.example"}, 403),
        ("/views/7?locale=kk", {"Origin": "null"}, 403),
        ("/views/7?locale=kk", {"Origin": "http://[localhost"}, 403),
        ("/views/99999999999999999999?locale=kk", {}, 404),
        ("/views/-1?locale=kk", {}, 405),
    ],
)
def test_a_beacon_that_is_none_counts_nothing(
    counting: Flask, counter: FakeCounter, path: str, headers: dict[str, str], status: int
) -> None:
    assert counting.test_client().post(path, headers=headers).status_code == status
    assert counter.seen_by == []
