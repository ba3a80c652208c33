"""Words that people typed into a text, and that no fold can bring into it, since they may not write there any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.permissions import Side, may
from app.domain.segments import Key, Tag
from app.domain.translations import Action
from app.storage.accounts import DbAccount
from app.storage.texts import DbDocument
from app.storage.working_copies import DbWorkingCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What somebody typed for a segment, and when: in the row `number`, of which `serial` counts the writes."""

    number: int
    serial: int
    name: DocumentName
    locale: Tag
    who: str
    key: Key
    words: str
    at: datetime


def left_behind(session: Session) -> tuple[Left, ...]:
    """Return what people left behind who lost the role that it takes, the newest first. Two queries."""
    where = list(_where(session))
    if not where:
        return ()
    place = tuple_(DbWorkingCopy.document_id, DbWorkingCopy.locale, DbWorkingCopy.account_id)
    rows = session.execute(
        select(DbWorkingCopy, DbDocument, DbAccount.full_name)
        .join(DbDocument, DbDocument.id == DbWorkingCopy.document_id)
        .join(DbAccount, DbAccount.id == DbWorkingCopy.account_id)
        .where(DbWorkingCopy.packed.is_not(None), place.in_(where))
        .order_by(DbWorkingCopy.at.desc(), DbWorkingCopy.id.desc())
    )
    return tuple(
        Left(
            number=copy.id,
            serial=copy.serial,
            name=document.full_name,
            locale=copy.locale,
            who=who,
            key=copy.key,
            words=words,
            at=copy.at,
        )
        for copy, document, who in rows
        if copy.typed is not None and (words := "\n".join(copy.typed.forms).strip())
    )


def _where(session: Session) -> Iterator[tuple[int, Tag, int]]:
    """Yield the texts, and whose words beside them, that their owner may not write."""
    found = session.execute(
        select(DbWorkingCopy.document_id, DbWorkingCopy.locale, DbDocument.source, DbAccount)
        .join(DbDocument, DbDocument.id == DbWorkingCopy.document_id)
        .join(DbAccount, DbAccount.id == DbWorkingCopy.account_id)
        .where(DbWorkingCopy.packed.is_not(None))
        .distinct()
    )
    for document, locale, source, account in found:
        side = Side.SOURCE if locale == source else Side.TRANSLATION
        if not may(account.person().roles(locale), Action.EDIT, of=side):
            yield document, locale, account.id
