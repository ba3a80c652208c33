"""Standing orders of coordinators: how the texts of a document are to go live as they are approved."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.releases import Policy
from app.domain.segments import Tag
from app.storage.base import Base, Moment, by_value


class DbRelease(Base):
    """One order, in force until it `ended_at`; at most one of a document is.

    `group` are the languages that go out together, joined by commas (empty where each goes by itself). `refusal` is why
    the last attempt to carry it on failed, in English, and empty where nothing did.
    """

    __tablename__ = "release_order"
    __table_args__ = (
        Index(
            "ix_release_order_in_force", "document_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    policy: Mapped[Policy] = mapped_column(by_value(Policy))
    group: Mapped[str] = mapped_column("languages", Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    refusal: Mapped[str] = mapped_column(Text, default="")

    @property
    def together(self) -> frozenset[Tag]:
        """Return the languages that go out together."""
        return frozenset(Tag(one) for one in self.group.split(",") if one)
