"""Files that people sent to the desk, kept until they said what is to become of them, and a while longer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.segments import Tag
from app.storage.base import Base, Moment

LONGEST_NAME = 200


class DbUpload(Base):
    """A file that an account sent for a text, byte for byte. `done_at` is when it was taken in (None: not yet)."""

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_account", "account_id", "at"),
        {"sqlite_autoincrement": True},  # a page that was left open leads to no other file than it shows
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    document: Mapped[str] = mapped_column(String(130))
    locale: Mapped[Tag] = mapped_column(String(35))
    filename: Mapped[str] = mapped_column(String(LONGEST_NAME))
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
