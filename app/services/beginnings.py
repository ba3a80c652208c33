"""What both sides of a merge began from, as it counts: what a machine wrote and one's own earlier file give way."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.merge import as_continued
from app.domain.people import Channel
from app.domain.segments import Key, Segment, is_hole
from app.services.histories import segments_of
from app.storage.texts import DbRevision, DbTranslation


def began_from(
    session: Session, translation: DbTranslation, *, base: DbRevision | None, head: DbRevision,
    theirs: Sequence[Segment], broken: bool, author: str, sent: DbRevision | None = None,
) -> Sequence[Segment]:  # fmt: skip
    """Return the segments that the head and a text of an author, made from `base`, are merged by.

    They are those of `base`, but: a text in which something is broken has deleted nothing that it lacks; where a
    machine filled a hole and nobody has confirmed it, a person's words take its place; and so do those of somebody who
    worked on in the very file that they sent before. `sent` is that text itself, where it is stored already.
    """
    ours = segments_of(translation, head)
    segments: Sequence[Segment] = segments_of(translation, base) if base is not None else ()
    if broken:
        there = {one.key for one in theirs}
        segments = tuple(one for one in segments if one.key in there)
    segments = _with_unread(segments, ours, theirs, head.segment_map.unread)
    earlier = _sent_before(session, translation, base, author, but=sent) if base is not None else None
    return segments if earlier is None else as_continued(segments, ours, theirs, segments_of(translation, earlier))


def _with_unread(
    base: Sequence[Segment], ours: Iterable[Segment], theirs: Iterable[Segment], unread: frozenset[Key]
) -> Sequence[Segment]:
    """Return what both sides began from, as if a machine's words had stood there that nobody has confirmed since."""
    wrote = {one.key for one in theirs if one.key in unread and not is_hole(one)}
    words = {one.key: one for one in ours if one.key in wrote}
    return [words.get(one.key, one) if is_hole(one) else one for one in base]


def _sent_before(
    session: Session, translation: DbTranslation, base: DbRevision, author: str, *, but: DbRevision | None
) -> DbRevision | None:
    """Return the newest file that this author sent before and that was made from the same revision."""
    sent = select(DbRevision).where(
        DbRevision.translation_id == translation.id, DbRevision.parent_id == base.id, DbRevision.author == author,
        DbRevision.channel == Channel.UPLOAD, DbRevision.id != (but.id if but is not None else 0),
    )  # fmt: skip
    return session.scalar(sent.order_by(DbRevision.number.desc()).limit(1))
