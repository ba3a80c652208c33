"""Messages that a page could not be made with: their placeholders could not be filled when it was asked for.

Kept is a digest of domain, message and words, and nothing else: other words are another row, and what was mended is
found by nobody any more.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.segments import digest_of
from app.storage.base import Base, Moment, insert_into

MOST: Final = 1_000
"""Rows; of more the oldest go."""


class DbUnfilled(Base):
    """Words of a message of which a page saw `at` a time that they cannot be filled."""

    __tablename__ = "unfilled"
    __table_args__ = (Index("ix_unfilled_at", "at"),)

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def remember(session: Session, domain: str, key: str, words: str, *, at: datetime) -> bool:
    """Keep that a message (msgctxt, U+0004, msgid) of a gettext domain cannot be filled with these words.

    Return whether that is news.
    """
    row = insert_into(session, DbUnfilled).values(subject=_subject(domain, key, words), at=at)
    is_new = session.execute(row.on_conflict_do_nothing().returning(DbUnfilled.subject)).first() is not None
    newest = select(DbUnfilled.at).order_by(DbUnfilled.at.desc()).offset(MOST - 1).limit(1)
    if (oldest := session.scalar(newest)) is not None:
        session.execute(delete(DbUnfilled).where(DbUnfilled.at < oldest))
    return is_new


def unfilled(session: Session, domain: str, messages: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return those messages, by key and words of a form, that a page could not be made with."""
    known = frozenset(session.scalars(select(DbUnfilled.subject).limit(2 * MOST)))
    if not known:
        return frozenset()
    return frozenset((key, words) for key, words in messages if _subject(domain, key, words) in known)


def _subject(domain: str, key: str, words: str) -> str:
    return digest_of(domain, key, words)
