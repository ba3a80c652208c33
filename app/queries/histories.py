"""A text's history: every revision, who saved it and by which door, and what changed between any two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.people import Channel
from app.domain.segments import Key, Tag
from app.domain.word_diff import SegmentDiff, segment_diff
from app.queries.people import full_names
from app.queries.writing import find, revision, segments
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbSuggestion, DbTranslation, SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One revision. `author` is the full name, or what acted by itself; `published` is when readers first had it.

    `variant` is one of which not all went into the text: it waits as a suggestion, or was declined. `went_in` tells
    that the text, or what readers have, once read like it.
    """

    number: int
    author: str
    channel: Channel
    at: datetime
    published: datetime | None
    head: bool
    live: bool
    went_in: bool
    variant: bool


def versions(session: Session, name: DocumentName, locale: Tag) -> Sequence[Version]:
    """Return the revisions of a text, the newest first. NotFound without a text. A fixed number of queries."""
    translation = find(session, name, locale)
    of_text = DbRevision.translation_id == translation.id
    columns = (DbRevision.id, DbRevision.number, DbRevision.author, DbRevision.channel, DbRevision.created_at,
               DbRevision.parent_id)  # fmt: skip
    rows = session.execute(select(*columns).where(of_text).order_by(DbRevision.number.desc())).all()
    published: dict[int, datetime] = {}
    out = select(DbPublication.revision_id, DbPublication.at).where(DbPublication.translation_id == translation.id)
    for number, at in session.execute(out.order_by(DbPublication.id)):
        published.setdefault(number, at)
    line = _line(translation.head_id, {row.id: row.parent_id for row in rows}) | set(published)
    refused = (
        select(DbSuggestion.revision_id)
        .where(DbSuggestion.translation_id == translation.id, DbSuggestion.state != SuggestionState.TAKEN)
    )  # fmt: skip
    beside = set(session.scalars(refused)) - line
    names = full_names(session, (row.author for row in rows))
    return [
        Version(
            number=row.number,
            author=names.get(row.author, row.author),
            channel=row.channel,
            at=row.created_at,
            published=published.get(row.id),
            head=row.id == translation.head_id,
            live=row.id == translation.live_id,
            went_in=row.id in line,
            variant=row.id in beside,
        )
        for row in rows
    ]


def _line(newest: int | None, parents: Mapping[int, int | None]) -> set[int]:
    """Return the revisions that the newest one comes from, and itself."""
    line = set[int]()
    while newest is not None and newest not in line:
        line.add(newest)
        newest = parents.get(newest)
    return line


def compared(session: Session, name: DocumentName, locale: Tag, older: int, newer: int) -> tuple[SegmentDiff, ...]:
    """Return what changed from one revision to another, without what stayed. NotFound if there is no such one."""
    translation = find(session, name, locale)
    before, after = (segments(translation, revision(session, translation, number)) for number in (older, newer))
    return tuple(one for one in segment_diff(before, after) if one.changed)


def changed_since(session: Session, name: DocumentName, locale: Tag, day: date, zone: ZoneInfo) -> frozenset[Key]:
    """Return the segments that read otherwise in the newest text than they did as a day began in a zone."""
    text = select(DbTranslation).join(DbDocument).where(
        DbDocument.kind == name.kind, DbDocument.name == name.name, DbTranslation.locale == locale
    )  # fmt: skip
    translation = session.scalar(text)
    if translation is None or translation.head_id is None:
        return frozenset()
    columns = (DbRevision.id, DbRevision.parent_id, DbRevision.created_at)
    rows = session.execute(select(*columns).where(DbRevision.translation_id == translation.id)).all()
    line = _line(translation.head_id, {row.id: row.parent_id for row in rows})
    begins = datetime.combine(day, time(), zone)
    then = max((row.id for row in rows if row.id in line and row.created_at < begins), default=None)
    before = segments(translation, session.get_one(DbRevision, then)) if then is not None else ()
    after = segments(translation, session.get_one(DbRevision, translation.head_id))
    return frozenset(one.key for one in segment_diff(before, after) if one.changed)
