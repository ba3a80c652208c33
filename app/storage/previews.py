"""Links that show a draft to whoever has them, until they expire or are revoked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Moment


class DbPreview(Base):
    """A link to the newest text of a translation, always the head. Of its token `digest`, SHA-256, alone is kept.

    It is good until `expires_at`, or until somebody revoked it.
    """

    __tablename__ = "preview"

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
