"""Telling people that what was to go live by itself, at its time or by an order, could not, and why."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.domain.notices import Notice, NoticeKind
from app.domain.segments import Tag
from app.services import notices, people
from app.storage.texts import DbDocument


def of_refusal(session: Session, document: DbDocument, locale: Tag, *, by: str, reasons: Iterable[str]) -> None:
    """Tell who wanted it (`by`), and all coordinators, each once: somebody has to mend it, and may be asleep."""
    for name in dict.fromkeys([by, *people.coordinators(session)]):
        told = Notice(
            kind=NoticeKind.REFUSED, to=name, by=by, document=document.full_name, locale=locale, reasons=tuple(reasons)
        )
        notices.tell(session, told)
