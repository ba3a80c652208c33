"""A code of an app as well as a password: set up, asked for, counted once; and recovery codes for when it is lost."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.services.throttle import CODE
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.sign_ins import DbRecoveryCode
from tests.databases import on_both
from tests.desk import TestDesk
from tests.web.desk.test_signing_in import OTHER, PASSWORD, choose, sign_in

STEP = 30


def code_of(key: str, *, step: int = 0) -> str:
    """What an app shows that was given this key (RFC 6238), some half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // STEP + step)
    mac = hmac.new(
        base64.b32decode(key.replace(" ", "").replace("-", "") + "=" * (-len(key) % 8)), counter, hashlib.sha1
    )
    start = mac.digest()[-1] & 15
    return f"{(struct.unpack('>I', mac.digest()[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def key_in(page: str) -> str:
    found = re.search(r'<bdi dir="ltr">([A-Z2-7-]+)</bdi>', page)
    assert found is not None, page
    return found[1].replace("-", "")


def set_up(desk: TestDesk, name: str, password: str = PASSWORD) -> str:
    """Let somebody have a password and an app, set up on the first way in; return the key in the app."""
    choose(desk, name, password)
    client = desk.client()
    sign_in(client, name, password)
    if client.get("/desk/").status_code == 303:  # the role takes it
        key = key_in(client.post("/desk/second-factor", data={"setup": "authenticator"}).text)
        done = client.post("/desk/sign-in/code", data={"code": code_of(key, step=-1)})
        assert done.location == "/desk/", done.text
        return key
    page = client.post("/desk/second-factor", data={"setup": "authenticator"}).text
    key = key_in(page)
    action = re.search(r'action="(/desk/second-factor/[^"]+)"', page)
    assert action is not None
    assert client.post(action[1], data={"code": code_of(key, step=-1)}).location == "/desk/account/"
    client.post("/desk/sign-out")
    return key


@pytest.mark.parametrize("name", ["carim", "adil"])
def test_who_coordinates_or_administrates_comes_in_by_a_password_alone_never(desk: TestDesk, name: str) -> None:
    choose(desk, name)
    client = desk.client()
    assert sign_in(client, name).location == "/desk/second-factor"
    for path in ("/desk/", "/desk/people/", "/desk/account/"):
        assert client.get(path).status_code == 303
    key = key_in(client.post("/desk/second-factor", data={"setup": "authenticator"}).text)
    assert "This code is wrong" in client.post("/desk/sign-in/code", data={"code": "000000"}).text
    assert client.get("/desk/").status_code == 303
    assert client.post("/desk/sign-in/code", data={"code": code_of(key)}).location == "/desk/"
    assert client.get("/desk/").status_code == 200
    disable = client.post("/desk/second-factor", data={"setup": "disable"})
    assert disable.status_code == 200, "they cannot do without it"
    with desk.place.database.read() as session:
        assert session.scalars(select(DbAccount.tf_totp_secret).where(DbAccount.name == name)).one()


def test_a_site_may_do_without(desk: TestDesk) -> None:
    site = desk.place.root / "content/site.toml"
    site.write_text(site.read_text() + "\n[desk]\nsecond-factor = false\n")
    desk.place.sync()
    choose(desk, "adil")
    assert sign_in(desk.client(), "adil").location == "/desk/"


