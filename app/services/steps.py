"""One step of the workflow: the table says whether, the guards whether now. Faces take it by `transitions.take`."""

from collections.abc import Container
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor, Channel
from app.domain.permissions import allowed
from app.domain.said import saying
from app.domain.translations import Action, Guard, Transition
from app.formats.lines import unix
from app.services import embargoes, facts, following, leverage, memory, notices, publishing, schedule
from app.services.guards import Wish, require
from app.storage.journal import Event, note
from app.storage.talk import LONGEST_COMMENT
from app.storage.texts import DbApproval, DbDocument, DbNote, DbRevision, DbTranslation

_CALLS_OFF = frozenset({Action.RETURN, Action.REOPEN, Action.WITHDRAW, Action.PUBLISH, Action.UNSCHEDULE})
"""What a text's embargo does not outlive. An edit it does: what was scheduled is another revision than that edit."""


def lock(session: Session, translation: DbTranslation) -> None:
    """Hold a translation's row until the transaction ends, so that of two people who act at once one waits and sees.

    Its document is held first: one approval may let several languages go live, and two such would wait for each other.
    Neither is held against who adds a row beside it (a comment, words typed), who would come for the document after.
    """
    held: set[int] = session.info.setdefault("held", set())
    session.flush()
    if translation.id not in held:
        lock_document(session, translation.document)
        session.refresh(translation, with_for_update={"key_share": True})
        held.add(translation.id)


def lock_document(session: Session, document: DbDocument) -> None:
    """Hold a document's row until the transaction ends, and see its translations as they are by then."""
    held: set[int] = session.info.setdefault("held documents", set())
    session.flush()
    if document.id not in held:
        session.execute(select(DbDocument.id).where(DbDocument.id == document.id).with_for_update(key_share=True))
        theirs = select(DbTranslation).where(DbTranslation.document_id == document.id)
        session.scalars(theirs.execution_options(populate_existing=True)).all()
        session.expire(document, ["translations"])
        held.add(document.id)


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

    BadText for a note that is too long. `revision` is the one meant, and required where the table says so: nothing goes
    live that nobody named. `comment` is a note kept with it, `minor` says of a published source edit that translations
    stay current, `due` (aware) when a scheduled revision goes live. In one transaction: status, approval, publication
    and projection, what becomes of an embargo, the note, the events, and what those are told who wrote it.
    """
    lock(session, translation)
    row, wish, said = asked(session, translation, action, actor, revision=revision, comment=comment, due=due)
    meant, remarks = wish.revision, dict[str, str | int](said)
    concerned = translation.live or meant if action is Action.PUT_BACK else meant
    if row.to is not None:
        translation.status = row.to
    if wish.comment:
        session.add(_note(wish, action))
    _carry_through(session, wish, action, minor=minor)
    if action is Action.SUBMIT:
        leverage.ask(session, translation, meant, actor)
    if due is not None:
        remarks["due"] = due.astimezone(UTC).isoformat()
    if action is not Action.UNSCHEDULE:  # which the journal has by now, with the revision that had a time
        told = Event.by(actor, translation.subject, action, revision=meant.number, digest=meant.digest, **remarks)
        note(session, told)
    notices.of_transition(session, translation, concerned, action=action, actor=actor, comment=wish.comment)
    following.of_transition(session, translation, action=action, actor=actor)


def asked(
    session: Session,
    translation: DbTranslation,
    action: Action,
    actor: Actor,
    *,
    revision: DbRevision | None = None,
    comment: str = "",
    due: datetime | None = None,
    but: Container[Guard] = frozenset(),
) -> tuple[Transition, Wish, dict[str, str]]:
    """Return what `take` would take: its row, its wish and remarks. Refusals as `take`; nothing is done.

    `but` are guards that will hold by then: who looks ahead knows of something that is done before.
    """
    if _are_facts(translation) and actor.channel is not Channel.TREE:
        raise NotAllowed(saying("date, tags and photos go live with their source text"))
    row = allowed(translation.status, action, actor.roles, of=translation.side)
    meant = revision or (session.get_one(DbRevision, translation.head_id) if translation.head_id else None)
    if meant is None:
        raise NotAllowed(saying("there is no text yet"))
    wish = Wish(
        translation=translation, revision=meant, named=revision is not None, actor=actor,
        comment=_in_bounds(translation, unix(comment).strip()), due=due,
    )  # fmt: skip
    row = replace(row, guards=frozenset(guard for guard in row.guards if guard not in but))
    return row, wish, require(session, row, wish)


def _in_bounds(translation: DbTranslation, comment: str) -> str:
    if len(comment) <= LONGEST_COMMENT:
        return comment
    reason = saying(
        "a note has %(most)s letters at most, and this one %(length)s", most=LONGEST_COMMENT, length=len(comment)
    )
    raise BadText(Problem(path=translation.subject, line=0, reason=reason))


def _are_facts(translation: DbTranslation) -> bool:
    return not translation.is_language and translation.document.kind is not Kind.CATALOGUE


def _carry_through(session: Session, wish: Wish, action: Action, *, minor: bool) -> None:
    """Do what an action means besides the status."""
    translation, revision = wish.translation, wish.revision
    if action in _CALLS_OFF:
        schedule.call_off(session, translation, wish.actor, reason=action)
    if action is Action.APPROVE:
        session.add(
            DbApproval(
                translation_id=translation.id, revision_id=revision.id, facts_id=facts.meant_with(translation),
                minor=minor and translation.is_source, at=datetime.now(UTC),
            )
        )  # fmt: skip
        memory.feed(session, translation)
    elif action is Action.PUBLISH:
        publishing.publish(session, translation, revision, wish.actor, minor=minor)
    elif action is Action.CORRECT:
        publishing.correct(session, translation, revision, minor=minor)
        embargoes.reconsider(session, translation)
    elif action is Action.SCHEDULE and wish.due is not None:
        meant = facts.meant_with(translation)
        schedule.at(session, translation, revision, due=wish.due, by=wish.actor.name, minor=minor, facts=meant)
    elif action is Action.WITHDRAW:
        publishing.withdraw(session, translation)
    elif action is Action.PUT_BACK:
        publishing.put_back(session, translation, revision, wish.actor)
        embargoes.reconsider(session, translation)


def _note(wish: Wish, action: Action) -> DbNote:
    return DbNote(
        translation_id=wish.translation.id, revision_id=wish.revision.id, action=action, author=wish.actor.name,
        text=wish.comment, at=datetime.now(UTC),
    )  # fmt: skip
