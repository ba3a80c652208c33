"""What people say of a text, and whom they call by name in it."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotAllowed, NotFound, Problem
from app.domain.mentions import mentioned
from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor, Person
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.segments import Key, Tag
from app.formats.lines import unix
from app.services import notices
from app.storage.accounts import DbAccount
from app.storage.journal import Event, note
from app.storage.talk import LONGEST_COMMENT, NO_TAG, WHOLE, DbAssignment, DbComment, DbResolution
from app.storage.texts import DbDocument, DbRevision, DbTranslation


def add(
    session: Session,
    translation: DbTranslation,
    text: str,
    actor: Actor,
    *,
    revision: DbRevision | None = None,
    key: Key = WHOLE,
    for_locale: Tag = NO_TAG,
) -> tuple[DbComment, tuple[Person, ...]]:
    """Keep what somebody says of a text (or of its segment `key`); return it, and who is called by name in it.

    `for_locale` is the language that they translate it into, if that is why they ask. Who is called by name: those have
    a right to read it, are not its author, and are told. Forbidden without the right, NotAllowed for a comment that
    says nothing, BadText for one that is too long. In one transaction: the comment, its event, which quotes nothing,
    and the notices.
    """
    require(actor.roles, Right.COMMENT, of=translation.side)
    words = worded(text, path=translation.subject)
    about = revision.id if revision is not None else translation.head_id
    comment = DbComment(
        translation_id=translation.id, revision_id=about, key=key, for_locale=for_locale, author=actor.name,
        text=words, at=datetime.now(UTC),
    )  # fmt: skip
    session.add(comment)
    session.flush()
    note(session, Event.by(actor, translation.subject, "comment", comment=comment.id))
    called = _called(session, words, actor)
    for person in called:
        told = Notice(
            kind=NoticeKind.MENTIONED, to=person.name, by=actor.name, document=translation.document.full_name,
            locale=translation.locale, text=words, key=key, for_locale=for_locale,
        )  # fmt: skip
        notices.tell(session, told)
    return comment, called


def worded(text: str, *, path: str) -> str:
    """Return what a comment says, as it is kept. NotAllowed where that is nothing, BadText where it is too long."""
    words = unix(text).strip()
    if not words:
        raise NotAllowed(saying("a comment has to say something"))
    if len(words) > LONGEST_COMMENT:
        reason = saying(
            "a comment has %(most)s letters at most, and this one %(length)s", most=LONGEST_COMMENT, length=len(words)
        )
        raise BadText(Problem(path=path, line=0, reason=reason))
    return words


def ask(
    session: Session, translation: DbTranslation, text: str, actor: Actor, *, key: Key, for_locale: Tag
) -> tuple[DbComment, tuple[str, ...]]:
    """Ask who wrote a source text about its segment; `translation` is that text, and so all translators see it.

    `for_locale` is the language that it is translated into by who asks. As `add`; besides those who are called by name
    its authors are told, and whose text it is. Where that is nobody (it came from files) the coordinators are. Return
    the comment, and the names of all who are told.
    """
    comment, called = add(session, translation, text, actor, key=key, for_locale=for_locale)
    assigned = select(DbAssignment.person).where(
        DbAssignment.document_id == translation.document_id, DbAssignment.locale == translation.locale
    )
    names = {*notices.writers(session, translation), session.scalar(assigned.order_by(DbAssignment.id.desc()).limit(1))}
    asked = Notice(
        kind=NoticeKind.MENTIONED, to="", by=actor.name, document=translation.document.full_name,
        locale=translation.locale, text=comment.text, key=key, for_locale=for_locale,
    )  # fmt: skip
    told = {person.name for person in called}
    for those in (names, _coordinators(session)):
        others = sorted(one for one in those if one and one not in told)
        told |= (heard := {one for one in others if notices.tell(session, replace(asked, to=one))})
        if heard or not told.isdisjoint(those):
            break
    return comment, tuple(sorted(told))


def _coordinators(session: Session) -> set[str]:
    """Return the names of who asks people for texts."""
    accounts = session.scalars(select(DbAccount).where(DbAccount.active))
    return {one.name for one in accounts if one.person().has(Right.ASSIGN)}


def settle(session: Session, document: DbDocument, number: int, actor: Actor, *, settled: bool) -> None:
    """Note that a comment is settled, or open again; twice the same is noted once. NotFound if there is none.

    Whoever may comment may settle. In one transaction: that, and its event.
    """
    comment = session.get(DbComment, number)
    translation = session.get_one(DbTranslation, comment.translation_id) if comment is not None else None
    if translation is None or translation.document is not document:
        raise NotFound(saying("there is no comment %(number)s", number=number))
    require(actor.roles, Right.COMMENT, of=translation.side)
    newest = select(DbResolution.settled).where(DbResolution.comment_id == number)
    if bool(session.scalar(newest.order_by(DbResolution.id.desc()).limit(1))) is not settled:
        session.add(DbResolution(comment_id=number, settled=settled, by=actor.name, at=datetime.now(UTC)))
        session.flush()
        note(session, Event.by(actor, translation.subject, "settle" if settled else "unsettle", comment=number))


def _called(session: Session, text: str, actor: Actor) -> tuple[Person, ...]:
    names = [name for name in mentioned(text) if name != actor.name]
    found = session.scalars(select(DbAccount).where(DbAccount.name.in_(names)).order_by(DbAccount.name))
    people = (account.person() for account in found)
    return tuple(person for person in people if person.has(Right.READ))
