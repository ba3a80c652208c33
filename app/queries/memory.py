"""What the translation memory knows: matches for a segment, and where words stand (concordance)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.domain.folding import words as words_of
from app.domain.matches import Candidate, Match, marked, ranked
from app.domain.segments import Key, Origin, Tag, digest_of
from app.domain.trigrams import folded, telling, trigrams
from app.queries.memory_places import FromFile, Where, places
from app.storage import memory
from app.storage.memory import DbMemoryUnit, Found, Side

MOST: Final = 16
"""Trigrams that candidates are found by."""

_CANDIDATES, _SAME = 40, 50
_READ = 3_000  # units that one lookup may read in the index
_SAMPLE = 4_000
_PAGE, _PAGES = 200, 20  # of what has the words, in which numbers are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A match, the language of its source, and where its words stand."""

    match: Match
    source: Tag
    where: Where | FromFile


Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A segment, the unit `number`, that has the words looked for, beside what it renders or what renders it."""

    number: int
    source: Marked
    target: Marked
    origin: Origin
    where: Where | FromFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The newest of what has the words; `before` is the number below which nothing was looked at, 0 if all was."""

    found: tuple[Passage, ...] = ()
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many of some units of a pair of languages have each trigram: `upto` is the newest unit there was then."""

    counts: Mapping[int, int]
    units: int
    upto: int

    def budget(self) -> float:
        """Return how many units of the sample stand for those that one lookup may read."""
        return _READ * self.units / max(self.upto, 1) if self.units else float(_READ)


_Among = tuple[Side, Tag, Tag]
"""A side of a pair of languages: what one salt has."""

_samples: WeakKeyDictionary[Engine, dict[_Among, Sample]] = WeakKeyDictionary()
"""Of each process its own, since they are estimates alone: no row of the database counts anything."""


def matches(
    session: Session,
    *,
    text: str,
    source: Tag,
    target: Tag,
    before: str = "",
    after: str = "",
    but: tuple[int | None, Key] | None = None,
    most: int = 5,
) -> tuple[Match, ...]:
    """Return what the memory has for a source text, the best first; see `domain.matches`.

    Pairs that were made the other way round help too: their translation is like the text, their source is the words.
    `before` and `after` are the texts beside it; `but` is a segment (number of its translation, key) that is no help:
    the one that is being translated.
    """
    plain, both = folded(text), ((Side.SOURCE, source, target), (Side.TARGET, target, source))
    samples = _samples.setdefault(session.get_bind().engine, {})
    by = [number for among in both for number in _telling(session, plain, among, samples)]
    near = memory.nearest(session, by, limit=_CANDIDATES)
    found = memory.units(session, (source, target), ids=near, digest=digest_of(text), same=_SAME)
    for among in both:
        upto = samples[among].upto
        if found and not upto <= found[0].newest <= upto * 1.3 + 500:
            samples[among] = _sampled(session, among)
    candidates = [_candidate(one, turned=one.source != source) for one in found if (one.translation_id, one.key) != but]
    beside = [digest_of(one) if one else "" for one in (before, after)]
    return ranked(candidates, text, before=beside[0], after=beside[1], most=most)


def _telling(session: Session, plain: str, among: _Among, samples: dict[_Among, Sample]) -> tuple[int, ...]:
    """Return by which trigrams of a folded text to look on one side."""
    sample = samples.get(among) or samples.setdefault(among, _sampled(session, among))
    wanted = trigrams(plain, salt=memory.salt(*among))
    return telling(wanted, sample.counts, most=MOST, budget=sample.budget())


def _candidate(one: Found, *, turned: bool) -> Candidate:
    """Return a unit as it helps: `turned`, the other way round, and then it has no neighbours to be compared."""
    source, target = (one.target_text, one.source_text) if turned else (one.source_text, one.target_text)
    before, after = ("", "") if turned else (one.before, one.after)
    return Candidate(
        number=one.id, source=source, target=target, origin=Origin(one.origin), before=before, after=after,
        turned=turned, brought=one.translation_id is None,
    )  # fmt: skip


def _sampled(session: Session, among: _Among) -> Sample:
    """Look at a few thousand units of a pair, on one side."""
    side, source, target = among
    newest = session.scalar(select(func.max(DbMemoryUnit.id))) or 0
    text_of = DbMemoryUnit.source_text if side is Side.SOURCE else DbMemoryUnit.target_text
    some = select(text_of).where(
        DbMemoryUnit.source == source, DbMemoryUnit.target == target, DbMemoryUnit.id % max(newest // _SAMPLE, 1) == 0
    )
    salt, counts, units = memory.salt(*among), Counter[int](), 0
    for text in session.scalars(some):
        counts.update(trigrams(folded(text), salt=salt))
        units += 1
    return Sample(counts=counts, units=units, upto=newest)


def known(session: Session, found: Iterable[Match], source: Tag) -> tuple[Known, ...]:
    """Return matches with where their words stand."""
    all_of = list(found)
    whence = places(session, [one.unit for one in all_of])
    return tuple(Known(match=one, source=source, where=whence[one.unit]) for one in all_of if one.unit in whence)


def concordance(
    session: Session, *, words: str, source: Tag, target: Tag, side: Side = Side.SOURCE, before: int = memory.LAST,
    most: int = 50,
) -> Passages:  # fmt: skip
    """Return the newest segments of a pair of languages that have all these words on one side, which are marked.

    A word is found by its beginning, whatever its capitals, and a number as it is: the index knows only that there is
    one, so that it is looked for among what has the words, `_PAGES` pages of them. What has a number below `before` is
    looked at alone: so one goes on where the last search ended. Nothing for single letters alone.
    """
    beginnings, numbers = _looked_for(words)
    salt = memory.salt(side, source, target)
    wanted = sorted({one for word in beginnings for one in trigrams(word, salt=salt, whole=False)})
    if not wanted and not numbers:
        return Passages()
    passages = list[Passage]()
    for _ in range(_PAGES):
        ids = (
            memory.having(session, wanted, limit=_PAGE, before=before)
            if wanted
            else memory.with_number(session, max(numbers, key=len), (source, target), side, limit=_PAGE, before=before)
        )
        passages += _passages(session, ids, beginnings, numbers, side)
        if len(passages) > most:
            return Passages(found=tuple(passages[:most]), before=passages[most - 1].number)
        if len(ids) < _PAGE:
            return Passages(found=tuple(passages))
        before = ids[-1]
    return Passages(found=tuple(passages), before=before)


def _passages(
    session: Session, ids: Sequence[int], beginnings: set[str], numbers: set[str], side: Side
) -> Iterator[Passage]:
    """Yield those of these units that have all the words, with the words marked."""
    units = {one.id: one for one in session.execute(select(DbMemoryUnit.__table__).where(DbMemoryUnit.id.in_(ids)))}
    where = places(session, ids)
    for one in (units[number] for number in ids if number in where):
        text = one.source_text if side is Side.SOURCE else one.target_text
        found_at = list(_places(text, beginnings, numbers))
        if len({word for _, _, word in found_at}) == len({*beginnings, *numbers}):
            found = marked(text, [(start, end) for start, end, _ in found_at])
            both = {Side.SOURCE: ((one.source_text, False),), Side.TARGET: ((one.target_text, False),), side: found}
            yield Passage(
                number=one.id, source=both[Side.SOURCE], target=both[Side.TARGET], origin=one.origin,
                where=where[one.id],
            )  # fmt: skip


_NUMBER = re.compile(r"\d+")


def _looked_for(words: str) -> tuple[set[str], set[str]]:
    """Return the beginnings of words and the numbers that somebody looks for, as they are compared."""
    return {word for word in folded(words).split() if word != "0"}, set(_NUMBER.findall(words))


def _places(text: str, beginnings: set[str], numbers: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where the words of a text stand that begin so, and which of the beginnings that is."""
    for word in words_of(text):
        plain = folded(word[0])
        for part in plain.split():
            found = max((one for one in beginnings if part.startswith(one)), key=len, default="")
            number = next((one for one in numbers if one in _NUMBER.findall(word[0])), "") if part == "0" else ""
            if found or number:
                yield word.start(), word.end(), found or number
                break
