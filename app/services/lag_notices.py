"""Telling people that what they wrote, or were asked for, is behind the text that it was made from."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor
from app.services import notices
from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.storage.talk import newest_assignment
from app.storage.texts import DbRevision, DbTranslation


def tell(session: Session, behind: Iterable[DbTranslation], actor: Actor) -> None:
    """Tell whose these texts are that they are behind by what somebody did.

    Who has not read yet that a text is behind is not told a second time.
    """
    for text in behind:
        for account in _concerned(session, text):
            if not _knows(session, text, account):
                told = Notice(
                    kind=NoticeKind.BEHIND, to=account.name, by=actor.name, document=text.document.full_name,
                    locale=text.locale,
                )  # fmt: skip
                notices.tell(session, told)


def _concerned(session: Session, text: DbTranslation) -> Iterator[DbAccount]:
    """Yield everybody whose a text is."""
    given = newest_assignment(session, text.document_id, text.locale)
    names = {session.get_one(DbRevision, text.head_id).author, given.person if given else ""}
    yield from session.scalars(select(DbAccount).where(DbAccount.name.in_(names)).order_by(DbAccount.id))


def _knows(session: Session, translation: DbTranslation, account: DbAccount) -> bool:
    unread = select(DbNotice.id).where(
        DbNotice.account_id == account.id, DbNotice.kind == NoticeKind.BEHIND, DbNotice.read_at.is_(None),
        DbNotice.document == str(translation.document.full_name), DbNotice.locale == translation.locale,
    )  # fmt: skip
    return session.scalar(unread.limit(1)) is not None
