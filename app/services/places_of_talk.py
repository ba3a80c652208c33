"""What was said of a segment, and dismissed in it, stays with its words when those become part of another segment.

It goes on at the whole, and goes back as soon as the segment that it was made on is there again.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.segments import Key
from app.storage.dismissals import DbDismissal
from app.storage.talk import DbComment
from app.storage.texts import DbTranslation

_Said = TypeVar("_Said", DbComment, DbDismissal)


def follow(session: Session, translation: DbTranslation, gone: Mapping[Key, Key], there: Collection[Key]) -> None:
    """Let what is at segments that are `gone` go to those that they are part of; `there` are all that the text has."""
    concerned: list[DbComment | DbDismissal] = [
        *_concerned(session, DbComment, translation, gone), *_concerned(session, DbDismissal, translation, gone)
    ]  # fmt: skip
    for one in concerned:
        before = [Key(key) for key in one.was_at.splitlines()]
        if one.key in gone:
            before, one.key = [*before, one.key], gone[one.key]
        home = next((place for place, key in enumerate(before) if key in there), None)
        if home is not None:
            before, one.key = before[:home], before[home]
        one.was_at = "\n".join(before)
    session.flush()


def _concerned(
    session: Session, table: type[_Said], translation: DbTranslation, gone: Collection[Key]
) -> Iterable[_Said]:
    there = or_(table.was_at != "", table.key.in_(gone))
    return session.scalars(select(table).where(table.translation_id == translation.id, there)).all()


def parts(before: Iterable[Key], there: Collection[Key]) -> dict[Key, Key]:
    """Return into what the segments went that a text has no more: into what stood before them, and is there still."""
    gone, last = dict[Key, Key](), next(iter(there))
    for key in before:
        if key in there:
            last = key
        else:
            gone[key] = last
    return gone
