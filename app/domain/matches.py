"""Which of the memory's words help with a segment: how near they are, in what order, with its own numbers in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from app.domain.segments import Origin, digest_of
from app.domain.word_diff import Piece, word_diff

CUTOFF: Final = 75
"""A match that has less of the words than this, in percent (RapidFuzz, `ratio`), is none."""

WORDLESS: Final = frozenset({"slug", "file", "code", "html", "rule", "reference", "fact"})
"""Kinds of segments that the memory does not keep: each text has its own, or nothing to translate there."""

_EXACT, _NEARLY = 100, 99

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A unit of the memory by its `number` there; `before` and `after` are digests of its source's neighbours.

    One that is `turned` was made the other way round: its `target` is what its `source` was translated from. One that
    was `brought` is of a file, and nobody here approved it.
    """

    number: int
    source: str
    target: str
    origin: Origin = Origin.HUMAN
    before: str = ""
    after: str = ""
    turned: bool = False
    brought: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Words to take for a segment, with the numbers of its source.

    `score` is how near their `source` is to the `text` at hand, 100 for the same words. `context` tells that a
    neighbour is the same too, `adapted` that nothing but numbers differed, `turned` that `source` is the translation
    of the words and not the other way round. `unit` is the number of the memory's unit that they come from.
    """

    unit: int
    score: int
    words: str
    source: str
    text: str
    origin: Origin
    context: bool = False
    adapted: bool = False
    turned: bool = False
    brought: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return how their source has to be changed to be the one at hand."""
        return word_diff(self.source, self.text)


def ranked(
    candidates: Iterable[Candidate], text: str, *, before: str = "", after: str = "", most: int = 5
) -> tuple[Match, ...]:
    """Return the best matches for a source text, of equal words one: in context, exact, adapted, then by their score.

    `before` and `after` are the digests of the segments beside it. Of equals a person's go first, then what was
    approved here and not brought in a file, then those that were made in this direction, then the newest.
    """
    digest = digest_of(text)
    made = (_match(one, text, digest, (before, after)) for one in candidates)
    return best((one for one in made if one is not None), most=most)


def best(found: Iterable[Match], *, most: int) -> tuple[Match, ...]:
    """Return the first of these matches in their order, of equal words one."""
    first: dict[str, Match] = {}
    for one in sorted(found, key=_order):
        first.setdefault(" ".join(one.words.split()), one)
    return tuple(list(first.values())[:most])


def _order(match: Match) -> tuple[bool, int, bool, bool, bool, bool, int]:
    return (
        not match.context, -match.score, match.adapted, match.origin is Origin.MACHINE, match.brought, match.turned,
        -match.unit,
    )  # fmt: skip


def _match(one: Candidate, text: str, digest: str, beside: tuple[str, str]) -> Match | None:
    score = fuzz.ratio(one.source, text, score_cutoff=CUTOFF)
    exact = digest_of(one.source) == digest
    if not (score or exact):
        return None
    words = None if exact else adapted(one.source, one.target, text)
    same = (known and known == here for known, here in zip((one.before, one.after), beside, strict=True))
    return Match(
        unit=one.number,
        score=_EXACT if exact else _NEARLY if words else min(int(score), _NEARLY),
        words=words or one.target,
        source=one.source,
        text=text,
        origin=one.origin,
        context=exact and any(same),
        adapted=words is not None,
        turned=one.turned,
        brought=one.brought,
    )


def adapted(source: str, target: str, text: str) -> str | None:
    """Return a target with the numbers of a text that differs from its source in numbers alone; None if it is not so.

    None too where it cannot be done without guessing: a number that changes stands in the target as often as in the
    source, and becomes the same everywhere.
    """
    old, new = _NUMBER.findall(source), _NUMBER.findall(text)
    if old == new or _NUMBER.split(source) != _NUMBER.split(text):
        return None
    becomes = dict(zip(old, new, strict=True))
    if any(becomes[one] != other for one, other in zip(old, new, strict=True)):
        return None
    there = _NUMBER.findall(target)
    if any(there.count(one) != old.count(one) for one, other in becomes.items() if one != other):
        return None
    return _NUMBER.sub(lambda found: becomes.get(found[0], found[0]), target)


def marked(text: str, places: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it was found: `places` begin and end, in order."""
    pieces, last = list[tuple[str, bool]](), 0
    for start, end in places:
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return tuple(piece for piece in (*pieces, (text[last:], False)) if piece[0])
