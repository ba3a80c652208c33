"""Many translators type in one text while workers are killed under them: no word that was acknowledged is lost.

Each types words of his own into segments that others write, too; some fold and some hand in. At the end every word that
a server acknowledged last of a person, window and segment is in the text, in a suggestion, or in a working copy that is
offered to who typed it; and nobody saw a 5xx from a worker that lived.
"""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from app.domain.people import Grant
from app.domain.segments import Key, Tag
from app.domain.translations import Role
from app.services.texts import find
from app.services.working_copies import MOST_SEEN, copies
from app.storage import journal
from app.storage.texts import DbSuggestion
from tests.desk import TestDesk, hire
from tests.processes import free_port, moments
from tests.trees import ITEM, article

SOAK = bool(os.environ.get("TILMASH_SOAK"))
PEOPLE, SECONDS, KILLS = (50, 60.0, 4.0) if SOAK else (12, 6.0, 2.0)
KY = Tag("ky")
LETTERS = str.maketrans("0123456789tw", "абвгдежзийкл")
"""No number stands in a translation that its source does not have, or nobody could hand it in."""
AT = f"/desk/{ITEM}/{KY}/translate"
EN = article("Opening", "The centre opens.", "All are invited.", "Come early.", "Bring a friend.", slug="opening")


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path, database_url)
    desk.place.item(en=EN, ky=EN.replace("opening", "achylysh").replace("published", "draft"))
    desk.place.sync()
    for number in range(PEOPLE):
        grants = [Grant(role=Role.TRANSLATOR, locale=KY)]
        hire(desk.place.database, f"t{number}", f"Translator {number}", "ky", grants)
    yield desk
    desk.place.database.dispose()


class Workers:
    """The site by gunicorn with four workers, of which one is killed now and then."""

    def __init__(self, desk: TestDesk, port: int) -> None:
        self.log = desk.place.root / "log"
        settings = desk.place.settings
        environment = {
            **os.environ, "TILMASH_DATA": str(settings.data), "TILMASH_CONTENT": str(settings.content),
            "TILMASH_TRANSLATIONS": str(settings.translations), "DATABASE_URL": desk.place.url,
        }  # fmt: skip
        command = [
            sys.executable, "-m", "gunicorn", "app.factory:application()", "--bind", f"127.0.0.1:{port}",
            "--workers", "4", "--threads", "4", "--worker-class", "gthread", "--no-control-socket",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def kill_one(self, chance: random.Random) -> None:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(chance.choice(children)), signal.SIGKILL)

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


