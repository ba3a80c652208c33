"""What the translation memory knows: matches for a segment, and where words stand (concordance)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.domain.matches import Candidate, Match, nearest, ranked
from app.domain.segments import Key, Tag, digest_of
from app.domain.trigrams import folded, telling, trigrams
from app.storage import memory
from app.storage.memory import DbMemoryUnit, Side

MOST: Final = 16
"""Trigrams that candidates are found by."""

_CANDIDATES, _SAME, _RANKED = 200, 50, 30
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


_samples: WeakKeyDictionary[Engine, dict[tuple[Tag, Tag], Sample]] = WeakKeyDictionary()
"""Of each process its own, since they are estimates alone: no row of the database counts anything."""


def matches(
    session: Session,
    *,
    text: str,
    source: Tag,
    target: Tag,
    before: str = "",
    after: str = "",
    but: tuple[int, Key] | None = None,
    most: int = 5,
) -> tuple[Match, ...]:
    """Return what the memory has for a source text, the best first; see `domain.matches`.

    `before` and `after` are the texts beside it; `but` is a segment (number of its translation, key) that is no help:
    the one that is being translated.
    """
    pair, digest = (source, target), digest_of(text)
    of_pair = (DbMemoryUnit.source == source, DbMemoryUnit.target == target)
    same = select(DbMemoryUnit.id).where(*of_pair, DbMemoryUnit.digest == digest)
    exact = session.scalars(same.order_by(DbMemoryUnit.id.desc()).limit(_SAME)).all()
    wanted = trigrams(folded(text), salt=memory.salt(Side.SOURCE, *pair))
    sample = _sample(session, pair)
    by = telling(wanted, sample.counts, most=MOST, budget=sample.budget())
    near = nearest(memory.nearest(session, by, limit=_CANDIDATES), text, most=_RANKED)
    units = DbMemoryUnit.id.in_({*exact, *near})
    candidates = [
        Candidate(
            number=one.id, source=one.source_text, target=one.target_text, origin=one.origin, before=one.before,
            after=one.after,
        )
        for one in session.execute(select(DbMemoryUnit.__table__).where(units))
        if (one.translation_id, one.key) != but
    ]  # fmt: skip
    digests = (digest_of(one) if one else "" for one in (before, after))
    return ranked(candidates, text, before=next(digests), after=next(digests), most=most)


def _sample(session: Session, pair: tuple[Tag, Tag]) -> Sample:
    engine = session.get_bind().engine
    known = _samples.setdefault(engine, {}).get(pair)
    newest = session.scalar(select(func.max(DbMemoryUnit.id))) or 0
    if known is None or not known.upto <= newest <= known.upto * 1.3 + 500:
        known = _sampled(session, pair, newest)
        _samples[engine][pair] = known
    return known


def _sampled(session: Session, pair: tuple[Tag, Tag], newest: int) -> Sample:
    source, target = pair
    some = select(DbMemoryUnit.source_text).where(
        DbMemoryUnit.source == source, DbMemoryUnit.target == target, DbMemoryUnit.id % max(newest // _SAMPLE, 1) == 0
    )
    salt, counts, units = memory.salt(Side.SOURCE, *pair), Counter[int](), 0
    for text in session.scalars(some):
        counts.update(trigrams(folded(text), salt=salt))
        units += 1
    return Sample(counts=counts, units=units, upto=newest)
