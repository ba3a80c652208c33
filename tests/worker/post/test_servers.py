"""Mail servers: who is given the password, which settings can be used, and which addresses they know."""

import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import update

from app.config import MailServer, Settings
from app.storage.accounts import DbAccount
from tests.mail import ServerOptions, mail_server
from tests.trees import Place
from tests.worker.post.office import let_time_pass, office, tell, works


class Door:
    """Who may send, and how they said so."""

    def __init__(self) -> None:
        self.came: list[tuple[bytes, bytes]] = []

    def __call__(self, _server: object, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.came.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate of this machine that it trusts."""
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "pem")]
    subprocess.run(["openssl", "req", *made, *named], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "pem", tmp_path / "key")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pem"))
    return context


def test_a_password_is_given_to_a_server_whose_certificate_is_good_and_by_tls_alone(
    place: Place, certificate: ssl.SSLContext
) -> None:
    tell(place)
    door = Door()
    options = ServerOptions(tls_context=certificate, authenticator=door, auth_required=True, require_starttls=True)
    with mail_server(options) as box:
        assert office(place, box.address.replace("//", "//desk:p%40ss@")).look() == 1
    assert door.came == [(b"desk", b"p@ss")]


@pytest.mark.parametrize("server", ["has no TLS", "has a certificate of nobody's"])
def test_a_password_is_not_said_to_a_server_that_others_may_overhear(
    place: Place, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    tell(place)
    door = Door()
    options = ServerOptions(authenticator=door, auth_require_tls=False)
    if "certificate" in server:
        monkeypatch.delenv("SSL_CERT_FILE")
        options["tls_context"] = certificate
    with mail_server(options) as box:
        assert office(place, box.address.replace("//", "//desk:p%40ss@")).look() == 0
        assert (box.raw, door.came) == ([], [])
    assert [work.refusal for work in works(place)] == [""], "it is tried again"


def test_a_password_is_in_no_settings_that_are_printed() -> None:
    mail = office_settings("smtps://desk:secret@mail.example.org")
    assert mail is not None
    assert "secret" not in repr(mail)
    assert (mail.port, mail.tls, replace(mail, password="").user) == (465, True, "desk")


def office_settings(server: str, sender: str = "Desk <desk@example.org>") -> MailServer | None:
    return Settings.from_environment({"TILMASH_SMTP": server, "TILMASH_MAIL_FROM": sender}).mail


@pytest.mark.parametrize(
    ("server", "sender"),
    [
        ("http://user:secret@mail.example.org", "desk@example.org"),
        ("smtp://", "desk@example.org"),
        ("smtp://user:secret@mail.example.org:port", "desk@example.org"),
        ("smtp://user:secret@mail.example.org", "desk"),
        ("smtp://user:secret@mail.example.org", "desk@example.org\nBcc: all@example.org"),
    ],
)
def test_settings_that_cannot_be_used_are_said_at_the_start_without_the_password(server: str, sender: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_SMTP is as in") as refused:
        office_settings(server, sender)
    assert "secret" not in str(refused.value)


def test_without_both_settings_there_is_no_mail() -> None:
    assert office_settings("", "desk@example.org") is None
    assert office_settings("smtp://mail.example.org", "") is None


def test_a_server_that_does_not_know_other_letters_is_not_given_such_an_address(place: Place) -> None:
    tell(place)
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(email="рита@example.org"))
    with mail_server({"enable_SMTPUTF8": False}) as box:
        assert office(place, box.address).look() == 0
    let_time_pass(place)
    with mail_server({"enable_SMTPUTF8": True}) as box:
        assert office(place, box.address).look() == 1
        assert box.recipients == [["рита@example.org"]]
