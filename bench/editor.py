"""What the editor costs: keeping words as they are typed, its page, and checks over all of a text.

In one process without a server, so that a figure is of the code alone. The desk is the one that tests have.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.checks.pair import Pair
from app.domain.checks.table import findings
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.services.texts import require_document
from app.storage import schema
from app.storage.accounts import DbAccount
from app.storage.database import make_engine
from app.storage.working_copies import digest_of_key, pack, put
from bench import catalogues
from bench.prose import Prose
from bench.runs import Ratio, paired, processor_seconds
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM

_WORDS = re.compile(r"\w+|[^\w\s]")
_ARTICLE, _CATALOGUE = f"/desk/{FOLDER}/ru/translate", "/desk/catalogue/messages/ru/translate"
_BARE = "a bare Flask answer's time"


def speed(*, messages: int, blocks: int, segments: int, times: int, pairs: int) -> Iterator[Ratio]:
    """Yield an autosave, the editor's page of a catalogue and of an article, and all checks over many segments."""
    with _desk(messages, blocks) as desk:
        browser = desk.signed_in("carim")
        yield _autosave(desk, browser, times=times * 10, pairs=pairs)
        for what, address in (
            (f"editor's page, a catalogue of {messages:,} messages", _CATALOGUE),
            (f"editor's page, an article of {blocks} blocks", _ARTICLE),
        ):
            yield _page(what, browser, address, times=times, pairs=pairs)
    yield _checks(segments, pairs=pairs)


@contextmanager
def _desk(messages: int, blocks: int) -> Iterator[TestDesk]:
    """Give a desk over a catalogue and an article, both translated."""
    prose = Prose(blocks)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        url = f"sqlite:///{root / 'bench.db'}"
        engine = make_engine(url)
        schema.upgrade(engine)
        engine.dispose()
        desk = TestDesk(root, url)
        text = catalogues.catalogue(messages)
        desk.place.write("translations/messages.pot", re.sub(r'(?m)^(msgstr(?:\[\d\])?) "[^\n]+"$', r'\1 ""', text))
        desk.place.write("translations/ru/LC_MESSAGES/messages.po", text)
        body = "\n\n".join(prose.sentence() for _ in range(blocks))
        article = f"---\ntitle: Title\nslug: {{}}\nstatus: draft\n---\n\n{body}\n"
        desk.place.item(en=article.format("one").replace("draft", "published"), ru=article.format("two"))
        desk.place.sync()
        yield desk
        desk.place.database.dispose()


def _autosave(desk: TestDesk, browser: FlaskClient, *, times: int, pairs: int) -> Ratio:
    """Return keeping one segment's words against writing such a row and nothing else."""
    serials = count(1)
    with desk.place.database.read() as session:
        row = {
            "document_id": require_document(session, ITEM).id, "locale": Tag("ru"), "digest": digest_of_key(Key("x")),
            "account_id": session.scalars(select(DbAccount.id).where(DbAccount.name == "carim")).one(), "tab": "two",
            "key": Key("x"), "base": 1, "packed": pack(Typed(forms=("Центр открывается.",))), "at": datetime.now(UTC),
        }  # fmt: skip

    def ours() -> None:
        for _ in range(times):
            typed = {"forms": ["Центр открывается."]}
            said = {
                "tab": "one",
                "revision": 1,
                "segments": [{"key": "title", "serial": next(serials), "typed": typed}],
            }
            answer = browser.post(f"{_ARTICLE}/typed", data=json.dumps(said), content_type="application/json")
            if answer.status_code != 200:
                raise RuntimeError(f"{answer.status_code}: {answer.text}")

    def theirs() -> None:
        for _ in range(times):
            with desk.place.database.write() as session:
                put(session, [{**row, "serial": next(serials)}])

    return _against("autosave of a segment", "writing its row alone", ours, theirs, times=times, pairs=pairs)


def _page(what: str, browser: FlaskClient, address: str, *, times: int, pairs: int) -> Ratio:
    bare = Flask("bare")
    body = browser.get(address).data
    bare.add_url_rule("/", "answer", lambda: body)
    other = bare.test_client()
    ours, theirs = _asking(browser, address, times), _asking(other, "/", times)
    return _against(what, _BARE, ours, theirs, times=times, pairs=pairs)


def _asking(client: FlaskClient, address: str, times: int) -> Callable[[], None]:
    def work() -> None:
        for _ in range(times):
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}")

    return work


def _checks(segments: int, *, pairs: int) -> Ratio:
    """Return all checks over many segments against finding the words of the same text."""
    prose = Prose(segments)
    sentences = prose.sentences(segments)
    asked = [
        Pair(
            key=Key(f"p{number}"), kind="paragraph", source=(one,), target=(prose.varied(one),), source_tag=Tag("ru"),
            target_tag=Tag("ky"),
        )
        for number, one in enumerate(sentences)
    ]  # fmt: skip

    def ours() -> None:
        for one in asked:
            findings(one)

    def theirs() -> None:
        for one in asked:
            _WORDS.findall(one.source[0])
            _WORDS.findall(one.target[0])

    what, against = f"all checks over {segments:,} segments", "finding their words by a regular expression"
    return _against(what, against, ours, theirs, times=1, pairs=pairs)


def _against(
    what: str, against: str, ours: Callable[[], None], theirs: Callable[[], None], *, times: int, pairs: int
) -> Ratio:
    """Return the ratio of processor time, after a run of each that warms it up."""
    ours()
    theirs()
    ratio, one, other = paired(lambda: processor_seconds(ours), lambda: processor_seconds(theirs), pairs=pairs)
    return Ratio(
        what=what, against=against, ratio=ratio, detail=f"{one / times * 1000:.1f} ms, {other / times * 1000:.1f} ms"
    )
