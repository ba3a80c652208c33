"""`tilmash serve` as people run it: one command, and whatever they save is on the page a moment later."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.databases import on_sqlite, required
from tests.processes import WITH_US, free_port, moments
from tests.trees import FOLDER, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
PO = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Tilmash-Status: published\\n"

msgid "News"
msgstr "News of the centre"
"""
CATALOGUE = "translations/en/LC_MESSAGES/messages.po"


class Served:
    """A running site over a tree of its own."""

    def __init__(self, place: Place, port: int) -> None:
        self.place, self.port = place, port
        self.log = place.root / "log"
        environment = {
            **os.environ,
            "TILMASH_DATA": str(place.settings.data),
            "TILMASH_CONTENT": str(place.settings.content),
            "TILMASH_TRANSLATIONS": str(place.settings.translations),
            "DATABASE_URL": place.url,
        }
        command = [*WITH_US, sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def eventually(self, holds: Callable[[], bool], what: str) -> None:
        """Ask until it holds; a minute is for the slowest machine, and no promise."""
        for _ in moments(60):
            try:
                if holds():
                    return
            except OSError:
                pass  # not listening yet
            assert self.process.poll() is None, self.log.read_text()
        pytest.fail(f"{what}\n{self.log.read_text()}")

    def shows(self, path: str, words: str) -> None:
        self.eventually(lambda: words in self.get(path)[1], f"{path} does not show {words!r}")

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def worker(self) -> int:
        """Return the process number of its worker, 0 while there is none."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = stat.read_text().rpartition(")")[2].split()[1]
                words = stat.with_name("cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            if int(parent) == self.process.pid and b"worker" in words:
                return int(stat.parent.name)
        return 0


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[Served]:
    place = Place(tmp_path, database_url)
    place.item(en=EN)
    place.write(CATALOGUE, PO)
    place.database.dispose()
    with free_port() as port:
        served = Served(place, port)
        yield served
        if served.process.poll() is None:
            served.process.send_signal(signal.SIGTERM)
            assert served.process.wait(30) == 0
        assert any(not served.listens() for _ in moments(60)), "something outlived the parent"


@on_sqlite
def test_a_question_of_ten_thousand_letters_is_answered(served: Served) -> None:
    served.eventually(lambda: served.get("/healthz")[0] == 200, "it never became ready")
    status, page = served.get(f"/en/search?q={quote('сұрақ ' + 'қ' * 9994)}")
    assert (status, "сұрақ" in page) == (200, True)
    assert served.get(f"/en/search?q={'x' * 2**16}")[0] == 414, "and there is an end to it"


def test_what_is_saved_in_an_editor_is_on_the_page_without_a_restart(served: Served) -> None:
    place = served.place
    served.eventually(lambda: served.get("/healthz")[0] == 200, "it never became ready")
    served.eventually(lambda: f"http://127.0.0.1:{served.port}/" in served.log.read_text(), "it says no address")
    assert "The centre opens." in served.get("/en/news/opening")[1]
    for name, value in {
        "Script_Name": "/elsewhere",
        "Path_Info": "/en/nowhere",
        "X-Forwarded-Host": "evil.example",
    }.items():
        status, page = served.get("/en/news/opening", **{name: value})
        assert (status, "The centre opens." in page, "evil.example" in page) == (200, True, False), name
    assert "News of the centre" in served.get("/en/news/")[1]

    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens today."))
    served.shows("/en/news/opening", "The centre opens today.")

    place.write(CATALOGUE, PO.replace("News of the centre", "What is new"))
    served.shows("/en/news/", "What is new")

    place.write(CATALOGUE, PO.replace("nplurals=2; plural=(n != 1)", "nplurals=2; plural=(n/0)"))
    served.eventually(lambda: f"{CATALOGUE}:7: " in served.log.read_text(), "the report names no line")
    assert "What is new" in served.get("/en/news/")[1], "the last good catalogue stays"

    second = article("Second", "A folder was dropped in.", slug="second")
    place.write("content/news/2026-02-02-second/en.md", second)
    place.write("content/news/2026-02-02-second/item.toml", 'date = 2026-02-02T10:00:00+05:00\nsource = "en"\n')
    served.shows("/en/news/", "Second")
    assert "A folder was dropped in." in served.get("/en/news/second")[1]


def test_the_first_start_prints_one_link_for_the_administrator_and_the_second_none(served: Served) -> None:
    said = re.compile(rf"http://127\.0\.0\.1:{served.port}(/desk/link/[\w-]{{43}})$", re.MULTILINE)
    served.eventually(lambda: said.search(served.log.read_text()) is not None, "it prints no link")
    links = said.findall(served.log.read_text())
    assert len(links) == 1
    status, page = served.get(links[0])
    assert status == 200
    assert 'name="full_name"' in page
    assert 'name="email"' in page
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(30) == 0
    again = Served(served.place, served.port)
    again.eventually(lambda: "Tilmash serves" in again.log.read_text(), "it never became ready")
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(30) == 0
    assert "/desk/link/" not in again.log.read_text()


@on_sqlite
def test_an_address_that_is_taken_is_said_in_one_line(served: Served) -> None:
    served.eventually(served.listens, "it never became ready")
    command = [sys.executable, "-m", "app", "serve", "--port", str(served.port)]
    done = subprocess.run(command, cwd=served.place.root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"127.0.0.1:{served.port} cannot be served on (Address already")


@on_sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a child is not told that its parent was killed")
def test_nothing_outlives_a_parent_that_was_killed_outright(served: Served) -> None:
    served.eventually(lambda: f"http://127.0.0.1:{served.port}/" in served.log.read_text(), "it says no address")
    worker = served.worker()
    assert worker
    served.process.kill()
    served.process.wait(30)
    assert any(not Path(f"/proc/{worker}").exists() for _ in moments(60))


@pytest.mark.skipif(not WITH_US and not required("setpriv"), reason="there is no setpriv")
def test_what_tests_start_ends_with_them_also_when_they_are_killed_outright() -> None:
    assert WITH_US, "TILMASH_REQUIRE names setpriv, and there is none"
    started = [*WITH_US, sys.executable, "-c", "import time; print('here', flush=True); time.sleep(300)"]
    tests = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess; subprocess.run({started!r})"], stdout=subprocess.PIPE
    )
    assert tests.stdout is not None
    assert tests.stdout.readline() == b"here\n"
    tests.kill()
    assert tests.communicate(timeout=60)[0] == b"", "nobody holds the other end any more"


@on_sqlite
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell of its processes so")
def test_a_worker_that_dies_takes_no_page_with_it_and_is_started_again(served: Served) -> None:
    served.eventually(lambda: f"http://127.0.0.1:{served.port}/" in served.log.read_text(), "it says no address")
    os.kill(served.worker(), signal.SIGKILL)
    served.eventually(lambda: "the worker ended with status -9" in served.log.read_text(), "nobody says it ended")
    assert "The centre opens." in served.get("/en/news/opening")[1]
    served.place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens today."))
    served.shows("/en/news/opening", "The centre opens today.")
