"""Files of other memories are taken in, and out again: what they hold helps like what was approved here.

A file may be of any size, so that it is read twice, as a stream: first to its end, since one that is broken anywhere
brings nothing; then some hundred units a transaction, so that nobody waits long for the one writer of SQLite. If that
is cut off, what came in stays, under its file, which says that it was not read to the end; the same file brings the
rest, and nothing twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations, islice
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Problem
from app.domain.locales import nearest
from app.domain.people import Actor
from app.domain.permissions import Right, Side, may, require
from app.domain.said import saying
from app.domain.segments import Key, Origin, Tag, digest_of
from app.formats import tmx
from app.services.memory import LONGEST
from app.storage import memory_imports
from app.storage.journal import Event, note
from app.storage.memory import DbMemoryUnit, Unit
from app.storage.memory_imports import LONGEST_NAME, LONGEST_WHO, DbMemoryImport

SOME: Final = 500
"""Units of one transaction."""

MOST_TRANSLATIONS: Final = 50
"""Of one source into one language: more of them nobody looks through, and each costs those who come after it."""

_MOST_REASONS, _MOST_LINES = 20, 5

Writing = Callable[[], AbstractContextManager[Session]]
"""Begins a transaction that is committed at the end of the block: here the one exception to *one commit a call*."""


@dataclass(slots=True)
class LeftOut:
    """Why units were left out: how many, and in which lines the first of them stand."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Brought:
    """What became of a file: pairs of words that were `taken` or `known` already, units and pairs that were left out.

    `left` are the reasons (`Said`), the first score of them; `number` is that of the import, None if it has nothing.
    """

    number: int | None = None
    taken: int = 0
    known: int = 0
    left_out: int = 0
    left: dict[str, LeftOut] = field(default_factory=dict)

    def leave(self, reason: str, line: int) -> None:
        """Count a unit that was left out, or one of its pairs."""
        self.left_out += 1
        if reason in self.left or len(self.left) < _MOST_REASONS:
            why = self.left.setdefault(reason, LeftOut())
            why.count += 1
            if len(why.lines) < _MOST_LINES:
                why.lines.append(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Words beside those that they were made from, and the unit of the file that has both."""

    source: Tag
    target: Tag
    source_text: str
    target_text: str
    unit: tmx.Memory


def bring(
    writing: Writing, file: IO[bytes], actors: Mapping[Tag, Actor], *, filename: str, path: str | None = None
) -> Brought:
    """Take a TMX file in, in transactions of its own; `actors` is who brings it, in each language of the site in order.

    Taken are pairs of the site's languages, from the unit's source into each other one, or where nobody says which that
    is from each to each that follows it. Forbidden without the right in any language, BadText for a file that is none:
    then nothing was taken. One event, in the transaction of the first units. `path` is what problems call the file.
    """
    path, filename = filename if path is None else path, _named(filename)
    mine = [tag for tag, actor in actors.items() if may(actor.roles, Right.MEMORY, of=Side.TRANSLATION)]
    if not mine:
        require(frozenset().union(*(actor.roles for actor in actors.values())), Right.MEMORY, of=Side.TRANSLATION)
    for _ in tmx.read(file, path=path):
        pass  # to its end: it raises what is wrong with the whole
    file.seek(0)
    brought = Brought()
    pairs = _Reading(actors, frozenset(mine), brought).pairs(tmx.read(file, path=path))
    while some := list(islice(pairs, SOME)):
        with writing() as session:
            _take(session, some, brought, actors[mine[0]], filename)
    if brought.number is not None:
        with writing() as session:
            session.get_one(DbMemoryImport, brought.number).done_at = datetime.now(UTC)
    return brought


def forget(writing: Writing, number: int, actor: Callable[[Tag], Actor]) -> int:
    """Take all out that a file brought, in transactions of its own; return how many pairs of words that were.

    NotFound if there is no such file, Forbidden without the right in each of its languages. One event, in the first.
    """
    with writing() as session:
        memory_imports.one_at_a_time(session)
        brought = _found(session, number)
        targets = select(DbMemoryUnit.target).where(DbMemoryUnit.import_id == number).distinct()
        asking = [actor(tag) for tag in session.scalars(targets)]
        for one in asking:
            require(one.roles, Right.MEMORY, of=Side.TRANSLATION)
        brought.done_at = None
        for one in asking[:1]:
            note(session, Event.by(one, "memory", "forget-memory", number=number))
    gone = 0
    while True:
        with writing() as session:
            memory_imports.one_at_a_time(session)
            some = memory_imports.forget_some(session, _found(session, number), most=SOME)
        gone += some
        if some < SOME:
            return gone


def _found(session: Session, number: int) -> DbMemoryImport:
    brought = session.get(DbMemoryImport, number)
    if brought is None:
        raise NotFound(saying("no such file was brought into the memory, or somebody took it out"))
    return brought


class _Reading:
    """What of a file is for this site, pair by pair; everything else is told to `brought`."""

    def __init__(self, actors: Mapping[Tag, Actor], mine: frozenset[Tag], brought: Brought) -> None:
        self._site, self._mine, self._brought = list(actors), mine, brought
        self._known = dict[Tag, Tag | None]()

    def pairs(self, units: Iterable[tmx.Memory | Problem]) -> Iterator[_Pair]:
        for unit in units:
            if isinstance(unit, Problem):
                self._brought.leave(unit.reason, unit.line)
            else:
                yield from self._of(unit)

    def _of(self, unit: tmx.Memory) -> Iterator[_Pair]:
        words: dict[Tag, str] = {}
        for tag, said in unit.words.items():
            if (ours := self._ours(tag)) is not None and words.setdefault(ours, said) != said:
                self._brought.leave(tmx.twice(ours), unit.line)  # `en-US` and `en-GB` are both `en` here
        if len(words) < 2:
            self._brought.leave(saying("it has words in fewer than two of the site's languages"), unit.line)
            return
        for source, target in self._directions(words, self._ours(unit.source) if unit.source else None):
            if target not in self._mine:
                reason = saying("your roles are not for this language: %(language)s", language=target)
                self._brought.leave(reason, unit.line)
            elif max(len(words[source]), len(words[target])) > LONGEST:
                reason = saying("longer than %(most)s letters: nobody writes it a second time", most=LONGEST)
                self._brought.leave(reason, unit.line)
            else:
                yield _Pair(
                    source=source, target=target, source_text=words[source], target_text=words[target], unit=unit
                )

    def _directions(self, words: Mapping[Tag, str], source: Tag | None) -> Iterator[tuple[Tag, Tag]]:
        here = [tag for tag in self._site if tag in words]
        if source is None or source not in words:
            yield from combinations(here, 2)
        else:
            yield from ((source, tag) for tag in here if tag != source)

    def _ours(self, tag: Tag) -> Tag | None:
        """Return which of the site's languages a file means: `en-US` is `en`, and `uz-Cyrl` is not `uz`."""
        if tag not in self._known:
            if len(self._known) > 1000:  # a file may name what it wants
                self._known.clear()
            try:
                self._known[tag] = nearest(tag, self._site)
            except ValueError:
                self._known[tag] = None
        return self._known[tag]


def _take(session: Session, pairs: Iterable[_Pair], brought: Brought, actor: Actor, filename: str) -> None:
    """Put those of these pairs into the memory that it does not know, whichever way round and whoever made them."""
    memory_imports.one_at_a_time(session)
    pairs = list(pairs)
    known = _known(session, pairs)
    units = list[Unit]()
    for pair in pairs:
        there, back = _both(pair)
        if digest_of(pair.target_text) in known.get(there, ()) or digest_of(pair.source_text) in known.get(back, ()):
            brought.known += 1
        elif len(known.get(there, ())) >= MOST_TRANSLATIONS:
            reason = saying("the memory has %(most)s translations of the same words", most=MOST_TRANSLATIONS)
            brought.leave(reason, pair.unit.line)
        else:
            known.setdefault(there, set()).add(digest_of(pair.target_text))
            units.append(_unit(pair, there[2]))
    if not units:
        return
    row = session.get(DbMemoryImport, brought.number) if brought.number is not None else None
    if row is None:
        row = DbMemoryImport(filename=filename, by=actor.name, at=datetime.now(UTC), indexed=0)
        session.add(row)
        session.flush()
        note(session, Event.by(actor, "memory", "import-memory", number=row.id))
    memory_imports.put(session, row, units)
    brought.number = row.id
    brought.taken += len(units)


def _named(filename: str) -> str:
    """Return what a file is called from now on: no folder, and nothing that cannot be shown."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME] or "memory.tmx"


_Words = tuple[Tag, Tag, str]
"""A pair of languages, and the digest of words in the first of them."""


def _both(pair: _Pair) -> tuple[_Words, _Words]:
    there = (pair.source, pair.target, digest_of(pair.source_text))
    return there, (pair.target, pair.source, digest_of(pair.target_text))


def _known(session: Session, pairs: Iterable[_Pair]) -> dict[_Words, set[str]]:
    """Return the digests of all translations that the memory has of these words, in both directions."""
    asked: dict[tuple[Tag, Tag], set[str]] = {}
    for pair in pairs:
        for source, target, digest in _both(pair):
            asked.setdefault((source, target), set()).add(digest)
    return {
        (*languages, digest): {digest_of(one) for one in words}
        for languages, digests in asked.items()
        for digest, words in memory_imports.known(session, languages, digests).items()
    }


def _unit(pair: _Pair, digest: str) -> Unit:
    said = pair.unit
    return {
        "key": Key(""), "form": 0, "source": pair.source, "target": pair.target, "source_text": pair.source_text,
        "target_text": pair.target_text, "origin": Origin.MACHINE if said.machine else Origin.HUMAN, "digest": digest,
        "before": "", "after": "", "said_of": said.document[:LONGEST_NAME] or None,
        "said_by": said.by[:LONGEST_WHO] or None, "said_at": said.at,
    }  # fmt: skip
