"""What others saved of a segment while somebody types in it: told before it is merged, so that nobody is surprised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.segments import Key, Tag, is_hole
from app.formats.choice import parse
from app.storage.accounts import DbAccount
from app.storage.texts import MAP, DbRevision, DbTranslation
from app.storage.working_copies import DbWorkingCopy, digest_of_key

_STEPS = 30
"""Revisions that are looked at to find who changed a segment last; behind that it is said of who saved the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A segment reads otherwise by now than on somebody's page: what it says, and by whose name."""

    author: str
    text: str


def met(
    session: Session, translation: DbTranslation, bases: Mapping[Key, int], *, account: str, tab: str
) -> dict[Key, Met]:
    """Return what the head says otherwise of these segments than the revisions on which a window types them.

    What the window itself typed before, and is part of the text by now, is none of it; nor are a machine's words that
    nobody has confirmed, in a segment that was empty: what a person types takes their place.
    """
    head = translation.head
    if head is None or all(head.number == base for base in bases.values()):
        return {}
    now, found = _texts(translation, head), dict[Key, Met]()
    for key, base in _since(session, translation, bases, account=account, tab=tab).items():
        if base == head.number:
            continue
        key_now = key if key in now else _rendering(head, key)
        text, before = now.get(key_now, ""), _at(session, translation, base).get(key, "")
        if text != before and (before or key_now not in head.segment_map.unread):
            found[key] = Met(author=_who(session, translation, head, key_now), text=text)
    return found


def writer(session: Session, translation: DbTranslation, key: Key) -> str:
    """Return who changed a segment of the newest text last; nobody's name where there is no text."""
    head = translation.head
    return _who(session, translation, head, key) if head is not None else ""


def _since(
    session: Session, translation: DbTranslation, bases: Mapping[Key, int], *, account: str, tab: str
) -> dict[Key, int]:
    """Return from which revision on each segment could be otherwise than the window knows."""
    mine = select(DbWorkingCopy.key, DbWorkingCopy.onto).join(DbAccount, DbAccount.id == DbWorkingCopy.account_id)
    mine = mine.where(
        DbWorkingCopy.document_id == translation.document_id, DbWorkingCopy.locale == translation.locale,
        DbAccount.name == account, DbWorkingCopy.tab == tab, DbWorkingCopy.onto.is_not(None),
        DbWorkingCopy.digest.in_([digest_of_key(key) for key in bases]),
    )  # fmt: skip
    onto = {row.key: row.onto for row in session.execute(mine)}
    return {key: max(base, onto.get(key, 0)) for key, base in bases.items()}


def _rendering(head: DbRevision, source: Key) -> Key:
    """Return which segment renders one of the source; the same key if none does."""
    return next((row.key for row in head.segment_map.rows if source in row.sources), source)


def _who(session: Session, translation: DbTranslation, head: DbRevision, key: Key) -> str:
    """Return who changed a segment last."""
    for after, before in _back(session, head):
        if _texts(translation, after).get(key) != (_texts(translation, before).get(key) if before else None):
            return after.author
    return head.author


def _back(session: Session, head: DbRevision) -> Iterator[tuple[DbRevision, DbRevision | None]]:
    """Yield the last revisions, newest first, each with what it was made from; of a merge, with what was merged in."""
    last: DbRevision | None = head
    for _ in range(_STEPS):
        if last is None:
            return
        before = session.get(DbRevision, last.parent_id) if last.parent_id else None
        yield last, before
        last = before


def _at(session: Session, translation: DbTranslation, number: int) -> Mapping[Key, str]:
    numbered = (DbRevision.translation_id == translation.id, DbRevision.number == number)
    found = session.scalar(select(DbRevision).where(*numbered))
    return _texts(translation, found) if found else {}


def _texts(translation: DbTranslation, revision: DbRevision) -> Mapping[Key, str]:
    return _parsed(translation.document.kind, translation.locale, revision.text, revision.packed_map)


@lru_cache(maxsize=16)
def _parsed(kind: Kind, locale: Tag, text: str, packed: bytes) -> Mapping[Key, str]:
    """Return the words of a revision, which never change, by key; those who type ask for the same few all the time."""
    segments = parse(kind, locale, text, path="").segments
    keyed = MAP.decode(packed).with_keys(segments)
    return {one.key: "" if is_hole(one) else one.text.rstrip() for one in keyed}
