"""Whose a text is: a person for each document and language, and until when it is asked for."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor
from app.domain.permissions import Right, Side, may, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import notices
from app.storage.accounts import DbAccount
from app.storage.journal import Event, note
from app.storage.talk import DbAssignment
from app.storage.texts import DbDocument


def assign(
    session: Session, document: DbDocument, locale: Tag, actor: Actor, *, person: str, due: datetime | None = None
) -> DbAssignment | None:
    """Give a text to somebody who may write it (empty: to nobody), wanted at `due` (aware); None if it was so before.

    Forbidden without the right; NotAllowed for somebody who could not edit it. In one transaction: the assignment,
    which stands in place of an earlier one, its event, which names nobody, and the notice to whose it is now.
    """
    require(actor.roles, Right.ASSIGN)
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    if person:
        account = session.scalar(select(DbAccount).where(DbAccount.name == person))
        if account is None or not may(account.person().roles(locale), Action.EDIT, of=side):
            raise NotAllowed(saying("%(name)s has no role in which to write this text", name=person))
    before = current(session, document, locale)
    if (before.person, before.due) == (person, due) if before else not person:
        return None
    made = DbAssignment(
        document_id=document.id, locale=locale, person=person, due=due if person else None, by=actor.name,
        at=datetime.now(UTC),
    )  # fmt: skip
    session.add(made)
    session.flush()
    subject, details = f"{document.full_name}@{locale}", {"due": due.astimezone(UTC).isoformat()} if due else {}
    note(session, Event.by(actor, subject, "assign" if person else "unassign", assignment=made.id, **details))
    if person:
        told = Notice(
            kind=NoticeKind.ASSIGNED, to=person, by=actor.name, document=document.full_name, locale=locale, text=""
        )
        notices.tell(session, told)
    return made


def current(session: Session, document: DbDocument, locale: Tag) -> DbAssignment | None:
    """Return the assignment that counts, None if the text was never anybody's."""
    given = select(DbAssignment).where(DbAssignment.document_id == document.id, DbAssignment.locale == locale)
    return session.scalar(given.order_by(DbAssignment.id.desc()).limit(1))
