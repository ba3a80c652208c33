"""What a reader's page costs: requests a second against a bare Flask answer of the same bytes under the same server."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from app.config import Settings
from app.factory import create_app
from app.services.views import ViewCounter
from app.storage.database import Database
from app.web.read_model import ReadModel
from bench import corpus, flatness, many
from bench.behind import through
from bench.load import Client, one
from bench.runs import Ratio, environment, paired, processor_seconds, tilmash
from bench.server import APPLICATION, Server, served

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
ROOT = Path(__file__).parent.parent
Timed = Callable[[], float]
ITEM = "/kk/news/item-0-kk"


def _search(question: str) -> str:
    return f"/kk/search?q={quote(question)}"


PAGES = {
    "item page": ITEM,
    "news list": "/kk/news/",
    "search": _search(corpus.word("kk", 40)),
}
QUESTIONS = {
    "search for a pair of rare words": _search(f"{corpus.word('kk', 300)} {corpus.word('kk', 301)}"),
    "search for the commonest word": _search(corpus.word("kk", 0)),
    "search for three letters": _search(corpus.word("kk", 40)[:3]),
    "search for what there is not": _search("жолбарыс"),
}
"""What is asked beside: a page that is kept costs the same whatever it answers, one that is made anew does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """How often each measure is taken, and of how many requests one is."""

    requests: int
    pairs: int


def speed(*, few: int, times: int, requests: int, long: int, pairs: int) -> Iterator[Ratio]:
    """Yield what pages of a few items cost, of so many times as many, of any behind nginx, and what memory they take.

    `long` is the number of requests over which memory is watched.
    """
    runs = Runs(requests=requests, pairs=pairs)
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        corpus.write(root, items=few)
        tilmash("sync", env=environment(root, root / "data"))
        shutil.copytree(root / "data", root / "many")
        many.multiply(root / "many/tilmash.db", times=times)
        small, large = (
            stack.enter_context(served(APPLICATION, environment(root, root / data), ROOT)) for data in ("data", "many")
        )
        for what, path in PAGES.items():
            yield from _against_bare(root, small, f"{what}, {few:,} items", path, runs)
        for what, path in QUESTIONS.items():
            yield next(_against_bare(root, small, f"{what}, {few:,} items", path, runs))
        for what, path in (PAGES | QUESTIONS).items():
            for kind, fresh in (("made anew", True), ("kept", False))[: 2 if what in PAGES else 1]:
                with Client(large.port, path, fresh=fresh) as ours, Client(small.port, path, fresh=fresh) as other:
                    timed = (partial(_timed, small, other, runs, 200), partial(_timed, large, ours, runs, 200))
                    yield _share(f"{what}, {few * times:,} items, {kind}", f"the same of {few:,} items", *timed, runs)
        yield flatness.memory(large, items=few * times, requests=long)
        yield from through(root / "nginx", environment(root, root / "data"), ITEM, requests=requests * 10, pairs=pairs)
        yield _in_process(root, runs)


def _against_bare(root: Path, server: Server, what: str, path: str, runs: Runs) -> Iterator[Ratio]:
    page = one(server.port, path)
    with _bare(root, page.body) as bare:
        for kind, ours, status in (
            ("made anew", partial(Client, server.port, path, fresh=True), 200),
            ("kept", partial(Client, server.port, path), 200),
            ("kept, in brotli", partial(Client, server.port, path, accepted="br"), 200),
            ("not modified (304)", partial(Client, server.port, path, held=page.headers["etag"]), 304),
        ):
            with ours() as client, Client(bare.port, "/") as other:
                timed = (partial(_timed, bare, other, runs, 200), partial(_timed, server, client, runs, status))
                yield _share(f"{what}, {kind}", "a bare Flask answer's speed", *timed, runs)


@contextmanager
def _bare(root: Path, body: bytes) -> Iterator[Server]:
    (root / "bare.py").write_text(BARE)
    (root / "body").write_bytes(body)
    with served("bare:app", {**os.environ, "BENCH_BODY": str(root / "body")}, root) as server:
        yield server


def _timed(server: Server, client: Client, runs: Runs, wanted: int) -> float:
    def work() -> None:
        for answer in client.ask(runs.requests):
            if answer.status != wanted:
                raise RuntimeError(f"{answer.status} instead of {wanted}")

    return server.spent(work)


def _share(what: str, against: str, other: Timed, ours: Timed, runs: Runs) -> Ratio:
    """Return the ratio of requests a second of processor time, after a run of each that warms it up."""
    other()
    ours()
    ratio, theirs, one_ = paired(other, ours, pairs=runs.pairs)
    detail = f"{runs.requests / one_:.0f}, {runs.requests / theirs:.0f} requests a second of a processor"
    return Ratio(what=what, against=against, ratio=ratio, detail=detail)


def _in_process(root: Path, runs: Runs) -> Ratio:
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
    ours, theirs = _asking(app, ITEM, runs.requests), _asking(bare, "/", runs.requests)
    ours()
    theirs()
    ratio, one_, other = paired(ours, theirs, pairs=runs.pairs)
    database.dispose()
    detail = f"{one_ / runs.requests * 1e6:.0f} µs, {other / runs.requests * 1e6:.0f} µs a request"
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

    return lambda: processor_seconds(work)
