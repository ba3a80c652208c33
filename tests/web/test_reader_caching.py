from functools import partial

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import Settings
from app.factory import create_app
from app.web.published import Published
from app.web.shelf import UNTIL
from tests.web.fakes import EN, KK, SLUGS, FakeCounter, FakeReader, item

PAGES = ["/kk/", "/kk/news/", "/kk/news/?older=2", f"/kk/news/{SLUGS[KK]}", "/kk/news/open-day", "/kk/about"]


@pytest.mark.parametrize("path", [*PAGES, "/", "/kk/nowhere", "/now"])
def test_the_server_never_sets_a_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_sit_in_any_cache_and_depends_on_its_address_alone(client: FlaskClient, path: str) -> None:
    client.set_cookie("locale", "uz")
    response = client.get(path, headers={"Accept-Language": "tg"})
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
    assert response.headers["Vary"] == "Accept-Encoding, Host"
    assert client.get(path, headers={"Accept-Language": "en"}).data == response.data


@pytest.mark.parametrize("path", PAGES)
def test_a_held_page_is_not_made_again(client: FlaskClient, reader: FakeReader, path: str) -> None:
    first = client.get(path)
    asked = reader.asked
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert reader.asked == asked


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_was_just_made_is_not_made_again_for_the_next_reader(
    client: FlaskClient, reader: FakeReader, path: str
) -> None:
    first = client.get(path)
    asked = reader.asked
    again = client.get(path)
    assert (again.status_code, again.data) == (200, first.data)
    assert lasting(again) == lasting(first)
    assert reader.asked == asked


@pytest.mark.parametrize("path", PAGES)
def test_a_proxy_answers_by_itself_only_in_the_second_in_which_the_page_was_the_newest(
    settings: Settings, reader: FakeReader, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whether it is made anew, kept, or held by whoever asks: the second of the last look counts."""
    now = [1_000_000_000.9]
    monkeypatch.setattr("app.factory.Published", partial(Published, clock=lambda: now[0]))
    client = create_app(settings, reader=reader, counter=FakeCounter()).test_client()
    odd = f"{path}{'&' if '?' in path else '?'}{'x' * 501}"
    for second in (1_000_000_000, 1_000_000_001, 1_000_000_060, 999_999_999):
        now[0], looked = second + 0.9, reader.looked
        first = client.get(path)
        held = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert held.status_code == 304
        for answer in (first, client.get(path), held, client.head(path), client.get(odd)):
            assert answer.headers.getlist(UNTIL) == [f"@{second}"]
        assert reader.looked == looked + 1


@pytest.mark.parametrize("path", ["/", "/kk/nowhere", "/now"])
def test_no_proxy_is_told_to_keep_what_is_no_page(client: FlaskClient, path: str) -> None:
    assert UNTIL not in client.get(path).headers


def lasting(response: TestResponse) -> list[tuple[str, str]]:
    """Return the headers, whatever second of the clock it was."""
    return [(name, "" if name == UNTIL else value) for name, value in response.headers]


def test_a_redirect_is_asked_for_each_time(client: FlaskClient, reader: FakeReader) -> None:
    path = f"/kk/news/{SLUGS[EN]}"
    assert client.get(path).status_code == 302
    asked = reader.asked
    assert client.get(path).status_code == 302
    assert reader.asked == asked + 1


def test_addresses_have_different_names(client: FlaskClient) -> None:
    assert len({client.get(path).headers["ETag"] for path in PAGES}) == len(PAGES)


def test_what_a_page_does_not_depend_on_makes_no_other_page(client: FlaskClient, reader: FakeReader) -> None:
    plain = client.get("/kk/news/?older=2")
    asked = reader.asked
    shared = client.get("/kk/news/?utm_source=telegram&older=2&older=3")
    assert shared.headers["ETag"] == plain.headers["ETag"]
    assert shared.data == plain.data
    assert reader.asked == asked


def test_a_star_does_not_make_a_page_exist(client: FlaskClient) -> None:
    assert client.get("/kk/nowhere", headers={"If-None-Match": "*"}).status_code == 404


def test_a_page_that_is_named_before_it_is_made_is_never_older_than_its_name() -> None:
    reader = FakeReader(items={(EN, "a"): item(EN, slug="a")})
    now = [0.0]
    published = Published(reader, clock=lambda: now[0])
    assert published.now().version == 1
    reader.number = 2
    for now[0], version in ((0.1, 1), (0.25, 2), (0.3, 2)):
        assert published.now().version == version
    assert reader.looked == 2


def test_a_published_change_shows_with_the_next_look(reader: FakeReader) -> None:
    now = [0.0]
    published = Published(reader, clock=lambda: now[0])
    before = published.now()
    assert before.standing(KK)[0].title == "About"
    reader.pages.clear()
    reader.number += 1
    now[0] = 0.2
    assert published.now() is before
    now[0] = 0.26
    assert published.now().standing(KK) == ()


def test_a_clock_that_was_set_back_is_no_reason_to_look_no_more(reader: FakeReader) -> None:
    now = [10_000.0]
    published = Published(reader, clock=lambda: now[0])
    before = published.now()
    reader.number += 1
    now[0] = 6_400.0
    assert published.now() is not before


@pytest.mark.parametrize("path", [*PAGES, "/", "/kk/nowhere", "/now", "/media/x.jpg", "/healthz"])
def test_every_answer_is_secured(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_content_language_names_the_page_and_a_foreign_text(client: FlaskClient) -> None:
    assert client.get("/kk/").headers["Content-Language"] == "kk"
    assert client.get("/kk/news/open-day").headers["Content-Language"] == "kk, en"
