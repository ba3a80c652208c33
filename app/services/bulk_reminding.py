"""Whose the texts of a selection are is reminded of them, and not twice within a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.errors import NotAllowed
from app.domain.notices import MailChoice, Notice, NoticeKind
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.translations import Status
from app.services import assignments, notices
from app.services.bulk import Change, Plan, Text
from app.storage.accounts import DbAccount
from app.storage.bulk import DbBulkItem
from app.storage.notices import DbNotice
from app.storage.standings import DbStanding

_BETWEEN: Final = timedelta(days=1)
_THEIRS: Final = frozenset({Status.MISSING, Status.DRAFT})
"""What waits for who has it; the rest waits for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Change):
    """Who is reminded, and until when they were asked for the text."""

    people: tuple[str, ...]
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Remind whose each text is."""

    kind = BulkKind.REMIND

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return who is reminded; its base is the assignment. Forbidden as for assigning.

        NotAllowed where the text is nobody's or one's own, has nothing left for who has it, or they were reminded
        within a day.
        """
        require(actor.roles, Right.ASSIGN)
        given = assignments.current(session, text.document, text.locale)
        if given is None or not given.person:
            raise NotAllowed(saying("nobody is asked for it: assign it first"))
        if given.person == actor.name:
            raise NotAllowed(saying("it is you who is asked for it"))
        _require_open(session, text)
        if _since(session, text, given.person, datetime.now(UTC) - _BETWEEN):
            raise NotAllowed(saying("who has it was reminded less than a day ago"))

        def do() -> tuple[int | None, int | None]:
            return None, _remind(session, text, given.person, actor)

        return Plan(base=given.id, change=Reminded(people=(given.person,), due=given.due), do=do)


def _require_open(session: Session, text: Text) -> None:
    status = text.translation.status if text.translation is not None else Status.MISSING
    stands = session.get(DbStanding, (text.document.id, text.locale))
    if status not in _THEIRS and not (stands is not None and stands.behind):
        raise NotAllowed(saying("who has it has nothing to do there: the text is %(status)s", status=status))


def _remind(session: Session, text: Text, person: str, actor: Actor) -> int:
    told = Notice(
        kind=NoticeKind.REMINDED, to=person, by=actor.name, document=text.document.full_name, locale=text.locale
    )
    if not notices.tell(session, told):
        raise NotAllowed(saying("who has it cannot be told: their account is closed"))
    return _reminders(session, text, person)[-1].id


def _reminders(session: Session, text: Text, person: str) -> Sequence[DbNotice]:
    theirs = select(DbNotice).join(DbAccount, DbAccount.id == DbNotice.account_id).where(DbAccount.name == person)
    of_text = theirs.where(
        DbNotice.kind == NoticeKind.REMINDED, DbNotice.document == str(text.document.full_name),
        DbNotice.locale == text.locale,
    )  # fmt: skip
    return session.scalars(of_text.order_by(DbNotice.id)).all()


def _since(session: Session, text: Text, person: str, moment: datetime) -> bool:
    return any(one.at > moment for one in _reminders(session, text, person))


def require_undoable(session: Session, text: Text, item: DbBulkItem) -> None:
    """Raise NotAllowed where a reminder was read, or is in the mail."""
    _unread(session, text, item)


def undo(session: Session, text: Text, item: DbBulkItem, actor: Actor) -> None:
    """Take back what nobody has read and no letter has. Forbidden as for assigning."""
    require(actor.roles, Right.ASSIGN)
    session.delete(_unread(session, text, item, held=True))
    session.flush()


def _unread(session: Session, text: Text, item: DbBulkItem, *, held: bool = False) -> DbNotice:
    found = session.get(DbNotice, item.after, with_for_update=held or None, populate_existing=True)
    if found is None or found.kind is not NoticeKind.REMINDED or found.document != str(text.document.full_name):
        raise NotAllowed(saying("there is nothing left of it"))
    if found.read_at is not None:
        raise NotAllowed(saying("who was reminded has read it"))
    goes_out = notices.habit_of(session, found.account_id).choice is not MailChoice.NONE
    if found.mail_at is None and goes_out:
        raise NotAllowed(saying("the letter that reminds them is sent"))
    return found
