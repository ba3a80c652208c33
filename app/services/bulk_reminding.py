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
from app.services import assignments, notices, teams
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
        if given is None or not (given.person or given.team):
            raise NotAllowed(saying("nobody is asked for it: assign it first"))
        theirs = (given.person,) if given.person else teams.members(session, given.team)
        people = tuple(name for name in theirs if name != actor.name)
        if not people:
            raise NotAllowed(saying("nobody but you is asked for it"))
        _require_open(session, text)
        lately = {one.account.name for one in _reminders(session, text, people) if one.at > _a_day_ago()}
        people = tuple(name for name in people if name not in lately)
        if not people:
            raise NotAllowed(saying("who has it was reminded less than a day ago"))

        def do() -> tuple[int | None, int | None]:
            return _remind(session, text, people, actor)

        return Plan(base=given.id, change=Reminded(people=people, due=given.due), do=do)


def _a_day_ago() -> datetime:
    return datetime.now(UTC) - _BETWEEN


def _require_open(session: Session, text: Text) -> None:
    status = text.translation.status if text.translation is not None else Status.MISSING
    stands = session.get(DbStanding, (text.document.id, text.locale))
    if status not in _THEIRS and not (stands is not None and stands.behind):
        raise NotAllowed(saying("who has it has nothing to do there: the text is %(status)s", status=status))


def _remind(session: Session, text: Text, people: Sequence[str], actor: Actor) -> tuple[int, int]:
    """Tell each of them; return the numbers of the first notice and of the last."""
    for person in people:
        told = Notice(
            kind=NoticeKind.REMINDED, to=person, by=actor.name, document=text.document.full_name, locale=text.locale
        )
        notices.tell(session, told)
    made = [one.id for one in _reminders(session, text, people) if one.at > _a_day_ago()]
    if not made:
        raise NotAllowed(saying("who has it cannot be told: their account is closed"))
    return made[0], made[-1]


def _reminders(session: Session, text: Text, people: Sequence[str]) -> Sequence[DbNotice]:
    of_text = (
        select(DbNotice)
        .join(DbAccount, DbAccount.id == DbNotice.account_id)
        .where(
            DbAccount.name.in_(people), DbNotice.kind == NoticeKind.REMINDED,
            DbNotice.document == str(text.document.full_name), DbNotice.locale == text.locale,
        )
        .order_by(DbNotice.id)
    )  # fmt: skip
    return session.scalars(of_text).all()


def require_undoable(session: Session, text: Text, item: DbBulkItem) -> None:
    """Raise NotAllowed where all that were told have read it, or have it in the mail."""
    _unread(session, text, item)


def undo(session: Session, text: Text, item: DbBulkItem, actor: Actor) -> None:
    """Take back what nobody has read and no letter has. Forbidden as for assigning."""
    require(actor.roles, Right.ASSIGN)
    for notice in _unread(session, text, item, held=True):
        session.delete(notice)
    session.flush()


def _unread(session: Session, text: Text, item: DbBulkItem, *, held: bool = False) -> list[DbNotice]:
    """Return what can be taken back. NotAllowed where there is nothing of it."""
    of_text = select(DbNotice).where(
        DbNotice.id.between(item.before, item.after), DbNotice.kind == NoticeKind.REMINDED,
        DbNotice.document == str(text.document.full_name), DbNotice.locale == text.locale,
    )  # fmt: skip
    there = session.scalars(of_text.with_for_update() if held else of_text).all()
    if all(one.read_at is not None for one in there):
        raise NotAllowed(saying("who was reminded has read it"))
    left = [one for one in there if one.read_at is None and not _is_sent(session, one)]
    if not left:
        raise NotAllowed(saying("the letter that reminds them is sent"))
    return left


def _is_sent(session: Session, notice: DbNotice) -> bool:
    """Tell whether it is in a letter; who wants no mail gets none."""
    return notice.mail_at is None and notices.habit_of(session, notice.account_id).choice is not MailChoice.NONE
