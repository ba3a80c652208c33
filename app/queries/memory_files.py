"""The memory as files: what one of a pair of languages holds, and which were brought."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Origin, Tag
from app.formats.tmx import Memory
from app.storage.memory import DbMemoryText, DbMemoryUnit
from app.storage.memory_imports import DbMemoryImport
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_AT_ONCE = 500  # rows in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that was brought: by whom and when, whether to its end, and how many units of it there are."""

    number: int
    filename: str
    by: str
    at: datetime
    is_whole: bool
    units: int
    targets: tuple[Tag, ...]


def units(session: Session, one: Tag, other: Tag) -> Iterator[Memory]:
    """Yield all units of two languages, whichever they were made from, the older first; never many at once."""
    there = and_(DbMemoryUnit.source == one, DbMemoryUnit.target == other)
    back = and_(DbMemoryUnit.source == other, DbMemoryUnit.target == one)
    rows = (
        select(
            DbMemoryUnit.source, DbMemoryUnit.target, DbMemoryUnit.source_text, DbMemoryUnit.target_text,
            DbMemoryUnit.origin, DbMemoryUnit.said_of, DbMemoryUnit.said_by, DbMemoryUnit.said_at,
            DbMemoryUnit.translation_id, DbDocument.kind, DbDocument.name, DbRevision.author, DbRevision.created_at,
        )
        .outerjoin(DbTranslation, DbTranslation.id == DbMemoryUnit.translation_id)
        .outerjoin(DbDocument, DbDocument.id == DbTranslation.document_id)
        .outerjoin(DbMemoryText, DbMemoryText.translation_id == DbTranslation.id)
        .outerjoin(DbRevision, DbRevision.id == DbMemoryText.revision_id)
        .where(or_(there, back))
        .order_by(DbMemoryUnit.id)
        .execution_options(yield_per=_AT_ONCE)
    )  # fmt: skip
    for row in session.execute(rows):
        of_text = row.translation_id is not None
        document = str(DocumentName(kind=row.kind, name=row.name)) if of_text else row.said_of or ""
        yield Memory(
            words={row.source: row.source_text, row.target: row.target_text}, source=row.source,
            at=row.created_at if of_text else row.said_at, by=(row.author if of_text else row.said_by) or "",
            document=document, machine=row.origin is Origin.MACHINE, message=row.kind is Kind.CATALOGUE,
        )  # fmt: skip


def files(session: Session) -> Sequence[File]:
    """Return which files were brought, the newest first."""
    counted = (
        select(DbMemoryUnit.import_id, DbMemoryUnit.target, func.count())
        .where(DbMemoryUnit.import_id.is_not(None))
        .group_by(DbMemoryUnit.import_id, DbMemoryUnit.target)
        .order_by(DbMemoryUnit.target)
    )
    into: dict[int, dict[Tag, int]] = {}
    for number, target, count in session.execute(counted):
        if number is not None:
            into.setdefault(number, {})[target] = count
    return [
        File(
            number=row.id, filename=row.filename, by=row.by, at=row.at, is_whole=row.done_at is not None,
            units=sum(into.get(row.id, {}).values()), targets=tuple(into.get(row.id, {})),
        )
        for row in session.scalars(select(DbMemoryImport).order_by(DbMemoryImport.id.desc()))
    ]  # fmt: skip
