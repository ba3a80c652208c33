"""What stands where: the status of each head, and what is live, which are two facts and never confused."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.domain.translations import Status
from app.storage.texts import DbDocument, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One text: the status of its head, and the numbers of the newest and of the live revision (None: none)."""

    document: DocumentName
    locale: Tag
    status: Status
    head: int | None
    live: int | None

    def sentence(self) -> str:
        """Return it as a line for people."""
        live = "nothing live" if self.live is None else "live" if self.live == self.head else f"live: {self.live}"
        return f"{self.document}\t{self.locale}\t{self.status}\trevision {self.head or '-'}\t{live}"

    def as_json(self) -> dict[str, str | int | None]:
        """Return it for machines."""
        return {
            "document": str(self.document),
            "locale": self.locale,
            "status": self.status,
            "head": self.head,
            "live": self.live,
        }


def all_of(session: Session, name: DocumentName | None, locale: Tag | None) -> Iterator[Stand]:
    """Yield where each text stands, of one document or all, in one locale or all, by name and locale; one query."""
    head, live = aliased(DbRevision), aliased(DbRevision)
    rows = (
        select(DbDocument.kind, DbDocument.name, DbTranslation.locale, DbTranslation.status, head.number, live.number)
        .join(DbTranslation, DbTranslation.document_id == DbDocument.id)
        .outerjoin(head, head.id == DbTranslation.head_id)
        .outerjoin(live, live.id == DbTranslation.live_id)
        .order_by(DbDocument.kind, DbDocument.name, DbTranslation.locale)
    )
    if name is not None:
        rows = rows.where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    if locale is not None:
        rows = rows.where(DbTranslation.locale == locale)
    for kind, folder, tag, status, newest, shown in session.execute(rows):
        document = DocumentName(kind=kind, name=folder)
        yield Stand(document=document, locale=tag, status=status, head=newest, live=shown)