@dataclass
class Typist:
    """Somebody who types, sends, and remembers what the server said that it has."""

    name: str
    port: int
    cookie: str
    kept: dict[Key, int] = field(default_factory=dict)
    sent: dict[Key, dict[int, str]] = field(default_factory=dict)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    serial: int = field(default_factory=lambda: int(time.time() * 1000))
    windows: int = 1
    seen: dict[Key, dict[str, int]] = field(default_factory=dict)
    _found: tuple[str, str, list[tuple[Key, int]]] = field(init=False)

    def work(self, until: float) -> None:
        chance = random.Random(self.name)  # noqa: S311  # chance decides what is typed, and nothing secret
        token, account, keys = self._found
        for number in range(10_000):
            if time.monotonic() > until:
                return
            key, base = chance.choice(keys)
            self.serial += 1
            words = f"{self.name}w{number} ".translate(LETTERS) * 3
            typed = {"forms": [words.strip()], "unsure": False, "out": False, "current": False, "origin": None}
            if chance.random() < 0.1:  # go on in another window, from whatever this one sent, and heard of or not
                self.windows += 1
            tab, seen = f"w{self.windows}", self.seen.setdefault(key, {})
            before = [(one, serial) for one, serial in seen.items() if one != tab]
            one = {"key": key, "serial": self.serial, "typed": typed, "seen": dict(before[-MOST_SEEN:])}
            seen[tab] = self.serial
            said = {"account": account, "tab": tab, "revision": base, "source": "en", "source_revision": 1,
                    "segments": [one]}  # fmt: skip
            self.sent.setdefault(key, {})[self.serial] = words.strip()
            what = "fold" if chance.random() < 0.1 else "typed"
            answer = json.loads(self.ask(what, "POST", f"{AT}/{what}", said, token) or "{}")
            if self.serial in answer.get("kept", ()):
                self.kept[key] = self.serial
            if answer.get("revision") and chance.random() < 0.3:
                form = {"csrf_token": token, "action": "submit", "revision": str(answer["head"])}
                self.ask("hand in", "POST", f"/desk/{ITEM}/{KY}/act", urlencode(form))

    def open(self) -> None:
        """Open the page, before anybody types: who reads another's words may write over them, and nothing is lost."""
        page = self.ask("page", "GET", AT) or ""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        account = re.search(r'data-account="([^"]+)"', page)
        found = re.findall(r'data-key="([^"]+)" data-place="\d+" data-base="(\d+)"', page)
        assert token is not None
        assert account is not None
        self._found = token[1], account[1], [(Key(key), int(base)) for key, base in found if key != "slug"]

    def ask(self, what: str, method: str, path: str, said: object = None, token: str = "") -> str | None:
        """Send a form (text) or what a script says; return the page or the answer, None where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        kind = "application/x-www-form-urlencoded" if isinstance(said, str) else "application/json"
        headers = {"Cookie": self.cookie, "X-CSRFToken": token, "Content-Type": kind}
        body = said if said is None or isinstance(said, str) else json.dumps(said)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            for given in answer.headers.get_all("Set-Cookie") or []:
                if given.startswith("desk="):
                    self.cookie = given.partition(";")[0]
        except (OSError, http.client.HTTPException):
            self.answers[what, 0] += 1  # its worker was killed
            return None
        finally:
            connection.close()
        self.answers[what, answer.status] += 1
        return text if answer.status == 200 else None


@pytest.mark.soak
def test_every_word_that_was_acknowledged_is_in_the_text_a_suggestion_or_a_copy_that_is_offered_to_who_typed_it(
    desk: TestDesk,
) -> None:
    with free_port() as port:
        workers = Workers(desk, port)
        try:
            typists = [Typist(f"t{number}", port, _cookie(desk, f"t{number}")) for number in range(PEOPLE)]
            _wait(typists[0])
            answers = _typed(workers, typists)
        finally:
            workers.end()
    handed_in = {("hand in", 303), ("hand in", 409)}  # or somebody had saved since
    strange = {pair: count for pair, count in answers.items() if pair[1] not in {0, 200} and pair not in handed_in}
    assert strange == {}, workers.log.read_text()
    assert answers["typed", 200] > PEOPLE
    assert sum(len(one.kept) for one in typists) > PEOPLE
    assert sum(answers[pair] for pair in handed_in) or not SOAK
    lost = _lost(desk, typists)
    assert lost == {}
    with desk.place.database.read() as session:
        assert list(journal.verify(session)) == []


def _typed(workers: Workers, typists: list[Typist]) -> Counter[tuple[str, int]]:
    for typist in typists:
        typist.open()
    until, chance = time.monotonic() + SECONDS, random.Random(1)  # noqa: S311  # which worker is killed is no secret
    with ThreadPoolExecutor(len(typists)) as pool:
        work = [pool.submit(one.work, until) for one in typists]
        while time.monotonic() + KILLS < until:
            time.sleep(KILLS)
            workers.kill_one(chance)
        for one in work:
            one.result()
    return sum((one.answers for one in typists), Counter())


def _cookie(desk: TestDesk, name: str) -> str:
    cookie = desk.signed_in(name).get_cookie("desk", path="/desk")
    assert cookie is not None
    return f"desk={cookie.value}"


def _wait(one: Typist) -> None:
    for _ in moments(60):
        if one.ask("ready", "GET", AT) is not None:
            one.answers.clear()
            return
    pytest.fail("it never became ready")


def _lost(desk: TestDesk, typists: list[Typist]) -> dict[str, list[str]]:
    """Return the words that are nowhere, by who typed them."""
    with desk.place.database.read() as session:
        head = find(session, ITEM, KY).head
        text = head.text if head is not None else ""
        suggested = set(session.scalars(select(DbSuggestion.text)))
        lost: dict[str, list[str]] = {}
        for one in typists:
            offered = {copy.typed.forms[0] for copy in copies(session, ITEM, KY, one.name).values()}
            for key, serial in one.kept.items():
                # who typed on, and never heard whether that arrived, has the later words in place of these
                since = [words for number, words in one.sent[key].items() if number >= serial]
                if not any(words in offered | suggested or words in text for words in since):
                    lost.setdefault(one.name, []).append(since[0])
        return lost