def test_who_has_set_up_an_app_is_asked_for_its_code_each_time(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    client = desk.client()
    assert (sign_in(client, "kanat").location or "").startswith("/desk/sign-in/code")
    assert client.get("/desk/").status_code == 303
    assert client.post("/desk/sign-in/code", data={"code": code_of(key)}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_a_code_counts_once_and_none_before_it_either(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    seen, before = code_of(key), code_of(key, step=-1)
    for code, passes in ((seen, True), (seen, False), (before, False)):
        client = desk.client()
        sign_in(client, "kanat")
        client.post("/desk/sign-in/code", data={"code": code})
        assert (client.get("/desk/").status_code == 200) is passes


def test_of_several_who_send_one_code_at_once_one_comes_in(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    clients = [desk.client() for _ in range(4)]
    for client in clients:
        sign_in(client, "kanat")
    code, together = code_of(key), Barrier(4)

    def send(client: FlaskClient) -> None:
        together.wait()
        client.post("/desk/sign-in/code", data={"code": code})

    threads = [Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(client.get("/desk/").status_code for client in clients) == [200, 303, 303, 303]


def test_codes_are_not_to_be_guessed(desk: TestDesk) -> None:
    key, now = set_up(desk, "kanat"), datetime.now(UTC)
    desk.app.extensions["gate"].clock = lambda: now  # a slow machine must not let a bucket drain
    client = desk.client()
    sign_in(client, "kanat")
    answers = [client.post("/desk/sign-in/code", data={"code": "000000"}).status_code for _ in range(CODE.most + 1)]
    assert answers == [200] * CODE.most + [429]
    assert client.post("/desk/sign-in/code", data={"code": code_of(key)}).status_code == 429
    assert client.post("/desk/sign-in/recovery", data={"code": "x"}).status_code == 429


def test_without_the_password_no_code_is_asked_for(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat", OTHER)
    for path in ("/desk/sign-in/code", "/desk/sign-in/recovery", "/desk/second-factor", "/desk/sign-in/second"):
        assert client.post(path, data={"code": code_of(key), "setup": "authenticator"}).location == "/desk/sign-in"
    assert client.get("/desk/").status_code == 303


@on_both
def test_a_recovery_code_lets_in_once_and_new_ones_replace_the_old(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    client.post("/desk/sign-in/code", data={"code": code_of(key)})
    first, second = (
        re.findall(
            r'<bdi dir="ltr">([0-9a-f-]{14})</bdi>', client.post("/desk/account/recovery-codes", data={"x": "y"}).text
        )
        for _ in range(2)
    )
    assert len(first) == len(second) == 10
    assert not set(second) & set(
        re.findall(r"[0-9a-f-]{14}", client.get("/desk/account/recovery-codes?show_codes=1").text)
    )
    for code, passes in ((second[0].upper(), True), (second[0], False), (first[0], False), (second[1], True)):
        other = desk.client()
        sign_in(other, "kanat")
        other.post("/desk/sign-in/recovery", data={"code": code})
        assert (other.get("/desk/").status_code == 200) is passes, code
    with desk.place.database.read() as session:
        kept = session.scalars(select(DbRecoveryCode.digest)).all()
        assert len(kept) == 8
        assert not [one for one in kept if any(code in one for code in second)]
    assert "8 recovery codes left" in client.get("/desk/account/").text


def test_what_changes_how_one_signs_in_wants_the_password_again_after_half_an_hour(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    for path in ("/desk/second-factor", "/desk/account/passkeys", "/desk/account/recovery-codes"):
        assert client.get(path).status_code == 200
    stale = desk.signed_in("kanat", hours_ago=1)
    for path in ("/desk/second-factor", "/desk/account/passkeys", "/desk/account/recovery-codes"):
        asked = stale.get(path)
        assert (asked.location or "").startswith("/desk/account/confirm?next=")
    assert stale.post("/desk/account/passkeys", data={"name": "x", "usage": "first"}).status_code == 302
    confirmed = stale.post("/desk/account/confirm?next=/desk/second-factor", data={"password": PASSWORD})
    assert confirmed.location == "/desk/second-factor"
    assert stale.get("/desk/second-factor").status_code == 200


def test_a_role_that_takes_more_ends_a_session_that_was_begun_with_less(desk: TestDesk) -> None:
    choose(desk, "kanat")
    client = desk.client()
    sign_in(client, "kanat")
    grants = {"had": ["translator:ky"], "grant": ["translator:ky", "coordinator"]}
    desk.signed_in("adil").post("/desk/people/kanat/grant", data=grants)
    assert client.get("/desk/").status_code == 303
    assert sign_in(client, "kanat").location == "/desk/second-factor"


@on_both
def test_an_administrator_takes_away_a_second_factor_that_was_lost(desk: TestDesk) -> None:
    set_up(desk, "kanat")
    kanat, adil = desk.signed_in("kanat"), desk.signed_in("adil")
    assert adil.post("/desk/people/kanat/forget").status_code == 303
    assert kanat.get("/desk/").status_code == 303, "and whoever has it now is out"
    assert sign_in(desk.client(), "kanat").location == "/desk/"
    with desk.place.database.read() as session:
        actions = session.scalars(select(DbEvent.action).where(DbEvent.subject.startswith("account/"))).all()
        assert "second-factor" in actions
        assert "forget-factors" in actions


@on_both
def test_the_key_in_the_app_is_kept_encrypted(desk: TestDesk) -> None:
    key = set_up(desk, "kanat")
    with desk.place.database.read() as session:
        kept = session.scalars(select(DbAccount.tf_totp_secret).where(DbAccount.name == "kanat")).one() or ""
    assert '"enckey"' in kept
    assert key not in kept


def test_who_has_set_up_an_app_is_led_to_recovery_codes_once(desk: TestDesk) -> None:
    choose(desk, "carim")
    client = desk.client()
    sign_in(client, "carim")
    key = key_in(client.post("/desk/second-factor", data={"setup": "authenticator"}).text)
    client.post("/desk/sign-in/code", data={"code": code_of(key)})
    sentence = "Keep recovery codes as well"
    page = client.get("/desk/").text
    assert sentence in page
    assert 'href="/desk/account/recovery-codes"' in page
    assert sentence not in client.get("/desk/").text, "once"
