"""What each answer tells a browser it may do: nothing but what our own files need."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.headers import POLICY, SECURITY
from tests.web.fakes import KK, SLUGS

ITEM = f"/kk/news/{SLUGS[KK]}"
ANSWERS = ["/", "/kk/", "/kk/news/", ITEM, "/kk/feed.atom", "/kk/nowhere", "/now", "/static/000000000000/js/main.js"]
HSTS = "Strict-Transport-Security"


def test_the_policy_allows_our_own_files_and_neither_inline_script_nor_style_nor_any_other_origin() -> None:
    rules = {rule.partition(" ")[0]: rule.partition(" ")[2] for rule in POLICY.split("; ")}
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_every_header_once(client: FlaskClient, path: str) -> None:
    for answer in (client.get(path, buffered=True), client.open(path, method="DELETE")):
        assert {name: answer.headers.getlist(name) for name in SECURITY} == {
            name: [value] for name, value in SECURITY.items()
        }
        assert HSTS not in answer.headers


@pytest.mark.parametrize("path", ANSWERS)
def test_who_comes_by_tls_is_told_to_come_by_tls_for_a_year(app: Flask, path: str) -> None:
    """Said by our own server or a proxy that is believed; a reader who says so himself is told nothing."""
    year = "max-age=31536000"
    client = app.test_client()
    assert client.get(path, base_url="https://localhost", buffered=True).headers[HSTS] == year
    forwarded = {"X-Forwarded-Proto": "https"}
    assert client.get(path, headers=forwarded, buffered=True).headers[HSTS] == year
    stranger = client.get(path, headers=forwarded, environ_base={"REMOTE_ADDR": "203.0.113.9"}, buffered=True)
    assert HSTS not in stranger.headers


def test_a_page_that_was_made_for_one_scheme_is_right_for_the_other(client: FlaskClient) -> None:
    told = [HSTS in client.get(ITEM, base_url=f"{scheme}://localhost").headers for scheme in ("http", "https") * 2]
    assert told == [False, True, False, True]
