"""The site as people run it, over a copy of the sample content, and a reader's browser that hides no complaint."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.processes import WITH_US, moments
from tests.sample import ROOT, environment_of

LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
ITEM = "/en/news/caricc-and-sco-secretariat-sign-memorandum"
"""In all languages, with four photos."""
ONE_LANGUAGE = "/en/news/how-we-read-our-own-numbers"
WAYS = ("archive/", "archive/2026/", "archive/2026/03/", "tags/", "tags/cooperation/", "search?q=2026")
"""Below each language: the other ways through the news."""
NOWHERE = "nowhere"
"""The last part of an address that answers 404 on purpose."""
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""What a person's browser says; a browser without a window calls itself one, and isn't counted as a reader."""


def as_it_is(tree: Path) -> None:
    """Add nothing to the sample content."""


class Site:
    """`tilmash serve` on a port that is free, over a copy of the sample below `root`.

    `prepare` changes the two folders of the tree before it begins, `settings` are further ones of the environment.
    """

    def __init__(
        self,
        root: Path,
        port: int,
        sample: Path,
        prepare: Callable[[Path], None] = as_it_is,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.root, self.log = root, root / "log"
        shutil.copytree(sample, root, dirs_exist_ok=True)
        prepare(root)
        self.address = f"http://127.0.0.1:{port}"
        command = [*WITH_US, sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                env={**environment_of(root), **settings},
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )

    def healthy(self) -> bool:
        """Tell whether pages can be served; False while nobody listens."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer:  # noqa: S310  # our own address
                return bool(answer.status == 200)
        except OSError:
            return False

    def eventually(self, holds: Callable[[], bool], what: str) -> None:
        """Ask until it holds; two minutes are for the slowest machine, and no promise."""
        for _ in moments(120):
            assert self.process.poll() is None, self.log.read_text()
            if holds():
                return
        pytest.fail(f"{what}\n{self.log.read_text()}")

    def replace(self, path: str, old: str, new: str) -> None:
        """Save a file of the tree as an editor does, with one word changed."""
        file = self.root / path
        text = file.read_text()
        assert text.count(old) == 1, (path, old)
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(text.replace(old, new))
        fresh.replace(file)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)  # the group that it began, and nobody else
            raise
        assert status == 0, self.log.read_text()


class Complaints:
    """All that a browser finds wrong with the pages of a context."""

    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda wrong: self.heard.append(str(wrong.error)))
        context.on("requestfailed", self._failed)

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.location["url"].endswith(f"/{NOWHERE}"):
            self.heard.append(f"{said.location['url']}: {said.text}")

    def _failed(self, request: Request) -> None:
        # A reader who leads the browser to another page breaks off what the last one still asked for.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"{request.url}: {request.failure}")


def translated(page: Page, path: str, locale: str) -> str:
    """Where the language switch leads from a page."""
    page.goto(path)
    link = page.locator(f".foot-languages a[hreflang='{locale}']").get_attribute("href")
    assert link is not None
    return link
