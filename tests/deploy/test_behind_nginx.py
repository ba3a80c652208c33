"""The delivered configuration at work: nginx, two web processes, PostgreSQL."""

import gzip
import http.client
import re
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import count
from threading import Event
from urllib.parse import quote

import brotli
import pytest

from bench.behind import HOST
from tests.deploy.conftest import Deployment
from tests.deploy.deployed import ITEM, Answer, ask, published, seen_last, titled
from tests.trees import FOLDER

pytestmark = pytest.mark.postgresql

THREADS = 4  # of a web process: so many answers it can hold when it dies
READ = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


def test_what_is_published_shows_at_every_worker_and_through_nginx_within_a_second(deployment: Deployment) -> None:
    """Whenever in a second it is published, and while readers ask all the time, so that nginx always holds the page."""
    ports = [deployment.port, *(web.port for web in deployment.webs)]
    title = "Title at first"
    published(deployment.place, title)
    Event().wait(1.0)
    with ThreadPoolExecutor(len(ports)) as readers:
        for offset in (0.0, 0.13, 0.31, 0.48, 0.66, 0.83, 0.97):
            before, title = title, f"Title at {offset}"
            reading = [readers.submit(seen_last, port, title, before=before) for port in ports]
            Event().wait((offset - time.time()) % 1.0 + 1.0)  # for a second at least nginx has been asked
            since = published(deployment.place, title)
            late = [task.result() - since for task in reading]
            assert max(late) < 1.0, late


def test_after_a_quiet_time_nobody_is_shown_what_was_before_it(deployment: Deployment) -> None:
    """Nginx would show the first visitor what it had, were it let."""
    assert ask(deployment.port, ITEM).status == 200
    published(deployment.place, "Before the quiet time")
    Event().wait(1.0)  # the quiet time itself
    assert b"<h1>Before the quiet time</h1>" in ask(deployment.port, ITEM).body


def test_who_comes_while_a_page_is_asked_for_is_shown_what_was_there(deployment: Deployment) -> None:
    """A page that many read is asked for once: nobody but the first waits for a web process, here one that hangs."""
    path = f"{ITEM}?hanging"

    def answered_at_once() -> bool:
        before = ask(deployment.port, path)
        Event().wait(1.05 - time.time() % 1.0)  # into the second after that in which nginx was told
        for web in deployment.webs:
            web.hang()
        try:
            with ThreadPoolExecutor(2) as readers:
                first = readers.submit(ask, deployment.port, path)
                Event().wait(0.1)
                second = readers.submit(ask, deployment.port, path)
                done = wait({first, second}, timeout=1.0, return_when=FIRST_COMPLETED).done
                for web in deployment.webs:
                    web.go_on()
                assert first.result().body == second.result().body == before.body
                return done == {second}
        finally:
            for web in deployment.webs:
                web.go_on()

    assert any(answered_at_once() for _ in range(5)), "on a machine in a hurry, once of five times"


def test_a_worker_that_dies_under_load_is_no_readers_business(deployment: Deployment) -> None:
    """Each request has an address that nginx does not know yet, and a connection of its own."""
    right, number, stopped = ask(deployment.webs[1].port, ITEM).body, count(), Event()
    found: Counter[str] = Counter()

    def read() -> None:
        while not stopped.is_set():
            try:
                answer = ask(deployment.port, f"{ITEM}?visit={next(number)}")
            except http.client.IncompleteRead:
                found["cut off"] += 1  # the dying worker had sent a part of it
            else:
                found["right" if (answer.status, answer.body) == (200, right) else f"{answer.status}"] += 1

    def served(more: int) -> None:
        wanted = found["right"] + more
        while found["right"] < wanted and not any(task.done() for task in tasks):
            Event().wait(0.01)

    with ThreadPoolExecutor(THREADS) as readers:
        tasks = [readers.submit(read) for _ in range(THREADS)]
        try:
            served(200)
            deployment.webs[0].kill()
            served(400)
            assert ask(deployment.port, "/views/1?locale=en", method="POST").status == 200
            deployment.webs[0].start()
            served(200)
        finally:
            stopped.set()
        for task in tasks:
            task.result()
    assert found.pop("cut off", 0) <= THREADS
    assert set(found) == {"right"}


@pytest.mark.parametrize("accepted", ["", "gzip", "gzip, deflate, br", "br;q=0, gzip", "br;q=0.0,gzip;q=0", "deflate"])
def test_each_browser_gets_a_coding_that_it_reads(deployment: Deployment, accepted: str) -> None:
    plain = ask(deployment.port, ITEM)
    for path in (ITEM, stylesheet(plain)):
        expected = ask(deployment.port, path)
        for _ in range(2):
            answer = ask(deployment.port, path, headers={"Accept-Encoding": accepted})
            coding = answer.headers.get("content-encoding", "")
            wished = "br" if accepted.endswith("br") else "gzip" if accepted in {"gzip", "br;q=0, gzip"} else ""
            assert coding == wished
            assert READ[coding](answer.body) == expected.body
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert answer.headers["etag"] == expected.headers["etag"]


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
@pytest.mark.parametrize(
    "path",
    [ITEM, "/en/", "/en/search?q=title", "/en/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "style"],
)
def test_what_caches_may_keep_says_once_that_it_differs_by_coding(
    deployment: Deployment, path: str, coding: str
) -> None:
    address = stylesheet(ask(deployment.port, ITEM)) if path == "style" else path
    for _ in range(2):
        with closing(http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=30)) as connection:
            connection.request("GET", address, headers={"Host": HOST, "Accept-Encoding": coding})
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
            said = ",".join(answer.msg.get_all("Vary", []))
        assert [name.strip().lower() for name in said.split(",")].count("accept-encoding") == 1


