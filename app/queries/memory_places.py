"""Where words of the memory come from: the text in which they stand, or a file that somebody brought."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.storage.memory import DbMemoryText, DbMemoryUnit
from app.storage.memory_imports import DbMemoryImport
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """In which text words stand, what that is called, and who saved it as it was approved, when."""

    is_file: ClassVar[bool] = False
    document: DocumentName
    locale: Tag
    title: str
    author: str
    at: datetime

    @property
    def account(self) -> str:
        """Return the account that is to be named beside the words."""
        return self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFile:
    """Which file words came from, and which account brought it, when.

    What the file itself says of them, as far as it does: of which `document` they are, who made them and when.
    """

    is_file: ClassVar[bool] = True
    filename: str
    account: str
    brought_at: datetime
    document: str
    maker: str
    at: datetime | None


def places(session: Session, units: Collection[int]) -> Mapping[int, Where | FromFile]:
    """Return where units stand or which files they came from, by their numbers."""
    return {**_where(session, units), **_brought(session, units)}


def _brought(session: Session, units: Collection[int]) -> Mapping[int, FromFile]:
    rows = (
        select(
            DbMemoryUnit.id, DbMemoryUnit.said_of, DbMemoryUnit.said_by, DbMemoryUnit.said_at, DbMemoryImport.filename,
            DbMemoryImport.by, DbMemoryImport.at,
        )
        .join(DbMemoryImport, DbMemoryImport.id == DbMemoryUnit.import_id)
        .where(DbMemoryUnit.id.in_(units))
    )  # fmt: skip
    return {
        row.id: FromFile(
            filename=row.filename, account=row.by, brought_at=row.at, document=row.said_of or "",
            maker=row.said_by or "", at=row.said_at,
        )
        for row in session.execute(rows)
    }  # fmt: skip


def _where(session: Session, units: Collection[int]) -> Mapping[int, Where]:
    rows = (
        select(
            DbMemoryUnit.id, DbDocument.kind, DbDocument.name, DbTranslation.locale, DbStanding.title,
            DbRevision.author, DbRevision.created_at,
        )
        .join(DbTranslation, DbTranslation.id == DbMemoryUnit.translation_id)
        .join(DbDocument, DbDocument.id == DbTranslation.document_id)
        .join(DbMemoryText, DbMemoryText.translation_id == DbTranslation.id)
        .join(DbRevision, DbRevision.id == DbMemoryText.revision_id)
        .outerjoin(
            DbStanding, (DbStanding.document_id == DbDocument.id) & (DbStanding.locale == DbTranslation.locale)
        )
        .where(DbMemoryUnit.id.in_(units))
    )  # fmt: skip
    return {
        row.id: Where(
            document=DocumentName(kind=row.kind, name=row.name), locale=row.locale, title=row.title or row.name,
            author=row.author, at=row.created_at,
        )
        for row in session.execute(rows)
    }  # fmt: skip
