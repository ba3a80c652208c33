"""Telling people what happened to texts they have to do with: in the desk, and, as each chose, in the mail.

A notice is written in the transaction of its cause. The worker puts what is due into letters (`services/letters`).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.notices import MailChoice, MailHabit, Notice, NoticeKind
from app.domain.people import Actor
from app.domain.permissions import Right, may
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import site
from app.services.histories import segments_of
from app.services.texts import find_document
from app.storage.accounts import DbAccount
from app.storage.notices import DbMailHabit, DbNotice
from app.storage.reasons import kept
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation

LONGEST = 2000
"""Letters of a note or comment that a notice holds; the whole of it stands with the text."""


def tell(session: Session, notice: Notice) -> bool:
    """Tell somebody something, in the transaction that did it; return whether they are told.

    Nothing is told to who did it, has no account or may not read.

    In one transaction: the notice, and when it is due in the mail.
    """
    account = session.scalar(select(DbAccount).where(DbAccount.name == notice.to))
    if account is None or (notice.to == notice.by and not notice.reasons):
        return False
    person, now = account.person(), datetime.now(UTC)
    if not person.active or not may(person.everywhere, Right.READ):
        return False
    session.add(
        DbNotice(
            account_id=account.id, kind=notice.kind, document=str(notice.document or ""), locale=notice.locale,
            key=notice.key, for_locale=notice.for_locale, by=notice.by,
            title=_title(session, notice.document, notice.locale) if notice.document else notice.title,
            text=_text(notice),
            roles=" ".join(sorted(person.roles(notice.locale))), at=now,
            mail_at=habit_of(session, account.id).due(notice.kind, now, site.settings(session).zone),
        )
    )  # fmt: skip
    session.flush()
    return True


def _text(notice: Notice) -> str:
    if notice.days is not None:
        return " ".join(str(day) for day in notice.days)
    return kept(notice.reasons, longest=LONGEST) if notice.reasons else notice.text[:LONGEST]


def of_transition(
    session: Session, translation: DbTranslation, revision: DbRevision, *, action: Action, actor: Actor, comment: str
) -> None:
    """Tell those who wrote what was just returned, approved or published, or is live no more, by whichever door."""
    kind = _OF_ACTION.get(action)
    if kind is None or not translation.is_language:
        return
    for name in _writers(session, translation, revision):
        told = Notice(
            kind=kind, to=name, by=actor.name, document=translation.document.full_name, locale=translation.locale,
            text=comment,
        )  # fmt: skip
        tell(session, told)


_OF_ACTION = {
    Action.RETURN: NoticeKind.RETURNED,
    Action.APPROVE: NoticeKind.APPROVED,
    Action.PUBLISH: NoticeKind.PUBLISHED,
    Action.PUT_BACK: NoticeKind.PUT_BACK,
}


def writers(session: Session, translation: DbTranslation) -> list[str]:
    """Return who wrote the newest text, each once, as `of_transition` tells them."""
    return [] if translation.head is None else _writers(session, translation, translation.head)


def _writers(session: Session, translation: DbTranslation, revision: DbRevision) -> list[str]:
    """Return who wrote a revision and those before it, back to the last one that was published before, each once."""
    published = (
        select(func.max(DbRevision.number))
        .join(DbPublication, DbPublication.revision_id == DbRevision.id)
        .where(DbRevision.translation_id == translation.id, DbRevision.number < revision.number)
    )
    written = (
        select(DbRevision.author)
        .where(DbRevision.translation_id == translation.id, DbRevision.number <= revision.number)
        .where(DbRevision.number > (session.scalar(published) or 0))
        .order_by(DbRevision.number.desc())
    )
    return list(dict.fromkeys(session.scalars(written)))


def read(session: Session, account: str, *, numbers: Collection[int] = (), unread: bool = False) -> None:
    """Note that somebody has read their notices (all of them if no numbers are given), or has not."""
    theirs = select(DbAccount.id).where(DbAccount.name == account).scalar_subquery()
    noted = update(DbNotice).where(DbNotice.account_id == theirs)
    if numbers:
        noted = noted.where(DbNotice.id.in_(numbers))
    session.execute(noted.values(read_at=None if unread else datetime.now(UTC)))


def habit_of(session: Session, account_id: int) -> MailHabit:
    """Return what somebody wants by mail."""
    row = session.get(DbMailHabit, account_id)
    return MailHabit() if row is None else row.habit


def choose(session: Session, account: str, habit: MailHabit) -> None:
    """Keep what somebody wants by mail from now on, also of what still waits for its hour."""
    _choose(session, session.scalars(select(DbAccount.id).where(DbAccount.name == account)).one(), habit)


def stop_mail(session: Session, account_id: int) -> None:
    """Send somebody no more mail; what they chose of its hour is kept. Nothing of an account that is gone."""
    if session.get(DbAccount, account_id) is not None:
        _choose(session, account_id, replace(habit_of(session, account_id), choice=MailChoice.NONE, weekly=False))


def _choose(session: Session, account_id: int, habit: MailHabit) -> None:
    row = session.get(DbMailHabit, account_id) or DbMailHabit(account_id=account_id)
    row.choice, row.hour, row.weekly = habit.choice, habit.hour, habit.weekly
    session.add(row)
    session.flush()
    now, zone = datetime.now(UTC), site.settings(session).zone
    waiting = select(DbNotice).where(DbNotice.account_id == account_id, DbNotice.mail_at.is_not(None))
    for notice in session.scalars(waiting.with_for_update()):
        notice.mail_at = habit.due(notice.kind, now, zone)
    session.flush()


def _title(session: Session, name: DocumentName, locale: Tag) -> str:
    """Return what a text is called: its own title, else that of its source; a catalogue by its name."""
    document = None if name.kind is Kind.CATALOGUE else find_document(session, name)
    for translation in _texts(document, locale):
        head = session.get(DbRevision, translation.head_id) if translation.head_id else None
        found = [] if head is None else [one.text for one in segments_of(translation, head) if one.key == "title"]
        if found and found[0].strip():
            return found[0]
    return name.name


def _texts(document: DbDocument | None, locale: Tag) -> list[DbTranslation]:
    texts = [] if document is None else [document.text_in(locale), document.text_in(document.source)]
    return [text for text in texts if text is not None]
