"""People of an organisation sign in by its own provider, a real one that tests start, and nobody else does by it."""

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.config import IdentityProvider
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from tests.databases import on_both
from tests.desk import TestDesk
from tests.web.desk.identity import CLIENT, SECRET, Provider, provider
from tests.web.desk.test_second_factor import code_of, set_up


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, database_url: str, there: Provider) -> Iterator[TestDesk]:
    settings = IdentityProvider(issuer=there.address, client=CLIENT, secret=SECRET, name="Example")
    desk = TestDesk(tmp_path, database_url, provider=settings)
    yield desk
    desk.place.database.dispose()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def come_back(client: FlaskClient, address: str) -> TestResponse:
    """Go to the provider, and where it sends one back."""
    try:
        urllib.request.build_opener(_Stay).open(address)
    except HTTPError as error:
        with error:
            back = urlsplit(error.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def sign_in(client: FlaskClient, next_page: str = "") -> TestResponse:
    begun = client.get("/desk/sign-in/provider", query_string={"next": next_page} if next_page else {})
    assert begun.status_code == 303
    return come_back(client, begun.location or "")


def says(client: FlaskClient, answer: TestResponse, words: str) -> bool:
    assert answer.location == "/desk/sign-in"
    return words in client.get("/desk/sign-in").text and client.get("/desk/").status_code == 303


@on_both
def test_who_has_an_account_with_the_verified_address_comes_in(desk: TestDesk, there: Provider) -> None:
    client = desk.client()
    assert "Sign in with Example" in client.get("/desk/sign-in").text
    assert sign_in(client, "/desk/account/?week=12").location == "/desk/account/?week=12"
    assert "Kanat Kyrgyz" in client.get("/desk/account/").text
    with desk.place.database.read() as session:
        events = session.scalars(select(DbEvent).where(DbEvent.subject.startswith("account/"))).all()
        assert [event.action for event in events] == ["openid", "sign-in"]
        assert '"how": "openid"' in events[-1].details


def test_once_known_it_is_the_person_and_not_the_address_that_counts(desk: TestDesk, there: Provider) -> None:
    sign_in(desk.client())
    there.who = {"sub": "1", "email": "married@example.org", "email_verified": True}
    client = desk.client()
    assert sign_in(client).location == "/desk/"
    there.who = {"sub": "2", "email": "kanat@example.org", "email_verified": True}
    client = desk.client()
    assert says(client, sign_in(client), "Nobody here has this account of Example.")


@on_both
@pytest.mark.parametrize(
    "who",
    [
        {"sub": "9", "email": "nobody@example.org", "email_verified": True},
        {"sub": "9", "email": "kanat@example.org", "email_verified": False},
        {"sub": "9", "email": "kanat@example.org", "email_verified": "true"},
        {"sub": "9", "email": "kanat@example.org"},
        {"sub": "9"},
        {"sub": "9", "email": "", "email_verified": True},
    ],
)
def test_nobody_gets_an_account_or_anothers_by_it(desk: TestDesk, there: Provider, who: dict[str, object]) -> None:
    there.who = who
    client = desk.client()
    assert says(client, sign_in(client), "Nobody here has this account of Example.")
    with desk.place.database.read() as session:
        assert session.scalars(select(DbAccount.oidc_subject).where(DbAccount.oidc_subject.is_not(None))).all() == []


def test_who_was_deactivated_stays_out(desk: TestDesk) -> None:
    desk.signed_in("adil").post("/desk/people/kanat/switch", data={"active": "no"})
    client = desk.client()
    assert says(client, sign_in(client), "Nobody here has this account of Example.")


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example"}, {"aud": "another"}, {"exp": int(time.time()) - 600}, {"nonce": "another"},
        {"nonce": None}, {"sub": None}, {"iat": None}, {"exp": None},
    ],
)  # fmt: skip
def test_what_is_not_to_be_believed_is_not(desk: TestDesk, there: Provider, lies: dict[str, object]) -> None:
    there.lies = lies
    client = desk.client()
    assert says(client, sign_in(client), "The sign-in by Example did not work.")


def test_a_token_that_somebody_else_signed_is_not_believed(desk: TestDesk, there: Provider) -> None:
    there.key = RSAKey.generate_key(2048, {"kid": "one"})
    client = desk.client()
    assert says(client, sign_in(client), "The sign-in by Example did not work.")


def test_a_token_that_nobody_signed_is_not_believed(desk: TestDesk, there: Provider) -> None:
    there.unsigned = True
    client = desk.client()
    assert says(client, sign_in(client), "The sign-in by Example did not work.")
    assert len(there.tokens) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "file:///etc/hostname"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
        {"token_endpoint": ""},
    ],
)
def test_a_provider_that_calls_itself_otherwise_or_leads_elsewhere_is_not_asked_on(
    desk: TestDesk, there: Provider, said: dict[str, str]
) -> None:
    there.about_itself = said
    client = desk.client()
    assert says(client, client.get("/desk/sign-in/provider"), "The sign-in by Example did not work.")


def test_keys_are_taken_from_where_the_provider_said_and_no_redirect_is_followed(
    desk: TestDesk, there: Provider
) -> None:
    there.moved = True
    client = desk.client()
    assert says(client, sign_in(client), "The sign-in by Example did not work.")


def test_what_the_provider_gave_stays_with_the_server(desk: TestDesk, there: Provider) -> None:
    client = desk.client()
    back = sign_in(client)
    [token] = there.tokens
    shown = [back, client.get("/desk/"), client.get("/desk/account/")]
    assert [answer.status_code for answer in shown] == [303, 200, 200]
    told = "".join(f"{answer.headers}{answer.text}" for answer in shown)
    cookie = client.get_cookie("desk", path="/desk")
    assert cookie is not None
    interface = desk.app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(desk.app)
    assert signer is not None
    told += str(signer.loads(cookie.value))
    assert not [part for part in token.split(".") if part in told]


def test_an_answer_that_was_asked_for_by_another_browser_or_before_leads_nowhere(desk: TestDesk) -> None:
    client, thief = desk.client(), desk.client()
    begun = thief.get("/desk/sign-in/provider").location or ""
    assert come_back(client, begun).location == "/desk/sign-in", "nobody is signed in as somebody else without knowing"
    client.get("/desk/sign-in/provider")
    assert says(client, come_back(client, begun), "The sign-in by Example did not work.")
    assert client.get("/desk/sign-in/provider/back?code=x&state=y").location == "/desk/sign-in"


def test_who_is_refused_there_or_finds_it_away_is_told_so(desk: TestDesk, there: Provider) -> None:
    client = desk.client()
    there.refuses = True
    assert says(client, sign_in(client), "The sign-in by Example did not work.")
    there.address = "http://127.0.0.1:9"
    assert says(client, client.get("/desk/sign-in/provider"), "The sign-in by Example did not work.")


def test_a_second_factor_is_asked_for_as_after_a_password(desk: TestDesk, there: Provider) -> None:
    key = set_up(desk, "kanat")
    client = desk.client()
    assert (sign_in(client).location or "").startswith("/desk/sign-in/code")
    assert client.get("/desk/").status_code == 303
    client.post("/desk/sign-in/code", data={"code": code_of(key)})
    assert client.get("/desk/").status_code == 200
    there.who = {"sub": "3", "email": "adil@example.org", "email_verified": True}
    assert sign_in(desk.client()).location == "/desk/second-factor"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example"])
def test_it_leads_back_to_this_site_alone(desk: TestDesk, elsewhere: str) -> None:
    location = sign_in(desk.client(), elsewhere).location or ""
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
