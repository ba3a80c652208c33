"""What people say to one another about a text, and whose it is: comments and assignments.

Rows are only ever added; those of a segment that was joined to another get its key, until it is there again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.segments import Key, Tag
from app.storage.base import Base, Moment

LONGEST_COMMENT = 10_000

WHOLE = Key("")
"""Of a comment that is about all of a text."""

NO_TAG = Tag("")
"""Of a comment that is no question by who translates."""


class DbComment(Base):
    """What somebody said of a text as it was in a revision (None: before there was one).

    `key` is the segment that it is about, or `WHOLE`. `for_locale` is the language that somebody was translating into
    when they asked this at the source text; empty for what is no such question.
    `was_at` are the segments that it was made on, and at later, each in a line, where its words became part of another
    (`services.places_of_talk`).
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    key: Mapped[Key] = mapped_column(Text, default=WHOLE)
    for_locale: Mapped[Tag] = mapped_column(String(35), default=NO_TAG, server_default="")
    was_at: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class DbResolution(Base):
    """Somebody said that a comment is settled, or that it is not: the newest row of a comment counts."""

    __tablename__ = "comment_resolution"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    settled: Mapped[bool] = mapped_column(Boolean)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)


class DbAssignment(Base):
    """Whose a document's text in a language is from now on (empty: nobody's), and until when it is asked for.

    A `team`'s is for any of its members to take; with a `person` it says through which team it came to them. `priority`
    is 1 where it is urgent, 0, or -1 where it can wait. `reason` is why the person before gave it back, empty if they
    did not. The newest row of a document and language counts; the others are its history.
    `publication` is that from which it followed by itself, `by` who published then; 0 where a person assigned it.
    """

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_text", "document_id", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    locale: Mapped[Tag] = mapped_column(String(35))
    person: Mapped[str] = mapped_column(String(120), index=True)
    team: Mapped[str] = mapped_column(String(60), default="", server_default="")
    priority: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    due: Mapped[datetime | None] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    publication: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

    @property
    def asked_by(self) -> str:
        """Return who asked for it; nobody where it followed by itself."""
        return "" if self.publication else self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Whose a text is (nobody's by default), wanted at `due` (aware), how urgently, and why it was given back."""

    person: str = ""
    team: str = ""
    due: datetime | None = None
    priority: int = 0
    reason: str = ""

    @classmethod
    def of(cls, row: DbAssignment | None) -> "Given":
        """Return what a row says; of none, that it is nobody's."""
        if row is None:
            return cls()
        return cls(person=row.person, team=row.team, due=row.due, priority=row.priority, reason=row.reason)


NOBODYS: Final = Given()


def newest_assignment(session: Session, document_id: int, locale: Tag) -> DbAssignment | None:
    """Return the assignment that counts, None if the text was never anybody's."""
    given = select(DbAssignment).where(DbAssignment.document_id == document_id, DbAssignment.locale == locale)
    return session.scalar(given.order_by(DbAssignment.id.desc()).limit(1))
