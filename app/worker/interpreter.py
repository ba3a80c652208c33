"""Machines translate what people asked for: a thread of the worker's own, so that a slow one holds up nobody's text."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event as Stop
from time import monotonic

from app.config import MachineService
from app.domain.errors import BadText, Refusal
from app.domain.said import saying
from app.domain.segments import Key
from app.services import machine as orders
from app.services import machine_words
from app.services.machine_words import Errand
from app.storage.database import AWAY, Database
from app.storage.machine import MACHINE
from app.storage.outbox import LEASE, claim, is_due
from app.worker.deepl import DeepL
from app.worker.libretranslate import LibreTranslate
from app.worker.machine import MOST_LETTERS, MOST_TEXTS, Machine, MachineError

log = logging.getLogger("tilmash.worker")

TICK = 1.0  # seconds between two looks
_REFUSED = 3  # texts, each by itself, after which a machine that translated nothing is believed to refuse all
_LEARNING = timedelta(days=1)  # between two times that a machine is asked what it speaks
_NOT_YET = timedelta(hours=1)  # after which it is asked again, if it did not say

MACHINES: Mapping[str, Callable[[MachineService], Machine]] = {"libretranslate": LibreTranslate, "deepl": DeepL}


class Interpreter:
    """Gives a machine what was asked of it, and brings in its words."""

    def __init__(self, database: Database, service: MachineService, machine: Machine | None = None) -> None:
        self._database, self._service = database, service
        self._machine = machine or MACHINES[service.protocol](service)
        self._learn_at: datetime | None = None
        self._said = ""

    def run(self, stop: Stop) -> None:
        """Look each second until told to stop; a database that is away and faults of ours are survived."""
        while not stop.wait(TICK):
            try:
                self.look()
            except AWAY as error:
                log.error("the database cannot be reached; the machine waits: %s", error.orig)  # noqa: TRY400  # each second
            except Exception:  # a fault of ours must not end it for good
                log.exception("a fault of ours at the machine; it is tried again")
                stop.wait(60)

    def look(self) -> int:
        """Do what is due; return how many segments came in."""
        self._learn(datetime.now(UTC))
        with self._database.read() as session:
            if not is_due(session, MACHINE, now=datetime.now(UTC)):
                return 0
        with self._database.write() as session:
            numbers = [work.id for work in claim(session, MACHINE, now=datetime.now(UTC), most=1)]
        return sum(self._one(number) for number in numbers)

    def _learn(self, now: datetime) -> None:
        if self._learn_at is not None and now < self._learn_at:
            return
        self._learn_at = now + _NOT_YET
        try:
            languages = self._machine.languages()
        except MachineError as error:
            self._say(f"what the machine translates into what is not known: {error}")
            return
        self._learn_at = now + _LEARNING
        with self._database.write() as session:
            orders.learnt(session, self._service.protocol, languages, now=now)

    def _one(self, number: int) -> int:
        try:
            with self._database.read() as session:
                errand = machine_words.errand(session, number)
            if errand is not None:
                return self._carried_out(errand)
            with self._database.write() as session:
                orders.nothing_left(session, number, now=datetime.now(UTC))
        except AWAY:
            raise
        except Refusal as refusal:  # who asked may not edit any more, the text is gone, or the like
            self._failed(number, refusal.reasons[0], for_good=True)
        except Exception:  # a fault of ours at one must not hold up the others
            log.exception("a fault of ours at a machine's words; it is tried again")
            self._failed(number, saying("a fault of ours, which is written down for those who look after the site"))
        return 0

    def _carried_out(self, errand: Errand) -> int:
        """Ask the machine part by part; what it said before it failed comes in all the same."""
        answers, until = dict[Key, Sequence[str]](), monotonic() + LEASE.total_seconds() / 2
        trouble: MachineError | _SpentError | None = None
        try:
            for part in parts(errand.texts, min(MOST_LETTERS, self._service.budget)):
                if monotonic() > until:
                    break
                self._ask_in_halves(part, errand, answers)
        except MachineError as error:
            trouble = error
            self._say(f"the machine did not translate: {error}")
        except _SpentError as error:
            trouble = error
        count = self._brought_in(replace(errand, more=errand.more or answers.keys() != errand.texts.keys()), answers)
        if isinstance(trouble, MachineError):
            self._failed(errand.number, trouble.said, for_good=trouble.for_good, wait=trouble.wait)
        elif trouble is not None:
            with self._database.write() as session:
                orders.until_tomorrow(session, errand.number, now=datetime.now(UTC))
        return count

    def _ask_in_halves(
        self, part: Mapping[Key, Sequence[str]], errand: Errand, answers: dict[Key, Sequence[str]]
    ) -> None:
        """Add the answers to a part. Where the machine refuses that it is halved; one alone is answered by nothing.

        MachineError where it refuses the first ones, each by itself: then it is not about them.
        """
        if len(part) == 1 and sum(len(text) for forms in part.values() for text in forms) > self._service.budget:
            answers |= dict.fromkeys(part, ())
            return
        try:
            answers |= self._asked(part, errand)
        except MachineError as error:
            if not error.of_text:
                raise
            if len(part) > 1:
                for half in _halves(part):
                    self._ask_in_halves(half, errand, answers)
                return
            answers |= dict.fromkeys(part, ())
            if not any(answers.values()) and len(answers) >= min(_REFUSED, len(errand.texts)):
                answers.clear()
                raise

    def _asked(self, part: Mapping[Key, Sequence[str]], errand: Errand) -> dict[Key, Sequence[str]]:
        texts = [text for forms in part.values() for text in forms]
        with self._database.write() as session:
            if not orders.spend(session, self._service, texts, now=datetime.now(UTC)):
                raise _SpentError
        words = iter([
            word for some in requests(texts) for word in self._machine.translate(some, errand.source, errand.target)
        ])  # fmt: skip
        return {key: [next(words) for _ in forms] for key, forms in part.items()}

    def _brought_in(self, errand: Errand, answers: Mapping[Key, Sequence[str]]) -> int:
        if not answers:
            return 0
        try:
            with self._database.write() as session:
                count = machine_words.bring_in(session, errand, answers, now=datetime.now(UTC))
        except BadText:
            if len(answers) == 1:
                return self._brought_in(errand, dict.fromkeys(answers, ())) if any(answers.values()) else 0
            first, rest = _halves(answers)
            return self._brought_in(replace(errand, more=True), first) + self._brought_in(errand, rest)
        self._said = ""
        return count

    def _failed(self, number: int, why: str, *, for_good: bool = False, wait: timedelta | None = None) -> None:
        with self._database.write() as session:
            orders.failed(session, number, why, now=datetime.now(UTC), for_good=for_good, wait=wait)

    def _say(self, what: str) -> None:
        """Log something once, until it is otherwise."""
        if what != self._said:
            self._said = what
            log.error("%s", what)


class _SpentError(Exception):
    """The day's budget does not reach for the next part."""


