"""What is to go live at its time, and what could not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.storage.embargoes import Embargo, embargoed
from app.storage.texts import DbRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A revision, by its number, that is to go live at `due` (aware, UTC), or could not for the reason in `refusal`.

    `refusal` is English, a sentence without a full stop (a line for each problem of a text), and empty while it waits.
    """

    document: DocumentName
    locale: Tag
    revision: int
    due: datetime
    refusal: str = ""


def scheduled(session: Session, document: DocumentName | None) -> list[Scheduled]:
    """Return what of a document (None: of all) is scheduled or was refused, by name and locale; two queries at most."""
    rows = [(Embargo.of(work), work) for work in session.scalars(embargoed(document))]
    wanted = [embargo.revision for embargo, _ in rows]
    found = select(DbRevision.id, DbRevision.number).where(DbRevision.id.in_(wanted))
    numbers = dict(session.execute(found).all()) if wanted else {}
    return [
        Scheduled(
            document=DocumentName.parse(work.subject.partition("@")[0]),
            locale=Tag(work.subject.partition("@")[2]),
            revision=numbers[embargo.revision],
            due=work.due_at,
            refusal=work.refusal,
        )
        for embargo, work in rows
    ]
