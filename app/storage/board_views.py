"""Views of the board that people keep: an address each, under a name."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Moment

LONGEST_NAME = 60
LONGEST_QUERY = 2000


class DbBoardView(Base):
    """A view of somebody's, by the `query` of its address. All see a `shared` one; with `start` the board opens."""

    __tablename__ = "board_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))
    shared: Mapped[bool] = mapped_column(Boolean, index=True)
    start: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime] = mapped_column(Moment)
