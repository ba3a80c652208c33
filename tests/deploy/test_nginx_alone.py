"""The delivered nginx where no web process is there to answer, and where one answers with an error itself."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree.ElementTree import Element

import html5lib
import pytest

from bench.behind import DEPLOY, HOST, delivered, nginx
from tests.deploy.deployed import ITEM, Answer, ask, wait_for
from tests.journeys.sample_site import LOCALES
from tests.processes import WITH_US, free_port

PAGE = DEPLOY / "nginx/tilmash-unavailable.html"
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@contextmanager
def before(folder: Path, workers: list[int]) -> Iterator[int]:
    with free_port() as port, nginx(folder, delivered(folder, port=port, workers=workers), before=WITH_US):
        wait_for(port, lambda: ask(port, "/en/404").status > 0, folder / "error.log")
        yield port


@pytest.fixture
def alone(needs_nginx: None, tmp_path: Path) -> Iterator[int]:
    """Run nginx over ports where nobody listens."""
    with ExitStack() as stack:
        workers = [stack.enter_context(free_port()) for _ in range(2)]
        yield stack.enter_context(before(tmp_path / "nginx", workers))


def is_ours(answer: Answer, *, status: int, retry: str | None) -> None:
    assert (answer.status, answer.body) == (status, PAGE.read_bytes())
    told = {
        "content-type": "text/html; charset=utf-8",
        "retry-after": retry,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": POLICY,
    }
    assert {name: answer.headers.get(name) for name in told} == told


@pytest.mark.parametrize("path", [ITEM, "/", "/en/search?q=a", "/sitemap.xml", "/media/ab/photo.jpg", "/healthz"])
def test_a_reader_is_told_in_every_language_to_come_again_while_no_web_process_runs(alone: int, path: str) -> None:
    is_ours(ask(alone, path), status=502, retry="60")


def test_what_is_too_large_or_too_much_is_refused_by_the_same_page(alone: int) -> None:
    is_ours(ask(alone, ITEM, method="POST", headers={"Content-Length": "70000"}), status=413, retry=None)
    is_ours(ask(alone, f"/{'a' * 65_600}"), status=414, retry=None)
    answers = [ask(alone, f"/en/search?q={number}") for number in range(100)]
    is_ours(next(answer for answer in answers if answer.status == 429), status=429, retry="60")


@pytest.mark.parametrize("status", [413, 414])
def test_who_is_refused_in_the_middle_of_what_they_send_reads_why(alone: int, status: int) -> None:
    address = ITEM if status == 413 else f"/{'a' * 65_600}"
    asked = f"POST {address} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 70000\r\n\r\n".encode() + 70_000 * b"."
    for _ in range(25):
        with socket.create_connection(("127.0.0.1", alone), timeout=30) as line:
            line.sendall(asked[:65_560])
            line.sendall(asked[65_560:])
            assert line.recv(12) == b"HTTP/1.1 %d" % status


def test_the_page_of_nginx_speaks_each_language_in_valid_html_without_script_or_style() -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(PAGE.read_text(encoding="utf-8"))
    spoken = [tree.get("lang"), *(text.get("lang") for text in tree.iterfind(".//main/p[@lang]"))]
    assert sorted(map(str, spoken)) == sorted(LOCALES)
    assert {element.tag for element in tree.iter()} == {"html", "head", "meta", "title", "body", "main", "h1", "p"}
    assert not any(name == "style" or name.startswith("on") for element in tree.iter() for name in element.attrib)


class _Erring(BaseHTTPRequestHandler):
    """A web process that answers with the status that the address ends with."""

    def do_GET(self) -> None:
        body = b"the application's own page"
        self.send_response(int(self.path[-3:]))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "5")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("status", [404, 410, 413, 429, 500, 502, 503, 504])
def test_an_error_that_the_application_answers_reaches_the_reader_as_it_is(
    needs_nginx: None, tmp_path: Path, status: int
) -> None:
    with ExitStack() as stack:
        workers = [stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), _Erring)) for _ in range(2)]
        for worker in workers:
            Thread(target=worker.serve_forever, daemon=True).start()
            stack.callback(worker.shutdown)
        port = stack.enter_context(before(tmp_path / "nginx", [worker.server_port for worker in workers]))
        answer = ask(port, f"/en/{status}")
    assert (answer.status, answer.body) == (status, b"the application's own page")
    assert answer.headers["retry-after"] == "5"
    assert "content-security-policy" not in answer.headers


def test_an_address_that_is_a_key_stands_in_no_log_where_no_web_process_answers(alone: int, tmp_path: Path) -> None:
    is_ours(ask(alone, "/desk/preview/a-key"), status=502, retry="60")
    told = "".join((tmp_path / "nginx" / name).read_text() for name in ("access.log", "error.log"))
    assert "a-key" not in told
    assert '"GET /desk/preview/... HTTP/1.1" 502' in told
