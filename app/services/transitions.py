"""The one way to change a status or what is live: the table says whether, the guards whether now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.segments import State
from app.domain.translations import Action, Guard, Role, allowed
from app.services import publishing, schedule
from app.storage.journal import Event, note
from app.storage.texts import DbNote, DbPublication, DbRevision, DbTranslation


def lock(session: Session, translation: DbTranslation) -> None:
    """Hold a translation's row until the transaction ends, so that of two people who act at once one waits and sees."""
    held: set[int] = session.info.setdefault("held", set())
    session.flush()
    if translation.id not in held:
        session.refresh(translation, with_for_update=True)
        held.add(translation.id)


def take(
    session: Session,
    translation: DbTranslation,
    action: Action,
    actor: Actor,
    *,
    revision: DbRevision | None = None,
    comment: str = "",
    minor: bool = False,
    due: datetime | None = None,
) -> None:
    """Take a transition. NotAllowed, with the reason, where table, role or a guard says no; then nothing has changed.

    `revision` is the one meant (required where the table says so), `comment` a note kept with it, `minor` says of a
    published source edit that translations stay current, `due` (aware) when a scheduled revision goes live.
    In one transaction: status, publication and projection, the note, and the event.
    """
    lock(session, translation)
    row = allowed(translation.status, action, actor.roles)
    head = session.get_one(DbRevision, translation.head_id) if translation.head_id else None
    meant = revision or head
    if meant is None:
        raise NotAllowed("there is no text yet")
    wish = _Wish(translation=translation, revision=meant, actor=actor, comment=comment.strip(), due=due)
    for guard in sorted(row.guards):
        _GUARDS[guard](session, wish)
    if row.to is not None:
        translation.status = row.to
    if comment:
        session.add(_note(translation, meant, action, actor, comment))
    if action is Action.PUBLISH:
        publishing.publish(session, translation, meant, actor, minor=minor)
    elif action is Action.CORRECT:
        publishing.correct(session, translation, meant, minor=minor)
    elif action is Action.SCHEDULE and due is not None:
        schedule.at(session, translation, meant, due=due, minor=minor)
    elif action is Action.WITHDRAW:
        publishing.withdraw(session, translation)
    details: dict[str, str | int | None] = {"revision": meant.number, "digest": meant.digest}
    if due is not None:
        details["due"] = due.astimezone(UTC).isoformat()
    note(
        session,
        Event(source=actor.channel, subject=translation.subject, action=action, actor=actor.name, details=details),
    )


def _note(translation: DbTranslation, revision: DbRevision, action: Action, actor: Actor, comment: str) -> DbNote:
    return DbNote(
        translation_id=translation.id, revision_id=revision.id, action=action, author=actor.name, text=comment,
        at=datetime.now(UTC),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a guard looks at."""

    translation: DbTranslation
    revision: DbRevision
    actor: Actor
    comment: str
    due: datetime | None


def _complete(_session: Session, wish: _Wish) -> None:
    if wish.translation.document.kind is Kind.CATALOGUE:
        return  # gettext falls back message by message, and most real catalogues have holes
    holes = [row.key for row in wish.revision.segment_map.rows if row.state is State.MISSING]
    if holes:
        raise NotAllowed(f"not translated yet: {', '.join(holes)}")


def _checks(session: Session, wish: _Wish) -> None:
    passed: set[int] = session.info.setdefault("passed", set())  # a text asks for three transitions in one breath
    if wish.revision.id not in passed:
        publishing.require_publishable(session, wish.translation, wish.revision)
        passed.add(wish.revision.id)


def _source(_session: Session, wish: _Wish) -> None:
    publishing.require_source(wish.translation)


def _note_given(_session: Session, wish: _Wish) -> None:
    if not wish.comment:
        raise NotAllowed("a note is required")


def _four_eyes(session: Session, wish: _Wish) -> None:
    overridden = wish.comment and Role.COORDINATOR in wish.actor.roles
    if not wish.actor.four_eyes or overridden:
        return
    last = (
        select(DbRevision.number)
        .join(DbPublication, DbPublication.revision_id == DbRevision.id)
        .where(DbPublication.translation_id == wish.translation.id)
        .order_by(DbPublication.id.desc())
        .limit(1)
    )
    since = session.scalar(last) or 0
    authors = select(DbRevision.author).where(
        DbRevision.translation_id == wish.translation.id, DbRevision.number > since
    )
    if wish.actor.name in set(session.scalars(authors)):
        raise NotAllowed("who wrote a text does not approve it (four eyes); a coordinator may, with a note")


def _named(_session: Session, wish: _Wish) -> None:
    if wish.revision.id != wish.translation.head_id:
        raise NotAllowed(f"revision {wish.revision.number} is not the newest any more")


def _live(_session: Session, wish: _Wish) -> None:
    if wish.translation.live_id is None:
        raise NotAllowed("nothing is live")


def _time_given(_session: Session, wish: _Wish) -> None:
    if wish.due is None:
        raise NotAllowed("a time is required")


_GUARDS: Mapping[Guard, Callable[[Session, _Wish], None]] = {
    Guard.COMPLETE: _complete,
    Guard.CHECKS: _checks,
    Guard.NOTE: _note_given,
    Guard.FOUR_EYES: _four_eyes,
    Guard.NAMED: _named,
    Guard.LIVE: _live,
    Guard.SOURCE: _source,
    Guard.TIME: _time_given,
}
