"""What a reader's page costs: requests a second over one connection each, against a bare Flask answer of its bytes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench import corpus
from bench.runs import Ratio, environment, paired, seconds, tilmash

BARE = """
import os
from pathlib import Path
from flask import Flask

app = Flask(__name__)
BODY = Path(os.environ["BENCH_BODY"]).read_bytes()

@app.get("/")
def answer():
    return BODY
"""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def served(application: str, env: Mapping[str, str], cwd: Path) -> Iterator[int]:
    """Serve an application by gunicorn with one worker of four threads; give the port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--threads", "4", "--worker-class", "gthread", "--keep-alive", "60", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=cwd)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


class Client:
    """Asks one address again and again over a connection that is kept."""

    def __init__(self, port: int, path: str, headers: Mapping[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.path, self.headers = path, dict(headers or {})
        self.body, self.status, self.etag = b"", 0, ""

    def ask(self, times: int) -> float:
        """Return the seconds that so many requests take."""

        def work() -> None:
            for _ in range(times):
                self.connection.request("GET", self.path, headers=self.headers)
                answer = self.connection.getresponse()
                self.body, self.status, self.etag = answer.read(), answer.status, answer.getheader("ETag") or ""

        return seconds(work)


def speed(*, items: int, requests: int, pairs: int) -> Iterator[Ratio]:
    """Yield item page, news list and *not modified* as shares of the bare answer's requests a second."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus.write(root, items=items)
        env = environment(root, root / "data")
        tilmash("sync", env=env)
        (root / "bare.py").write_text(BARE)
        here = Path(__file__).parent.parent
        with served("app.factory:application()", env, here) as port:
            for what, path in (("item page", "/kk/news/item-0-kk"), ("news list", "/kk/news/")):
                client = Client(port, path)
                client.ask(5)
                if client.status != 200:
                    raise RuntimeError(f"{path} answers {client.status}")
                (root / "body").write_bytes(client.body)
                with served("bare:app", {**os.environ, "BENCH_BODY": str(root / "body")}, root) as bare_port:
                    bare = Client(bare_port, "/")
                    bare.ask(5)
                    yield _share(f"{what}, {items:,} items", client, bare, requests, pairs)
                    unchanged = Client(port, path, {"If-None-Match": client.etag})
                    unchanged.ask(5)
                    if unchanged.status != 304:
                        raise RuntimeError(f"{path} answers {unchanged.status} to its own ETag")
                    yield _share(f"{what}, not modified (304)", unchanged, bare, requests, pairs)


def _share(what: str, one: Client, bare: Client, requests: int, pairs: int) -> Ratio:
    ratio, ours, theirs = paired(lambda: bare.ask(requests), lambda: one.ask(requests), pairs=pairs)
    detail = f"{theirs / requests * 1e6:.0f} µs, {ours / requests * 1e6:.0f} µs a request"
    return Ratio(what=what, against="a bare Flask answer's speed", ratio=ratio, detail=detail)
