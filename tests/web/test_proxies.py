"""A reader is counted once whatever proxies stand in front, and nobody else can say who a reader is."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.config import Proxies, Settings
from app.factory import create_app
from app.web.proxies import KnownProxies, plain
from tests.web.fakes import FakeCounter, filled

READER, NGINX, BALANCER, STRANGER = "198.51.100.7", "10.0.0.7", "10.1.2.3", "203.0.113.9"
THIS_MACHINE = ""
NAMED = f"{NGINX} 10.1.0.0/16, 2001:db8::/32"


def site(settings: Settings, written: str, counter: FakeCounter) -> Flask:
    proxies: Proxies = Settings.from_environment({"TILMASH_PROXIES": written}).proxies
    return create_app(replace(settings, proxies=proxies), reader=filled(), counter=counter)


@pytest.mark.parametrize(
    ("setting", "peer", "told", "counted"),
    [
        # As it comes: what stands on this machine is believed.
        (THIS_MACHINE, "127.0.0.1", f"192.0.2.1, {READER}", READER),
        (THIS_MACHINE, "127.8.8.8", READER, READER),
        (THIS_MACHINE, "::1", "2001:DB8::0:7", "2001:db8::7"),
        (THIS_MACHINE, "::ffff:127.0.0.1", f"::ffff:{READER}", READER),
        (THIS_MACHINE, "", READER, READER),
        (THIS_MACHINE, "127.0.0.1", "", "127.0.0.1"),
        (THIS_MACHINE, "", "", ""),
        (THIS_MACHINE, STRANGER, READER, STRANGER),
        (THIS_MACHINE, NGINX, READER, NGINX),
        # Proxies by address: one, a chain of them, and a reader who makes up a part of it.
        (NAMED, NGINX, READER, READER),
        (NAMED, NGINX, f"192.0.2.1, {READER}, {BALANCER}", READER),
        (NAMED, "2001:db8::5", f"{NGINX}, {READER}", READER),
        (NAMED, NGINX, f"{BALANCER}, {NGINX}", BALANCER),
        (NAMED, STRANGER, READER, STRANGER),
        (NAMED, "127.0.0.1", READER, "127.0.0.1"),
        (NAMED, NGINX, f"{READER}, unknown", NGINX),
        (NAMED, NGINX, f"{READER}, <script>, {BALANCER}", BALANCER),
        (NAMED, NGINX, f"{READER},", NGINX),
        # So many in a row, wherever they stand.
        ("1", STRANGER, f"192.0.2.1, {READER}", READER),
        ("2", STRANGER, f"192.0.2.1, {READER}, {NGINX}", READER),
        ("2", STRANGER, READER, STRANGER),
        ("0", "127.0.0.1", READER, "127.0.0.1"),
    ],
)
def test_a_view_is_counted_for_the_address_that_a_proxy_of_ours_saw(
    settings: Settings, setting: str, peer: str, told: str, counted: str
) -> None:
    counter = FakeCounter()
    headers = {"X-Forwarded-For": told, "X-Real-IP": "192.0.2.66", "Forwarded": "for=192.0.2.66"}
    client = site(settings, setting, counter).test_client()
    answer = client.post("/views/7?locale=kk", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == 200
    assert [seen[2] for seen in counter.seen_by] == [counted]


@pytest.mark.parametrize(
    ("setting", "peer", "told", "scheme"),
    [
        (THIS_MACHINE, "127.0.0.1", "https", "https"),
        (THIS_MACHINE, "127.0.0.1", "http, HTTPS", "https"),
        (THIS_MACHINE, "127.0.0.1", "javascript", "http"),
        (THIS_MACHINE, STRANGER, "https", "http"),
        (NAMED, NGINX, "https", "https"),
        (NAMED, "127.0.0.1", "https", "http"),
        ("1", STRANGER, "https", "https"),
        ("1", STRANGER, "javascript", "http"),
        ("0", "127.0.0.1", "https", "http"),
    ],
)
def test_links_begin_with_the_scheme_that_a_proxy_of_ours_was_asked_under(
    settings: Settings, setting: str, peer: str, told: str, scheme: str
) -> None:
    client = site(settings, setting, FakeCounter()).test_client()
    page = client.get("/kk/about", headers={"X-Forwarded-Proto": told}, environ_base={"REMOTE_ADDR": peer})
    assert f'<link rel="canonical" href="{scheme}://localhost/kk/about">' in page.get_data(as_text=True)


@given(
    st.lists(st.sampled_from([READER, NGINX, BALANCER, "unknown", "", "::1", "10.0.0.7:80"]) | st.text(max_size=5)),
    st.sampled_from([NGINX, STRANGER, ""]),
)
def test_no_header_makes_more_of_a_reader_than_an_address(told: list[str], peer: str) -> None:
    networks = Settings.from_environment({"TILMASH_PROXIES": NAMED}).proxies
    assert not isinstance(networks, int)
    seen: list[str] = []

    def note(environ: dict[str, Any], _start: object) -> list[bytes]:
        seen.append(environ["REMOTE_ADDR"])
        return []

    proxies = KnownProxies(note, networks)
    proxies({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": ",".join(told)}, lambda *_: lambda _: None)
    (counted,) = seen
    assert counted == peer or (peer != STRANGER and plain(counted) == str(ip_address(counted)))
