"""Which weekly reports went out to whom: none goes twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Moment


class DbWeeklyLetter(Base):
    """The report of a `week` (`2026-W48`), of a `language` (empty: of all), was ordered for an account by somebody.

    Its row is written in the transaction that orders the letter, and stays.
    """

    __tablename__ = "weekly_letter"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
