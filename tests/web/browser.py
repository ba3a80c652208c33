"""Debian's chromium for tests, and a site under a real address for it to look at."""

import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from tests.databases import required

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Debian's, the quickest first: without what only a window needs a page takes a third of the time."""

_ARGUMENTS = [
    "--no-sandbox",  # tests run as root in containers, and open nothing but our own pages
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)

SHIFTS = """
const named = (node) => node && (node.nodeName + "." + ((node.className ?? node.parentNode?.className) || ""));
const place = ({ x, y, width, height }) => [x, y, width, height].map((length) => Math.round(length * 10) / 10).join();
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) window.shifts.push([
    value, ...sources.map((one) => [named(one.node), place(one.previousRect), place(one.currentRect)].join(" "))]);
}).observe({ type: "layout-shift", buffered: true });
"""
"""An init script: what has moved on a page, by how much, from where to where, is in `window.shifts`."""


def chromium_or_skip() -> Path:
    """Return where chromium is; skip without it, or fail where `TILMASH_REQUIRE` names the browser."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        if required("browser"):
            pytest.fail("TILMASH_REQUIRE names the browser, and there is no chromium")
        pytest.skip("no chromium")
    return Path(found)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser without a window."""
    path = chromium_or_skip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


def _at_once(app: Flask, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with all of it: this server leaves the file of an answer open when a browser cuts the line."""
    answer = app(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        if hasattr(answer, "close"):
            answer.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine; give its address."""
    server = make_server("127.0.0.1", 0, partial(_at_once, app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def axe_finds(page: Page) -> list[str]:
    """What axe finds wrong with a page as it stands: each rule with the beginning of what breaks it.

    A page that a press leads to is read from its first line on; half of it has no heading yet.
    """
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
