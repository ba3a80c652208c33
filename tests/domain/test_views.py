from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments import Tag
from app.domain.views import is_view, visitor_digest

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:137.0) Gecko/20100101 Firefox/137.0"
PHONES = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; Cubot P80) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
]


@pytest.mark.parametrize("agent", [FIREFOX, *PHONES])
def test_a_person_with_a_browser_is_a_view(agent: str) -> None:
    assert is_view(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "", "  ", "curl/8.5.0", "Wget/1.21", "python-requests/2.31", "Go-http-client/1.1", "Googlebot/2.1",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "TelegramBot (like TwitterBot)",
        "facebookexternalhit/1.1", "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36",
        f"{FIREFOX} (compatible; bingbot/2.0)",
    ],
)  # fmt: skip
def test_a_robot_or_a_request_without_a_user_agent_is_no_view(agent: str) -> None:
    assert not is_view(agent)


@pytest.mark.parametrize(
    "purpose", ["prefetch", "Prefetch", "prefetch;prerender", "prerender", "prefetch, x", " prefetch "]
)
def test_a_page_fetched_in_advance_is_no_view(purpose: str) -> None:
    assert not is_view(FIREFOX, purpose)


@pytest.mark.parametrize("purpose", ["", "view", "prefetched"])
def test_another_purpose_does_not_matter(purpose: str) -> None:
    assert is_view(FIREFOX, purpose)


def test_a_user_agent_of_a_megabyte_is_judged_by_its_beginning() -> None:
    assert is_view(FIREFOX + "x" * 1_000_000)
    assert not is_view("Googlebot/2.1 " + "x" * 1_000_000)


class Facts(NamedTuple):
    secret: bytes = b"secret"
    day: date = date(2026, 3, 18)
    address: str = "192.0.2.1"
    user_agent: str = FIREFOX
    document: int = 1
    locale: Tag = Tag("ky")

    @property
    def digest(self) -> bytes:
        facts = self._asdict()
        return visitor_digest(facts.pop("secret"), **facts)


FACTS = Facts()
OTHER: Mapping[str, Facts] = {
    "secret": FACTS._replace(secret=b"other"),
    "day": FACTS._replace(day=date(2026, 3, 19)),
    "address": FACTS._replace(address="192.0.2.2"),
    "user_agent": FACTS._replace(user_agent=PHONES[0]),
    "document": FACTS._replace(document=2),
    "locale": FACTS._replace(locale=Tag("kk")),
}


def test_a_reload_has_the_same_digest_of_sixteen_bytes() -> None:
    assert FACTS.digest == Facts().digest
    assert len(FACTS.digest) == 16


@pytest.mark.parametrize("fact", Facts._fields)
def test_another_day_page_language_or_visitor_has_a_digest_that_cannot_be_linked(fact: str) -> None:
    assert OTHER[fact].digest != FACTS.digest


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_no_address_and_user_agent_can_be_mistaken_for_others(one: str, two: str, three: str, four: str) -> None:
    first, second = FACTS._replace(address=one, user_agent=two), FACTS._replace(address=three, user_agent=four)
    assert (first.digest == second.digest) == ((one, two) == (three, four))
