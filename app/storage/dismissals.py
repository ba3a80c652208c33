"""Findings of checks that somebody looked at and called right, with the reason.

Rows are only ever added; those of a segment that was joined to another get its key, until it is there again.
"""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.segments import Key
from app.storage.base import Base, Moment

LONGEST_REASON = 1_000


class DbDismissal(Base):
    """Of what a finding is about (`subject`, a digest of its words) somebody said that it `stands`, or does no more.

    The newest row of a text, segment and subject counts. Where the words change, the subject is another. `was_at` as of
    comments.
    """

    __tablename__ = "dismissal"
    __table_args__ = (Index("ix_dismissal_subject", "translation_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"))
    key: Mapped[Key] = mapped_column(Text)
    was_at: Mapped[str] = mapped_column(Text, default="")
    check: Mapped[str] = mapped_column("check_name", String(40))
    subject: Mapped[str] = mapped_column(String(64))
    stands: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
