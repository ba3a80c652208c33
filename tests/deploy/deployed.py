"""A deployment on one machine: PostgreSQL, web processes as the delivered unit starts them, and the delivered nginx."""

import http.client
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.behind import DEPLOY, HOST
from tests.databases import required
from tests.processes import WITH_US, moments
from tests.trees import FOLDER, SITE, Place, article

ROOT = Path(__file__).parents[2]
ITEM = "/en/news/opening"
PATIENCE = 60.0  # seconds until something that was started answers; no promise


def program(name: str, *, needed_for: str) -> str:
    """Return where a program is; without it the test is skipped on a laptop and fails where it is required."""
    found = shutil.which(name)
    if found is None and required(needed_for):
        pytest.fail(f"TILMASH_REQUIRE names {needed_for}, and there is no {name}")
    if found is None:
        pytest.skip(f"no {name}")
    return found


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str, *, method: str = "GET", host: str = HOST, headers: dict[str, str] | None = None
) -> Answer:
    """Ask on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"Host": host, "Accept-Encoding": "identity", **(headers or {})})
        answer = connection.getresponse()
        return Answer(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
    finally:
        connection.close()


def titled(title: str) -> str:
    return article(title, *["The centre opens, and all are invited."] * 40, slug="opening")


def begun(place: Place) -> None:
    """Publish one item, on a site that knows its address."""
    place.write("content/site.toml", SITE.replace("seat =", f'url = "http://{HOST}"\nseat ='))
    place.item(en=titled("Title 0"))
    place.sync()
    assert place.problems() == []


def published(place: Place, title: str) -> float:
    """Publish another title; return when that was done."""
    place.write(f"content/{FOLDER}/en.md", titled(title))
    place.sync()
    assert place.problems() == []
    return time.monotonic()


def command_of(unit: str, instance: int) -> list[str]:
    """Return what a delivered unit starts, by the Python of the tests."""
    lines = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    (started,) = (line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart="))
    program, *words = shlex.split(started.replace("%i", str(instance)))
    assert program == "/srv/tilmash/.venv/bin/python"
    return [sys.executable, *words]


class Web:
    """One `tilmash-web@PORT.service`: it can be killed, and is started again."""

    def __init__(self, place: Place, port: int) -> None:
        self.port = port
        self._log = place.root / f"web-{port}.log"
        self._environment = {
            **os.environ,
            "TILMASH_DATA": str(place.settings.data),
            "TILMASH_CONTENT": str(place.settings.content),
            "TILMASH_TRANSLATIONS": str(place.settings.translations),
            "TILMASH_HOSTS": HOST,
            "DATABASE_URL": place.url,
        }
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*WITH_US, *command_of("tilmash-web@.service", self.port)],
                cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_for(self.port, lambda: ask(self.port, "/healthz").status == 200, self._log)

    def kill(self) -> None:
        """Let it and its children end without a word, as for want of memory."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)

    def hang(self) -> None:
        """Let it do nothing, as on a machine that is out of breath."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.killpg(self._process.pid, signal.SIGCONT)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)


def wait_for(port: int, answers: Callable[[], bool], log: Path) -> None:
    for _ in moments(PATIENCE):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and answers():
                return
    pytest.fail(f"nothing answers on {port}\n{log.read_text() if log.exists() else ''}")


def seen_last(port: int, title: str, *, before: str) -> float:
    """Ask again and again until this title is shown; return when the last visit began that was shown the one before."""
    last = time.monotonic()
    for _ in moments(PATIENCE):
        visit = time.monotonic()
        body = ask(port, ITEM).body
        if f"<h1>{title}</h1>".encode() in body:
            return last
        assert f"<h1>{before}</h1>".encode() in body
        last = visit
    pytest.fail(f"port {port} never showed {title!r}")
