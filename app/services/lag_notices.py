"""Telling people that what they wrote, or were asked for, is behind the text that it was made from."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor
from app.domain.translations import Action
from app.services import assignments, notices
from app.services.lags import lags_of
from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.storage.texts import DbRevision, DbTranslation

_MAY_LEAVE_BEHIND = frozenset({Action.SUBMIT, Action.PUBLISH, Action.CORRECT})


def of_transition(session: Session, translation: DbTranslation, *, action: Action, actor: Actor) -> None:
    """Tell whose texts were left behind by what was just submitted, published or corrected.

    Who has not read yet that a text is behind is not told a second time.
    """
    if action not in _MAY_LEAVE_BEHIND or not translation.is_language:
        return
    concerned = list(_concerned(session, translation))
    lags = lags_of(session, translation.document) if concerned else {}
    for behind, account in concerned:
        if lags.get(behind.locale) is not None and not _knows(session, behind, account):
            told = Notice(
                kind=NoticeKind.BEHIND, to=account.name, by=actor.name, document=behind.document.full_name,
                locale=behind.locale,
            )  # fmt: skip
            notices.tell(session, told)


def _concerned(session: Session, translation: DbTranslation) -> Iterator[tuple[DbTranslation, DbAccount]]:
    """Yield the texts that were made from this one, each with everybody whose it is."""
    document = translation.document
    for other in document.translations:
        if other is translation or other.head_id is None or not other.is_language:
            continue
        head = session.get_one(DbRevision, other.head_id)
        based_on = head.segment_map.based_on
        if (based_on.locale if based_on else document.source) != translation.locale:
            continue
        given = assignments.current(session, document, other.locale)
        names = {head.author, given.person if given else ""}
        for account in session.scalars(select(DbAccount).where(DbAccount.name.in_(names)).order_by(DbAccount.id)):
            yield other, account


def _knows(session: Session, translation: DbTranslation, account: DbAccount) -> bool:
    unread = select(DbNotice.id).where(
        DbNotice.account_id == account.id, DbNotice.kind == NoticeKind.BEHIND, DbNotice.read_at.is_(None),
        DbNotice.document == str(translation.document.full_name), DbNotice.locale == translation.locale,
    )  # fmt: skip
    return session.scalar(unread.limit(1)) is not None
