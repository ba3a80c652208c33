"""What the translation memory knows: matches for a segment, and where words stand (concordance)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.folding import words as words_of
from app.domain.matches import Match, marked
from app.domain.segments import Origin, Tag
from app.domain.trigrams import folded, trigrams
from app.queries.memory_places import FromFile, Where, places
from app.storage import memory, memory_matches
from app.storage.memory import DbMemoryUnit, Side

matches: Final = memory_matches.matches

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