def stylesheet(page: Answer) -> str:
    found = re.search(rb'<link rel="stylesheet" href="([^"]+)"', page.body)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize("path", [ITEM, "/", "/en/", "/en/news/", "/en/feed.atom", "/now", "/en/nowhere", "/healthz"])
def test_what_comes_through_nginx_is_secured_by_the_application_and_sets_no_cookie(
    deployment: Deployment, path: str
) -> None:
    direct, through = ask(deployment.webs[0].port, path), ask(deployment.port, path)
    assert through.status == direct.status
    assert "set-cookie" not in through.headers
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "cache-control"):
        assert through.headers[name] == direct.headers[name]


def test_a_question_of_ten_thousand_letters_is_answered_by_every_worker_and_through_nginx(
    deployment: Deployment,
) -> None:
    question = f"search?q={quote('сұрақ ' + 'қ' * 9994)}"
    for port in (deployment.port, *(web.port for web in deployment.webs)):
        answer = ask(port, f"/en/{question}")
        assert answer.status == 200
        assert "сұрақ".encode() in answer.body
        assert ask(port, f"/EN/{question}").headers["location"] == "/en/search"
        assert ask(port, f"/EN/{'a' * 60_000}").status == 404


def test_nginx_keeps_one_sitemap_whatever_is_asked_behind_it(deployment: Deployment) -> None:
    before = ask(deployment.port, "/sitemap-1.xml").body
    assert b"/en/news/opening<" in before
    place = deployment.place
    place.write(f"content/{FOLDER}/en.md", titled("Elsewhere").replace("slug: opening", "slug: opened"))
    place.sync()
    for port in (deployment.port, *(web.port for web in deployment.webs)):
        body = ask(port, "/sitemap-1.xml?x").body
        assert (body == before) == (port == deployment.port)
    published(place, "Here again")


def test_who_holds_a_page_is_told_so_by_nginx_as_well(deployment: Deployment) -> None:
    held = ask(deployment.port, ITEM).headers["etag"]
    answer = ask(deployment.port, ITEM, headers={"If-None-Match": held})
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/now"])
def test_what_differs_from_reader_to_reader_is_not_kept(deployment: Deployment, path: str) -> None:
    answers = [ask(deployment.port, path, headers={"Accept-Language": tag}) for tag in ("ru", "ky")]
    if path == "/":
        assert [answer.headers["location"] for answer in answers] == ["/ru/", "/ky/"]
    assert {answer.headers["cache-control"].rpartition(" ")[2] for answer in answers} == {"no-store"}


def test_the_desk_is_kept_nowhere_and_takes_what_is_as_large_as_photos(deployment: Deployment) -> None:
    """What is refused here is refused by the desk itself, which gives back what was typed; nginx would not."""
    page = ask(deployment.port, "/desk/sign-in")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert "path=/desk" in page.headers["set-cookie"].lower()
    connection = http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=60)
    with closing(connection):
        form = {"Host": HOST, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/desk/new", body=b"body=" + b"x" * 2_000_000, headers=form)
        answer = connection.getresponse()
        assert answer.status in {400, 401}
        assert b"/static/" in answer.read(), "a page of the desk"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "news.example.org.evil.example"])
def test_another_host_is_refused_without_a_word(deployment: Deployment, host: str) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask(deployment.port, ITEM, host=host)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask(deployment.port, ITEM, method="POST", host=host, headers={"Content-Length": "2000000"})
    assert ask(deployment.port, "/en/").status == 200


def test_what_a_reader_says_of_another_host_is_not_passed_on(deployment: Deployment) -> None:
    answer = ask(deployment.port, f"{ITEM}?forwarded", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in answer.body


@pytest.mark.parametrize(
    "path",
    ["/en/search?q={}", "/sitemap-1.xml?{}", "/en/news/?older={}", "/en/news/?%6Flder={}", f"{ITEM}?{'x' * 501}{{}}"],
)
def test_who_asks_for_ever_more_that_has_to_be_made_is_slowed_down(deployment: Deployment, path: str) -> None:
    with ThreadPoolExecutor(20) as readers:  # on a slow machine one alone asks for no more than is allowed
        answers = list(readers.map(lambda number: ask(deployment.port, path.format(number)), range(200)))
    assert 429 in {answer.status for answer in answers}


@pytest.mark.parametrize("path", [ITEM, f"{ITEM}?from=mail", "/en/news/"])
def test_who_reads_much_is_not_slowed_down(deployment: Deployment, path: str) -> None:
    assert {ask(deployment.port, path).status for _ in range(200)} == {200}


@pytest.mark.parametrize("kind", ["preview", "link", "notices/stop"])
def test_an_address_that_is_a_key_stands_in_no_log(deployment: Deployment, kind: str) -> None:
    key, root = f"a-key-of-{kind.partition('/')[0]}", deployment.place.root
    for path in (f"/desk/{kind}/{key}", f"/desk/{kind}/{key}?language=ru", f"//desk//{kind}//{key}/media/x.webp"):
        assert ask(deployment.port, path).status in {301, 404}
    assert ask(deployment.port, ITEM, headers={"Referer": f"http://{HOST}/desk/{kind}/{key}"}).status == 200
    logs = [root / "nginx/access.log", root / "nginx/error.log", *root.glob("web-*.log")]
    told = [line for log in logs for line in log.read_text().splitlines()]
    assert [line for line in told if key in line] == []
    assert any(f"GET /desk/{kind}/... HTTP/1.1" in line for line in told), "that somebody asked is told"
