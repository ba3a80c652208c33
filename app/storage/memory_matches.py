"""What the memory has for a source text, the nearest first: who translates is shown it, and a submission told of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.matches import Candidate, Match, ranked
from app.domain.segments import Key, Origin, Tag, digest_of
from app.domain.trigrams import folded, telling, trigrams
from app.storage import memory
from app.storage.memory import DbMemoryUnit, Found, Side

MOST: Final = 16
"""Trigrams that candidates are found by."""

_CANDIDATES, _SAME = 40, 50
_READ = 3_000  # units that one lookup may read in the index
_SAMPLE = 4_000


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
    upto: int = memory.LAST,
) -> tuple[Match, ...]:
    """Return what the memory has for a source text, the best first; see `domain.matches`.

    Pairs that were made the other way round help too: their translation is like the text, their source is the words.
    `before` and `after` are the texts beside it; `but` is a segment (number of its translation, key) that is no help:
    the one that is being translated. Units that came after `upto`, by number, are no help either.
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
    known = [one for one in found if one.id <= upto and (one.translation_id, one.key) != but]
    candidates = [_candidate(one, turned=one.source != source) for one in known]
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
    newest = memory.newest(session)
    text_of = DbMemoryUnit.source_text if side is Side.SOURCE else DbMemoryUnit.target_text
    some = select(text_of).where(
        DbMemoryUnit.source == source, DbMemoryUnit.target == target, DbMemoryUnit.id % max(newest // _SAMPLE, 1) == 0
    )
    salt, counts, units = memory.salt(*among), Counter[int](), 0
    for text in session.scalars(some):
        counts.update(trigrams(folded(text), salt=salt))
        units += 1
    return Sample(counts=counts, units=units, upto=newest)
