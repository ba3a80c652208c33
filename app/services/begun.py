"""Whether somebody has begun what they were given: from then on it is not taken from them by itself."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain.segments import Tag
from app.storage.accounts import DbAccount
from app.storage.standings import IS_UNFINISHED, DbStanding
from app.storage.texts import DbRevision, DbTranslation
from app.storage.working_copies import DbWorkingCopy


def is_begun(session: Session, document_id: int, locale: Tag, *, since: datetime, by: str = "") -> bool:
    """Tell whether somebody (`by` name; anybody if empty) saved a text since then, or has typed there and not saved."""
    text = select(DbTranslation.id).where(DbTranslation.document_id == document_id, DbTranslation.locale == locale)
    saved = exists().where(DbRevision.translation_id.in_(text), DbRevision.created_at >= since)
    typed = exists().where(
        DbWorkingCopy.document_id == document_id, DbWorkingCopy.locale == locale, DbWorkingCopy.packed.is_not(None)
    )
    if by:
        saved = saved.where(DbRevision.author == by)
        typed = typed.where(DbWorkingCopy.account_id == DbAccount.id, DbAccount.name == by)
    return bool(session.scalar(select(saved | typed)))


def is_done(session: Session, document_id: int, locale: Tag) -> bool:
    """Tell whether a text waits for nobody who writes it: it was handed in, or there is none to be written."""
    unfinished = exists().where(DbStanding.document_id == document_id, DbStanding.locale == locale, IS_UNFINISHED)
    return not session.scalar(select(unfinished))