def _halves(texts: Mapping[Key, Sequence[str]]) -> tuple[dict[Key, Sequence[str]], dict[Key, Sequence[str]]]:
    pairs = list(texts.items())
    return dict(pairs[: len(pairs) // 2]), dict(pairs[len(pairs) // 2 :])


def parts(texts: Mapping[Key, Sequence[str]], most: int = MOST_LETTERS) -> Iterator[dict[Key, Sequence[str]]]:
    """Yield what one request holds: so many texts and letters at the most, and no segment in two of them.

    A segment that has more by itself, such as a large table, is a part of its own: see `requests`.
    """
    part, count, letters = dict[Key, Sequence[str]](), 0, 0
    for key, forms in texts.items():
        size = sum(map(len, forms))
        if part and (count + len(forms) > MOST_TEXTS or letters + size > most):
            yield part
            part, count, letters = {}, 0, 0
        part[key] = forms
        count, letters = count + len(forms), letters + size
    if part:
        yield part


def requests(texts: Sequence[str], most: int = MOST_LETTERS) -> Iterator[list[str]]:
    """Yield texts as requests hold them; more than one only of a segment that is too large for one."""
    some, letters = list[str](), 0
    for text in texts:
        if some and (len(some) == MOST_TEXTS or letters + len(text) > most):
            yield some
            some, letters = [], 0
        some.append(text)
        letters += len(text)
    yield some
