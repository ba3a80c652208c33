"""Four eyes: who approves wrote no segment that changed since the last approved revision (design, *Workflow*).

The facts that go live with a source text count as it does, but for their time (decision 22).
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.segments import Key, Origin
from app.services import facts
from app.services.histories import segments_of
from app.storage.texts import DbApproval, DbRevision, DbTranslation

_Words = tuple[str | bool, ...]


def wrote(session: Session, translation: DbTranslation, revision: DbRevision, author: str) -> bool:
    """Tell whether the author wrote, or took out, a segment of this head that is otherwise than when last approved.

    So with the facts that go live with it; where no approval knows of any, those that are live were approved. A
    correction counts as any other change: it is live, and nobody but its author has looked at it. Who confirmed a
    machine's words stands for them as if they had written them, and who asked for them has written what nobody
    confirmed. White space and the order of segments are nobody's words.
    """
    known = facts.facts_of(translation.document)
    meant = facts.meant_with(translation)
    if known is not None and meant is not None and translation.document.kind is not Kind.CATALOGUE:
        seen = facts.last_approved(session, translation) or known.live_id
        before = session.get_one(DbRevision, seen) if seen is not None else None
        if _wrote(session, known, session.get_one(DbRevision, meant), before, author):
            return True
    return _wrote(session, translation, revision, _last_approved(session, translation), author)


def _wrote(
    session: Session, translation: DbTranslation, revision: DbRevision, approved: DbRevision | None, author: str
) -> bool:
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


def _segments(translation: DbTranslation, revision: DbRevision | None) -> Mapping[Key, _Words]:
    if revision is None:
        return {}
    machines = {row.key for row in revision.segment_map.rows if row.origin is Origin.MACHINE}
    segments = (one for one in segments_of(translation, revision) if one.key != facts.TIME)
    return {one.key: (one.kind, one.state, one.key in machines, *one.text.split()) for one in segments}


def _changed(old: Mapping[Key, _Words], new: Mapping[Key, _Words]) -> set[Key]:
    """Return the segments that are not the same on both sides, or not on both sides."""
    return {key for key in {*old, *new} if old.get(key) != new.get(key)}
