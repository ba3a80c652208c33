"""What was done to selections of texts: who, when and what, and of each text what to undo."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.bulk import BulkKind
from app.domain.segments import Tag
from app.storage.base import Base, Moment, by_value
from app.storage.reasons import reasons_in
from app.storage.texts import DbDocument


class DbBulkAction(Base):
    """Somebody did something to a selection of texts."""

    __tablename__ = "bulk_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BulkKind] = mapped_column(by_value(BulkKind))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    items: Mapped[list["DbBulkItem"]] = relationship(back_populates="action", order_by="DbBulkItem.id")


class DbBulkItem(Base):
    """What became of one text of a selection.

    `before` and `after` are numbers of rows, of which each kind of action says what they are (`services/bulk_…`): what
    was made, and what stood there. Numbers alone, so that nobody's name is kept here a second time. `refusal` says why
    nothing was done (`storage.reasons`), empty where it was.
    """

    __tablename__ = "bulk_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("bulk_action.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    locale: Mapped[Tag] = mapped_column(String(35))
    before: Mapped[int | None] = mapped_column(Integer)
    after: Mapped[int | None] = mapped_column(Integer)
    refusal: Mapped[str] = mapped_column(Text, default="")
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str] = mapped_column(String(120), default="")
    action: Mapped[DbBulkAction] = relationship(back_populates="items")
    document: Mapped[DbDocument] = relationship()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why nothing was done, each reason as it was said."""
        return reasons_in(self.refusal)

    @property
    def stands(self) -> bool:
        """Tell whether it was done, and not undone."""
        return not self.refusal and self.undone_at is None
