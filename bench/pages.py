"""What a reader's page costs: requests a second against a bare Flask answer of the same bytes under the same server."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from flask import Flask

from app.config import Settings
from app.factory import create_app
from app.services.views import ViewCounter
from app.storage.database import Database
from app.web.read_model import ReadModel
from bench import corpus
from bench.load import CONNECTIONS, Client, one
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
Timed = Callable[[], float]
ITEM, NEWS = "/kk/news/item-0-kk", "/kk/news/"


def speed(*, items: int, requests: int, pairs: int) -> Iterator[Ratio]:
    """Yield item page and news list as shares of the bare answer's requests a second, then the cost of making one."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus.write(root, items=items)
        env = environment(root, root / "data")
        tilmash("sync", env=env)
        (root / "bare.py").write_text(BARE)
        with served("app.factory:application()", env, Path(__file__).parent.parent) as port:
            for what, path in ((f"item page, {items:,} items", ITEM), (f"news list, {items:,} items", NEWS)):
                page = one(port, path)
                (root / "body").write_bytes(page.body)
                with served("bare:app", {**os.environ, "BENCH_BODY": str(root / "body")}, root) as bare_port:
                    bare = partial(Client, bare_port, "/")
                    for kind, ours, status in (
                        ("made anew", partial(Client, port, path, fresh=True), 200),
                        ("kept", partial(Client, port, path), 200),
                        ("not modified (304)", partial(Client, port, path, held=page.headers["etag"]), 304),
                    ):
                        with ours() as client, bare() as other:
                            timed = (partial(_timed, other, requests, 200), partial(_timed, client, requests, status))
                            yield _share(f"{what}, {kind}", *timed, requests=requests, pairs=pairs)
        yield _in_process(root, requests, pairs)


def _timed(client: Client, requests: int, wanted: int) -> float:
    def work() -> None:
        for answer in client.ask(requests):
            if answer.status != wanted:
                raise RuntimeError(f"{answer.status} instead of {wanted}")

    return seconds(work)


def _share(what: str, bare: Timed, ours: Timed, *, requests: int, pairs: int) -> Ratio:
    """Return the ratio of requests a second, after a run of each that warms it up."""
    bare()
    ours()
    ratio, other, one_ = paired(bare, ours, pairs=pairs)
    detail = f"{requests / one_:.0f}, {requests / other:.0f} requests a second over {CONNECTIONS} connections"
    return Ratio(what=what, against="a bare Flask answer's speed", ratio=ratio, detail=detail)


def _in_process(root: Path, requests: int, pairs: int) -> Ratio:
    """Make the item page without a server, each time for another host, so that it is made anew."""
    data = root / "data"
    settings = Settings(
        data=data, content=root / "content", translations=root / "translations",
        database_url=f"sqlite:///{data / 'tilmash.db'}",
    )  # fmt: skip
    database = Database(settings.database_url)
    app = create_app(settings, reader=ReadModel(database), counter=ViewCounter(database, secret=b"bench"))
    bare = Flask("bare")
    body = app.test_client().get(ITEM).data
    bare.add_url_rule("/", "answer", lambda: body)
    ours, theirs = _asking(app, ITEM, requests), _asking(bare, "/", requests)
    ours()
    theirs()
    ratio, one_, other = paired(ours, theirs, pairs=pairs)
    database.dispose()
    detail = f"{one_ / requests * 1e6:.0f} µs, {other / requests * 1e6:.0f} µs a request"
    return Ratio(
        what="item page in-process, made anew", against="a bare Flask answer's time", ratio=ratio, detail=detail
    )


def _asking(app: Flask, path: str, requests: int) -> Timed:
    client, number = app.test_client(), count()

    def work() -> None:
        for _ in range(requests):
            answer = client.get(path, base_url=f"http://host{next(number)}.example")
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")

    return lambda: seconds(work)


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
