"""Work that must not be lost: a row written in the transaction of its cause, claimed under a lease, done at least once.

No queue library serves SQLite and PostgreSQL inside the caller's transaction, so this is one table and two functions.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Index, Integer, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.storage.base import Base, Moment

LEASE = timedelta(minutes=5)


class DbWork(Base):
    """One piece of work: `kind` says who does it, `subject` and `payload` (JSON) on what, `due_at` not before when."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    payload: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)


def is_due(session: Session, *, now: datetime) -> bool:
    """Tell, without a lock, whether a claim would find anything."""
    return session.scalar(select(DbWork.id).where(_due(now)).limit(1)) is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(DbWork.due_at <= now, or_(DbWork.leased_until.is_(None), DbWork.leased_until < now))


def claim(session: Session, *, now: datetime, most: int = 10) -> list[DbWork]:
    """Take up to `most` due rows under a lease, so that no other worker takes them before it runs out.

    Commit, do the work, and delete each row in the transaction that does it.
    """
    due = (
        select(DbWork).where(_due(now)).order_by(DbWork.due_at, DbWork.id).limit(most).with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(due))
    for row in rows:
        row.leased_until = now + LEASE
        row.attempts += 1
    session.flush()
    return rows
