"""Work that must not be lost: a row written in the transaction of its cause, claimed under a lease, done at least once.

No queue library serves SQLite and PostgreSQL inside the caller's transaction, so this is one table and a few functions.
What was refused stays, with its reason, and is not claimed again until somebody gives it another time.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Index, Integer, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.storage.base import Base, Moment

LEASE = timedelta(minutes=5)


class DbWork(Base):
    """One piece of work: `kind` says who does it, `subject` and `payload` (JSON) on what, `due_at` not before when.

    `refusal` is the reason why it could not be done, in English, and empty while it is still to be done.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    payload: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    refusal: Mapped[str] = mapped_column(Text, default="")
    refused_at: Mapped[datetime | None] = mapped_column(Moment)

    def refuse(self, reason: str, *, now: datetime) -> None:
        """Keep why it could not be done, and let nobody claim it."""
        self.refusal, self.refused_at, self.leased_until = reason, now, None

    def put_off(self, due: datetime) -> None:
        """Give it another time, as if it had never been tried."""
        self.due_at, self.refusal, self.refused_at, self.leased_until = due, "", None, None


def is_due(session: Session, kind: str, *, now: datetime) -> bool:
    """Tell, without a lock, whether a claim of this kind of work would find anything."""
    return session.scalar(select(DbWork.id).where(_due(kind, now)).limit(1)) is not None


def _due(kind: str, now: datetime) -> ColumnElement[bool]:
    free = or_(DbWork.leased_until.is_(None), DbWork.leased_until < now)
    return and_(DbWork.kind == kind, DbWork.due_at <= now, DbWork.refused_at.is_(None), free)


def claim(session: Session, kind: str, *, now: datetime, most: int = 10) -> list[DbWork]:
    """Take up to `most` due rows of a kind under a lease, so that no other worker takes them before it runs out.

    Commit, do the work, and delete (or refuse) each row in the transaction that does it.
    """
    due = (
        select(DbWork)
        .where(_due(kind, now))
        .order_by(DbWork.due_at, DbWork.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(due))
    for row in rows:
        row.leased_until = now + LEASE
        row.attempts += 1
    session.flush()
    return rows


def keep_hold(session: Session, number: int, *, now: datetime) -> None:
    """Lengthen the lease of a row that takes long, so that nobody begins it once more meanwhile."""
    session.execute(update(DbWork).where(DbWork.id == number).values(leased_until=now + LEASE))


def held(session: Session, number: int) -> DbWork | None:
    """Return a row as it is now, locked until the transaction ends; None if it is gone."""
    return session.scalar(
        select(DbWork).where(DbWork.id == number).with_for_update().execution_options(populate_existing=True)
    )
