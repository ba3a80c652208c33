"""Four eyes: who approves wrote no segment that changed since the last approved revision (design, *Workflow*)."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import Key, Segment
from app.services.histories import segments_of
from app.storage.texts import DbApproval, DbRevision, DbTranslation


def wrote(session: Session, translation: DbTranslation, revision: DbRevision, author: str) -> bool:
    """Tell whether the author wrote, or took out, a segment of this head that is otherwise than when last approved.

    A correction counts as any other change: it is live, and nobody but its author has looked at it. White space and
    the order of segments are nobody's words.
    """
    approved = _last_approved(session, translation)
    changed = _changed(_segments(translation, approved), _segments(translation, revision))
    return any(
        changed & _changed(_segments(translation, before), _segments(translation, after))
        for before, after in _steps(session, revision, approved)
        if after.author == author
    )


def _last_approved(session: Session, translation: DbTranslation) -> DbRevision | None:
    return session.scalar(
        select(DbRevision)
        .join(DbApproval, DbApproval.revision_id == DbRevision.id)
        .where(DbApproval.translation_id == translation.id)
        .order_by(DbApproval.id.desc())
        .limit(1)
    )


def _steps(
    session: Session, head: DbRevision, approved: DbRevision | None
) -> Iterator[tuple[DbRevision | None, DbRevision]]:
    """Yield each revision that led from the approved one to the head, newest first, with the one it was made from."""
    later: DbRevision | None = head
    while later is not None and later is not approved:
        before = session.get_one(DbRevision, later.parent_id) if later.parent_id else None
        yield before, later
        later = before


def _segments(translation: DbTranslation, revision: DbRevision | None) -> Mapping[Key, Segment]:
    return {} if revision is None else {segment.key: segment for segment in segments_of(translation, revision)}


def _changed(old: Mapping[Key, Segment], new: Mapping[Key, Segment]) -> set[Key]:
    """Return the segments that are not the same on both sides, or not on both sides."""
    return {key for key in {*old, *new} if _words(old.get(key)) != _words(new.get(key))}


def _words(segment: Segment | None) -> tuple[str, str, tuple[str, ...]] | None:
    return None if segment is None else (segment.kind, segment.state, tuple(segment.text.split()))
