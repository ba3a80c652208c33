"""Documents, translations, revisions, suggestions, approvals and publications: the truth, drafts included.

Revisions, approvals and publications are only ever added; the database itself refuses to change or delete one (triggers
in the migrations). No module that serves readers may import this one; `.importlinter` contracts hold it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.documents import DocumentName, Kind
from app.domain.people import Channel
from app.domain.permissions import Side
from app.domain.segments import NO_LANGUAGE, Key, SegmentMap, Tag
from app.domain.translations import Action, Status
from app.storage.base import Base, Forms, Moment, by_value

MAP: Final = msgspec.json.Decoder(SegmentMap)
"""Reads a segment map. Such readers are made while their module is imported: msgspec learns how a class is read when it
first reads one, and two threads of a new process that do so at once end it (0.22; `tests/storage/test_readers.py`)."""


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class DbDocument(Base):
    """A thing to translate."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[Tag] = mapped_column(String(35))
    created_at: Mapped[datetime] = mapped_column(Moment)
    translations: Mapped[list["DbTranslation"]] = relationship(
        back_populates="document", order_by="DbTranslation.locale"
    )

    @property
    def full_name(self) -> DocumentName:
        """Return `kind/name`."""
        return DocumentName(kind=self.kind, name=self.name)

    def text_in(self, locale: Tag) -> "DbTranslation | None":
        """Return its translation in a locale, None if there is none."""
        return next((one for one in self.translations if one.locale == locale), None)


class DbTranslation(Base):
    """One document in one locale (or `zxx`: its facts, its template): the status of its head, and what is live."""

    __tablename__ = "translation"
    __table_args__ = (
        UniqueConstraint("document_id", "locale"),
        CheckConstraint("(status = 'missing') = (head_id IS NULL)", name="a_head_unless_missing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    locale: Mapped[Tag] = mapped_column(String(35))
    status: Mapped[Status] = mapped_column(by_value(Status), default=Status.MISSING)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    live_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    document: Mapped[DbDocument] = relationship(back_populates="translations")
    head: Mapped["DbRevision | None"] = relationship(foreign_keys=[head_id])
    live: Mapped["DbRevision | None"] = relationship(foreign_keys=[live_id])

    @property
    def is_source(self) -> bool:
        """Tell whether this is what the others are translated from."""
        return self.locale == self.document.source

    @property
    def side(self) -> Side:
        """Tell what the second table has to know of it: facts and templates are on the side of the source."""
        return Side.SOURCE if self.is_source or not self.is_language else Side.TRANSLATION

    @property
    def subject(self) -> str:
        """Name it in the journal: `news/2026-03-18-x@kk`."""
        return f"{self.document.full_name}@{self.locale}"

    @property
    def is_language(self) -> bool:
        """Tell a text in a language from facts and templates."""
        return self.locale != NO_LANGUAGE


class DbRevision(Base):
    """An immutable saved text with its segment map. `digest` is that of the canonical form, 64 hexadecimal digits."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("translation_id", "number"),
        Index("ix_revision_digest", "translation_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"))
    number: Mapped[int] = mapped_column(Integer)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    packed_map: Mapped[bytes]
    author: Mapped[str] = mapped_column(String(120))
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def segment_map(self) -> SegmentMap:
        """Return the map of this text's segments to what they were made from."""
        return MAP.decode(self.packed_map)

    @segment_map.setter
    def segment_map(self, segments: SegmentMap) -> None:
        self.packed_map = msgspec.json.encode(segments)


class DbSuggestion(Base):
    """What could not be merged: kept beside the text until somebody takes or declines it.

    `reason` says why it cannot stand in the text as it is (`storage.reasons`), empty where it can.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    key: Mapped[Key] = mapped_column(Text)
    base_digest: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Forms)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    author: Mapped[str] = mapped_column(String(120))
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    state: Mapped[SuggestionState] = mapped_column(by_value(SuggestionState), default=SuggestionState.OPEN)
    created_at: Mapped[datetime] = mapped_column(Moment)


class DbPublication(Base):
    """A revision went live. The newest one of a translation with a `live_id` is what readers see."""

    __tablename__ = "publication"
    __table_args__ = (Index("ix_publication_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    minor: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(Moment)


class DbApproval(Base):
    """A revision was approved, a source text with the facts that stood then (None: of others, and of older builds).

    `minor` is what its approver said of a source text: translations stay current by it, whenever it goes live. The
    newest one of a translation is what four eyes compare with.
    """

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    facts_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    minor: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    at: Mapped[datetime] = mapped_column(Moment)


class DbNote(Base):
    """What somebody wrote when they returned, approved in spite of four eyes, or otherwise acted on a revision."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    action: Mapped[Action] = mapped_column(by_value(Action))
    author: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
