"""The delivered configuration once it has a certificate, by the steps of docs/deploying.md."""

import http.client
import ssl
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from bench.behind import DEPLOY, HOST, delivered, has_ipv6, listening, nginx
from tests.deploy.conftest import Deployment
from tests.deploy.deployed import ITEM, ROOT, ask, program, wait_for
from tests.processes import WITH_US, free_port

pytestmark = pytest.mark.postgresql

PROOF = "/.well-known/acme-challenge/proof"
CERTIFICATES = f"/etc/letsencrypt/live/{HOST}"


def certified(folder: Path) -> None:
    """Make a certificate for the host, where certbot would."""
    openssl = program("openssl", needed_for="nginx")
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    named = ["-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([openssl, "req", *made, *named, *files], check=True, capture_output=True)


def write_proof(folder: Path) -> None:
    proof = folder / f"certbot{PROOF}"
    proof.parent.mkdir(parents=True)
    proof.write_text("a proof")


def step_of_the_docs() -> list[str]:
    """Return the `sed` that docs/deploying.md and the file itself tell of, without the file's name."""
    line = "sed -i -e 's/^#tls//' -e '/# without TLS$/d' /etc/nginx/conf.d/tilmash.conf"
    assert line in (ROOT / "docs/deploying.md").read_text(encoding="utf-8")
    assert line in (DEPLOY / "nginx/tilmash.conf").read_text(encoding="utf-8")
    return ["sed", "-i", "-e", "s/^#tls//", "-e", "/# without TLS$/d"]


@pytest.fixture
def ports(deployment: Deployment, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Run another nginx over the same web processes; give its ports, without TLS and with."""
    certified(tmp_path)
    with free_port() as plain, free_port() as port:
        workers = [web.port for web in deployment.webs]
        file = tmp_path / "site.conf"
        file.write_text(delivered(tmp_path / "nginx", port=plain, workers=workers), encoding="utf-8")
        subprocess.run([*step_of_the_docs(), str(file)], check=True)
        site = file.read_text(encoding="utf-8")
        site = listening(site, 443, port).replace(CERTIFICATES, str(tmp_path))
        write_proof(tmp_path / "nginx")
        with nginx(tmp_path / "nginx", site, before=WITH_US):
            wait_for(plain, lambda: ask(plain, ITEM).status == 301, tmp_path / "nginx/error.log")
            yield plain, port


def test_a_site_with_a_certificate_is_read_by_tls_alone_and_says_so_to_browsers(
    ports: tuple[int, int], tmp_path: Path
) -> None:
    plain, port = ports
    led = ask(plain, ITEM)
    assert (led.status, led.headers["location"]) == (301, f"https://{HOST}{ITEM}")
    context = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    connection = _Connection(port, context)
    connection.request("GET", ITEM, headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Strict-Transport-Security")) == (200, "max-age=31536000")
    assert b"<h1>" in answer.read()
    connection.close()


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6")
def test_a_reader_whose_line_is_ipv6_is_answered_with_a_certificate_and_before_there_is_one(
    deployment: Deployment, ports: tuple[int, int], tmp_path: Path
) -> None:
    context = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    asked = {
        200: [http.client.HTTPConnection("::1", deployment.port), _Connection(ports[1], context, address="::1")],
        301: [http.client.HTTPConnection("::1", ports[0])],
    }
    for status, connections in asked.items():
        for connection in connections:
            with closing(connection):
                connection.request("GET", ITEM, headers={"Host": HOST})
                assert connection.getresponse().status == status


def test_who_asks_by_tls_for_another_host_is_shown_no_certificate(ports: tuple[int, int], tmp_path: Path) -> None:
    context = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        _Connection(ports[1], context, host="other.example.org").connect()


def test_certbot_can_show_whose_host_it_is_before_there_is_a_certificate_and_after(
    deployment: Deployment, ports: tuple[int, int]
) -> None:
    write_proof(deployment.place.root / "nginx")
    for port in (deployment.port, ports[0]):
        assert ask(port, PROOF).body == b"a proof"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_an_old_version_of_tls_is_refused(ports: tuple[int, int], tmp_path: Path, version: ssl.TLSVersion) -> None:
    context = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    context.set_ciphers("DEFAULT@SECLEVEL=0")  # so that it is the server who refuses
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
        _Connection(ports[1], context).connect()


def test_tls_1_2_goes_by_ciphers_that_keep_secrets_of_the_past_and_prove_each_byte(
    ports: tuple[int, int], tmp_path: Path
) -> None:
    """RFC 9325, 4.2: ephemeral keys and authenticated encryption; each other kind that OpenSSL knows is refused."""
    for ciphers, taken in (("ECDHE+AESGCM", True), ("kRSA", False), ("ECDHE+SHA1:ECDHE+SHA256:ECDHE+SHA384", False)):
        context = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(f"{ciphers}:!AESGCM:!CHACHA20:!AESCCM@SECLEVEL=0" if not taken else ciphers)
        refused = nullcontext() if taken else pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE")
        with closing(_Connection(ports[1], context)) as connection, refused:
            connection.connect()


class _Connection(http.client.HTTPSConnection):
    """A connection to this machine that names the host, as a browser does whose DNS leads here."""

    def __init__(self, port: int, context: ssl.SSLContext, *, host: str = HOST, address: str = "127.0.0.1") -> None:
        super().__init__(address, port, context=context, timeout=30)
        self._named, self._tls = host, context

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._named)
