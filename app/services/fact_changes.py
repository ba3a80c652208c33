"""What follows from changed facts at the desk (decision 22), by whichever form they were changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, Problem
from app.domain.people import Actor
from app.domain.permissions import allowed, require
from app.domain.said import saying
from app.domain.translations import Action
from app.services import facts, revisions, schedule, steps
from app.storage.folder_media import DbMedia
from app.storage.texts import DbDocument, DbRevision, DbTranslation


def save(session: Session, translation: DbTranslation, text: str, actor: Actor, *, base: DbRevision) -> revisions.Saved:
    """Save any text as `revisions.save` and, of facts, let what they change have its consequences: they follow here.

    Who may not schedule neither moves nor clears a time that stands: under a standing order the next approval would
    publish at once. What was scheduled follows the time. Whoever approved the words has not seen other facts, which go
    live with them: so the source text is a draft again. BadText also for facts that cannot be used.
    """
    document, path = translation.document, translation.subject
    before, in_force = facts.newest(session, document), facts.in_force(session, document)
    if translation.is_language or before is None:
        return revisions.save(session, translation, text, actor, base=base, path=path)
    if text != base.text:
        _require_usable(session, document, facts.read(base.text, path=path), facts.read(text, path=path))
    saved = revisions.save(session, translation, text, actor, base=base, path=path)
    after = facts.newest(session, document)
    if after is not None and before.publish_at is not None and after.publish_at != before.publish_at:
        require(actor.roles, Action.SCHEDULE)
    now_in_force = facts.in_force(session, document)
    if in_force is not None and now_in_force is not None and in_force.publish_at != now_in_force.publish_at:
        _reschedule(session, document, actor, due=now_in_force.publish_at)
    if facts.but_for_the_time(after) != facts.but_for_the_time(before):
        _take_back(session, document, actor)
    return saved


def _take_back(session: Session, document: DbDocument, actor: Actor) -> None:
    source = document.text_in(document.source)
    if source is not None:
        steps.lock(session, source)
        row = allowed(source.status, Action.EDIT, actor.roles, of=source.side)
        source.status = row.to or source.status
        session.flush()


def _reschedule(session: Session, document: DbDocument, actor: Actor, *, due: datetime | None) -> None:
    if any(schedule.waiting(session, one) for one in document.translations if one.is_language):
        require(actor.roles, Action.SCHEDULE)
        schedule.move(session, document, actor, due=due)


def _require_usable(session: Session, document: DbDocument, before: Facts, said: Facts) -> None:
    """Raise BadText where facts name a photo that never came in, or a news item has no date to stand under."""
    place = f"{document.full_name}/item.toml"
    if document.kind is Kind.NEWS and said.date is None:
        raise BadText(Problem(path=place, line=0, reason=saying("has no date: a news item has one")))
    known = {*before.photos, *session.scalars(select(DbMedia.path).where(DbMedia.document_id == document.id))}
    unknown = [path for path in said.photos if path not in known]
    if unknown:
        said_of = (saying("names '%(path)s', which never came in", path=path) for path in unknown)
        raise BadText(*(Problem(path=place, line=0, reason=reason) for reason in said_of))
