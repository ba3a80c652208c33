"""Blocks of a translation divided, joined and moved: what the text is then, and what its map says of it.

No word changes, so nothing becomes newer than it is: the parts of a divided paragraph both render what the whole did,
of joined ones the whole renders what each of them did, and of a moved block the map says what it said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.alignment import born
from app.domain.errors import NotAllowed
from app.domain.said import saying
from app.domain.segments import (
    DIVISIBLE,
    FIXED_KINDS,
    UNTRANSLATED,
    Key,
    Rendering,
    Segment,
    State,
    digest_of,
    least_reviewed,
)
from app.domain.side_by_side import Row

_LISTED: Final = frozenset({"bullet", "ordered"})


class Deed(StrEnum):
    """What can be done to a block."""

    DIVIDE = "divide"
    JOIN = "join"
    UP = "up"
    DOWN = "down"


def deeds_of(row: Row) -> tuple[Deed, ...]:
    """Return what can be tried with a row; whether it can be done depends on its neighbours as well."""
    if row.kind in FIXED_KINDS:
        return ()
    moves = (Deed.UP, Deed.DOWN) if row.target is not None else ()
    if row.kind != DIVISIBLE:
        return (Deed.JOIN, *moves) if row.kind == UNTRANSLATED else moves
    return (Deed.DIVIDE, Deed.JOIN, *moves) if row.text else (Deed.JOIN, *moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearranged:
    """A text after a deed: its segments, what its map is to say anew, where to look, and a row that is no more."""

    segments: tuple[Segment, ...]
    rows: Mapping[Key, Rendering]
    key: Key
    gone: Key | None = None


def divided(shown: Sequence[Row], key: Key, words: str, before: str, *, parent: str) -> Rearranged:
    """Divide a paragraph that says `words` behind what stands `before`; its first part keeps the key.

    Both parts are as current, and as sure, as the whole. NotAllowed where it does not say that (any more), is no
    paragraph, or would be divided within a word. `parent` is the digest of the text, from which the new key is made.
    """
    row = _row(shown, key)
    if row.target is None or row.kind != DIVISIBLE or not row.text:
        raise NotAllowed(saying("only a paragraph can be split"))
    if digest_of(words) != digest_of(row.text):
        raise _meanwhile()
    left, right = before.rstrip(), words[len(before) :].lstrip()
    apart = before != left or words[len(before) :] != right
    if not (words.startswith(before) and left and right and apart):
        raise NotAllowed(saying("put the cursor between two words: the paragraph is split there"))
    parts = replace(row.target, text=left), replace(row.target, key=Key(""), text=right)
    segments = born([part for one in _text(shown) for part in (parts if one.key == key else (one,))], parent)
    place = next(number for number, one in enumerate(segments) if one.key == key)
    known = row.rendering or Rendering(key=key)
    rows = {one.key: replace(known, key=one.key) for one in segments[place : place + 2]}
    return Rearranged(segments=tuple(segments), rows=rows, key=segments[place + 1].key)


def joined(shown: Sequence[Row], key: Key) -> Rearranged:
    """Join a paragraph with the next row, which may be one that nobody translated yet; the first that is there stays.

    It renders what both did, is done only if both were, and current only if both were. NotAllowed where one of them is
    no paragraph, or neither says anything.
    """
    one = _row(shown, key)
    other = next(iter(shown[shown.index(one) + 1 :]), None)
    if other is None or not (_joinable(one) and _joinable(other)):
        raise NotAllowed(saying("a paragraph can be joined with a paragraph that follows it, and with nothing else"))
    if not (one.text or other.text):
        raise NotAllowed(saying("there is nothing to join: neither of them says anything yet"))
    there = [row.key for row in (one, other) if row.target is not None]
    kept = there[0]
    gone = other.key if kept == one.key else one.key
    text = " ".join(row.text for row in (one, other) if row.text)
    whole = Segment(key=kept, kind=DIVISIBLE, text=text)
    segments = [whole if old.key == kept else old for old in _text(shown) if old.key != gone]
    rows = {kept: _of_both(kept, one, other)}
    return Rearranged(segments=tuple(segments), rows=rows, key=kept, gone=gone)


def _joinable(row: Row) -> bool:
    """Tell whether this is a paragraph, or a hole that is to be one."""
    hole = row.kind == UNTRANSLATED and all(one.kind == DIVISIBLE for one in row.sources)
    return row.kind == DIVISIBLE or hole


def _of_both(key: Key, one: Row, other: Row) -> Rendering:
    """Return what a map says of two that became one."""
    known = [row.rendering for row in (one, other) if row.rendering is not None]
    done = all(row.text and not row.unsure for row in (one, other))
    return Rendering(
        key=key,
        sources=tuple(dict.fromkeys((*_sources(one), *_sources(other)))),
        source_digest=_digest(one, other),
        state=State.DONE if done else State.NEEDS_WORK,
        origin=least_reviewed(row.origin for row in known if row.state is not State.MISSING),
    )


def _sources(row: Row) -> tuple[Key, ...]:
    return row.rendering.sources if row.rendering is not None else tuple(one.key for one in row.sources)


def _digest(one: Row, other: Row) -> str | None:
    """Return the digest of what both were made from, None where that is not known of each."""
    if _sources(one) == _sources(other):
        digests = {row.rendering.source_digest for row in (one, other) if row.rendering is not None}
        return digests.pop() if len(digests) == 1 else None
    texts: dict[Key, str] = {}
    for row in (one, other):
        made_from = row.before if row.stale else row.sources
        if len(made_from) != len(_sources(row)) or any(texts.get(was.key, was.text) != was.text for was in made_from):
            return None
        texts |= {was.key: was.text for was in made_from}
    return digest_of(*texts.values()) if texts else None


def moved(shown: Sequence[Row], key: Key, deed: Deed) -> Rearranged:
    """Put a block before the one that it follows (`UP`), or behind the one that follows it (`DOWN`).

    NotAllowed where there is none, or a list would be torn apart.
    """
    row, text = _row(shown, key), list(_text(shown))
    place = next((number for number, one in enumerate(text) if one.key == key), None)
    if place is None or row.kind in FIXED_KINDS:
        raise NotAllowed(saying("only blocks of a translation are split, joined and moved"))
    beside = place + (1 if deed is Deed.DOWN else -1)
    if not 0 <= beside < len(text) or text[beside].kind in FIXED_KINDS:
        raise NotAllowed(saying("there is nothing in that direction that it could change places with"))
    kinds = {text[place].kind, text[beside].kind}
    if kinds & _LISTED and len(kinds) > 1:
        raise NotAllowed(saying("a list is not torn apart: its items move within it, and other blocks stay outside"))
    text[place], text[beside] = text[beside], text[place]
    return Rearranged(segments=tuple(text), rows={}, key=key)


def require_same(then: Sequence[Row], now: Sequence[Row], key: Key, deed: Deed) -> None:
    """Raise NotAllowed where the neighbour that a deed is about is another one by now than when it was shown."""
    beside = _neighbour(now, key, deed)
    keys = [row.key for row in then]
    if key not in keys or (beside is not None and beside not in keys):
        raise _meanwhile()
    if beside is not None and (keys.index(beside) < keys.index(key)) is not (deed is Deed.UP):
        raise _meanwhile()


def _neighbour(shown: Sequence[Row], key: Key, deed: Deed) -> Key | None:
    keys = [row.key for row in shown if row.target is not None or deed is Deed.JOIN or row.key == key]
    place = keys.index(key) + (-1 if deed is Deed.UP else 1) if key in keys else -1
    return keys[place] if deed is not Deed.DIVIDE and 0 <= place < len(keys) else None


def _row(shown: Sequence[Row], key: Key) -> Row:
    found = next((row for row in shown if row.key == key), None)
    if found is None:
        raise _meanwhile()
    return found


def _text(shown: Sequence[Row]) -> tuple[Segment, ...]:
    return tuple(row.target for row in shown if row.target is not None)


def _meanwhile() -> NotAllowed:
    return NotAllowed(saying("the text was changed here meanwhile: look at it again"))
