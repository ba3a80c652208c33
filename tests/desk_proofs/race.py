"""Twenty people at once with one text before them, each with a browser of their own, over real sockets."""

import http.client
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import select

from app.domain.segments import Tag
from app.domain.translations import TRANSITIONS, Action, Status
from app.storage.database import Database
from app.storage.journal import DbEvent
from tests.trees import ITEM
from tests.web.forms import form_in

RACED = Tag("ky")
TEXT = f"/desk/{ITEM}/{RACED}/"
BUTTONS = (
    Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.REOPEN, Action.PUBLISH, Action.SCHEDULE, Action.WITHDRAW,
    Action.CORRECT,
)  # fmt: skip
WEIGHTS = (3, 1, 3, 2, 3, 1, 1, 3)
"""How often each is pressed: so that something is live most of the time, and can be corrected and withdrawn."""

CREW = {"carim": 10, "rustam": 5, "kanat": 4, "elena": 1}
"""Whose browsers they are: a coordinator's, a reviewer's, a translator's, and one of somebody who may not."""

_NOT_DONE = frozenset({403, 409, 422})


@dataclass
class Presser:
    """Somebody who presses buttons as fast as answers come, on a page that may be old by then."""

    port: int
    cookie: str
    seed: int
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def press(self, until: float, most: int) -> Counter[tuple[str, int]]:
        chance, page = random.Random(self.seed), ""  # noqa: S311  # chance decides what is pressed, and nothing secret
        for number in range(most):
            if time.monotonic() > until:
                break
            if not page or chance.random() < 0.5:
                page = self._ask("look", "GET", TEXT)
            token = re.search(r'name="csrf_token" value="([^"]+)"', page)
            revision = re.search(r'name="revision" value="(\d+)"', page)
            if token is None:
                page = ""
                continue
            (action,) = chance.choices(BUTTONS, WEIGHTS)
            if action is Action.CORRECT:
                self._correct(f"{self.seed} {number}")
                continue
            said = {
                "csrf_token": token[1], "action": action.value, "revision": revision[1] if revision else "1",
                "note": "why", "due": "2099-01-01T10:00",
            }  # fmt: skip
            self._ask(action.value, "POST", f"{TEXT}act", said)
        return self.answers

    def _correct(self, word: str) -> None:
        page = self._ask("look", "GET", f"{TEXT}correct")
        form = form_in(page)
        places = [name for name in form if re.fullmatch(r"s\d+\.0", name)]
        if places:
            form[places[-1]] = f"Борбор ачылат, {word}."
            self._ask(Action.CORRECT.value, "POST", f"{TEXT}correct", dict(form))

    def _ask(self, what: str, method: str, path: str, said: dict[str, str] | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if said else {})
        try:
            connection.request(method, path, urlencode(said or {}), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            for given in answer.headers.get_all("Set-Cookie") or []:
                if given.startswith("desk="):
                    self.cookie = given.partition(";")[0]
        finally:
            connection.close()
        self.answers[what, answer.status] += 1
        return text if answer.status == 200 else ""


def pressed(port: int, cookies: Iterable[str], *, seconds: float, most: int) -> Counter[tuple[str, int]]:
    """Let everybody press for so long; return how often each button was answered with each status."""
    until = time.monotonic() + seconds
    pressers = [Presser(port, cookie, seed) for seed, cookie in enumerate(cookies)]
    with ThreadPoolExecutor(len(pressers)) as pool:
        counts = list(pool.map(lambda one: one.press(until, most), pressers))
    return sum(counts, Counter())


def wrong(answers: Counter[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """What nobody should have been answered: anything but done, not possible, or not for you."""
    fine = {("look", 200)} | {(str(action), status) for action in BUTTONS for status in {303, *_NOT_DONE}}
    fine |= {("look", status) for status in _NOT_DONE}
    return {pair: count for pair, count in answers.items() if pair not in fine}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the journal says that happened to a text, one after the other."""

    number: int
    action: str
    revision: int | None


def told(database: Database) -> Iterator[Told]:
    with database.read() as session:
        rows = select(DbEvent).where(DbEvent.subject == f"{ITEM}@{RACED}").order_by(DbEvent.number)
        for row in session.scalars(rows):
            revision = json.loads(row.details).get("revision")
            yield Told(number=row.number, action=row.action, revision=revision)


def paths(events: Iterable[Told]) -> tuple[set[Status], int | None, list[str]]:
    """Follow the table from event to event: the statuses that the head can have, what is live, and illegal steps.

    A save makes a draft, or (merged from a correction, or kept beside the head) leaves the status; a correction that
    says all that the head says makes it the head.
    """
    rows = {(status, row.action): row for row in TRANSITIONS for status in row.source}
    can, live, illegal = {Status.MISSING}, None, list[str]()
    for event in events:
        if event.action == "save":
            can |= {Status.DRAFT}
        elif event.action in set(Action):
            action = Action(event.action)
            steps = {rows[status, action].to or status for status in can if (status, action) in rows}
            if not steps:
                illegal.append(f"{event.number}: {action} of a text that is {', '.join(sorted(can))}")
            can = steps | ({Status.DRAFT, Status.APPROVED} if action is Action.CORRECT else set())
            if action in {Action.PUBLISH, Action.CORRECT}:
                live = event.revision
            elif action is Action.WITHDRAW:
                live = None
    return can, live, illegal
