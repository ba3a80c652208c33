"""What the synchroniser remembers of each file: the bytes and the state of the database it last agreed on."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Moment


class DbTreeFile(Base):
    """A file of the tree.

    `digest` is SHA-256 of its bytes when last read or written; `state` names what the database had for it then, empty
    if the file has still to be written; `revision_id` is the text both came from: the base of the file's next change.
    `problem` is why its newest bytes (`refused`, their digest) were not taken in, empty if they were.
    """

    __tablename__ = "tree_file"

    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    translation_id: Mapped[int | None] = mapped_column(ForeignKey("translation.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(60))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    refused: Mapped[str] = mapped_column(String(64), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    seen_at: Mapped[datetime] = mapped_column(Moment)
