"""Guessing is slowed down, nobody is shut out for good, and nobody learns which names there are."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import low_level
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.services.throttle import ADDRESS, NAME
from app.storage.sign_ins import DbBucket
from app.web.desk.gate import Gate
from tests.desk import TestDesk
from tests.web.desk.test_signing_in import OTHER, PASSWORD, choose, link_for, sign_in

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def gate_of(desk: TestDesk) -> Gate:
    gate: Gate = desk.app.extensions["gate"]
    return gate


@pytest.fixture(autouse=True)
def _still(desk: TestDesk) -> None:
    """A slow machine must not let a bucket drain."""
    gate_of(desk).clock = lambda: NOW


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is hashed by argon2id while the test runs."""
    work = list[str]()
    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(low_level, name, _counted(getattr(low_level, name), work))
    return work


def _counted(real: Callable[..., object], work: list[str]) -> Callable[..., object]:
    def counted(*args: object, **kwargs: object) -> object:
        work.append(real.__name__)
        return real(*args, **kwargs)

    return counted


def shown(page: TestResponse, who: str = "-") -> str:
    """What a page says, but for what was typed and the token of its session."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.text.replace(f'value="{who}"', ""))


def guess(desk: TestDesk, who: str, times: int, **environ: str) -> list[int]:
    client = desk.client()
    return [
        client.post("/desk/sign-in", data={"email": who, "password": OTHER}, environ_overrides=environ).status_code
        for _ in range(times)
    ]


def test_after_some_attempts_at_a_name_one_waits_whether_there_is_such_a_name_or_not(desk: TestDesk) -> None:
    choose(desk, "kanat")
    for who in ("kanat", "nobody", "nobody@example.org"):
        answers = [guess(desk, who, 1, REMOTE_ADDR=f"192.0.2.{one}")[0] for one in range(NAME.most + 2)]
        assert answers == [200] * NAME.most + [429] * 2
    client = desk.client()
    pages = [client.post("/desk/sign-in", data={"email": who, "password": PASSWORD}) for who in ("kanat", "nobody")]
    assert shown(pages[0]) == shown(pages[1]), "the right password neither: else it could be found out by guessing on"
    assert pages[0].headers["Retry-After"] == pages[1].headers["Retry-After"]
    assert "Try again in 1 minute." in pages[0].text


def test_who_guesses_cannot_hold_up_the_owner_on_a_device_of_theirs(desk: TestDesk) -> None:
    choose(desk, "kanat")
    own = desk.client()
    sign_in(own, "kanat")
    own.post("/desk/sign-out")
    guess(desk, "kanat", NAME.most + 5, REMOTE_ADDR="192.0.2.7")
    assert sign_in(desk.client(), "kanat").status_code == 429
    assert sign_in(own, "kanat").status_code == 302


def test_who_guesses_from_the_owners_own_network_cannot_hold_up_a_device_of_theirs(desk: TestDesk) -> None:
    choose(desk, "kanat")
    own = desk.client()
    sign_in(own, "kanat")
    own.post("/desk/sign-out")
    for one in range(ADDRESS.most + 5):
        guess(desk, f"name{one}", 1)
    assert sign_in(desk.client(), "elena").status_code == 429
    assert sign_in(own, "kanat").status_code == 302


def test_a_name_and_an_address_do_not_betray_that_they_are_one_persons(desk: TestDesk) -> None:
    choose(desk, "kanat")
    for one in range(NAME.most + 1):
        guess(desk, "kanat@example.org", 1, REMOTE_ADDR=f"192.0.2.{one}")
    assert guess(desk, "kanat", 1, REMOTE_ADDR="192.0.3.1") == [200]


def test_who_signs_out_leaves_nothing_in_the_browser(desk: TestDesk) -> None:
    answer = desk.signed_in("kanat").post("/desk/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_a_link_lets_the_owner_in_on_any_device_while_others_guess(desk: TestDesk) -> None:
    choose(desk, "kanat")
    link, new = link_for(desk, "kanat"), desk.client()
    guess(desk, "kanat", NAME.most + 5, REMOTE_ADDR="192.0.2.7")
    new.post(link, data={"password": OTHER, "again": OTHER})
    guess(desk, "kanat", NAME.most + 5, REMOTE_ADDR="192.0.2.7")
    assert sign_in(new, "kanat", OTHER).status_code == 302


def test_a_device_that_is_known_to_one_is_not_to_another(desk: TestDesk) -> None:
    for name in ("kanat", "elena"):
        choose(desk, name)
    own = desk.client()
    sign_in(own, "elena")
    own.post("/desk/sign-out")
    guess(desk, "kanat", NAME.most, REMOTE_ADDR="192.0.2.7")
    assert sign_in(own, "kanat").status_code == 429


def test_the_wait_ends_by_itself(desk: TestDesk) -> None:
    choose(desk, "kanat")
    guess(desk, "kanat", NAME.most, REMOTE_ADDR="192.0.2.7")
    assert sign_in(desk.client(), "kanat").status_code == 429
    gate_of(desk).clock = lambda: NOW + timedelta(minutes=1)
    assert sign_in(desk.client(), "kanat").status_code == 302


def test_an_address_is_slowed_down_whatever_the_names(desk: TestDesk) -> None:
    answers = [guess(desk, f"name{one}", 1, REMOTE_ADDR="192.0.2.7")[0] for one in range(ADDRESS.most + 1)]
    assert answers == [200] * ADDRESS.most + [429]
    assert guess(desk, "name0", 1, REMOTE_ADDR="192.0.2.8") == [200]


def test_behind_an_address_that_tried_too_often_nothing_more_is_kept_of_the_names_it_tries(desk: TestDesk) -> None:
    for one in range(ADDRESS.most + 30):
        guess(desk, f"name{one}", 1, REMOTE_ADDR="192.0.2.7")
    with desk.place.database.read() as session:
        kept = session.scalar(select(func.count()).select_from(DbBucket))
    assert kept == 1 + ADDRESS.most, "the address, and each name that was looked at"


def test_a_known_and_an_unknown_name_get_the_same_answer_for_the_same_work(desk: TestDesk, hashed: list[str]) -> None:
    choose(desk, "kanat")
    pages, work = [], []
    for who in ("kanat", "kanat@example.org", "nobody", "nobody@example.org", "elena", "adil@example.org"):
        hashed.clear()
        page = sign_in(desk.client(), who, OTHER)
        pages.append((page.status_code, shown(page, who)))
        work.append(len(hashed))
    assert len(set(pages)) == 1
    assert work == [1] * 6


def test_who_was_deactivated_is_as_unknown_as_any(desk: TestDesk, hashed: list[str]) -> None:
    choose(desk, "kanat")
    desk.signed_in("adil").post("/desk/people/kanat/switch", data={"active": "no"})
    hashed.clear()
    gone = sign_in(desk.client(), "kanat")
    assert len(hashed) == 1
    assert shown(gone, "kanat") == shown(sign_in(desk.client(), "nobody"), "nobody")


def test_who_found_a_desk_left_open_cannot_guess_the_password_either(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    typed = {
        "password": OTHER,
        "new_password": "yet another four words",
        "new_password_confirm": "yet another four words",
    }
    answers = [client.post("/desk/account/password", data=typed).status_code for _ in range(NAME.most + 1)]
    assert answers == [200] * NAME.most + [429]
