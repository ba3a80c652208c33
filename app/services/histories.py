"""Published versions of a document's texts, as provenance wants them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.provenance import Draft, SourceVersion, standing
from app.domain.segments import Key, Segment
from app.formats.choice import parse
from app.storage.texts import DbPublication, DbRevision, DbTranslation


def segments_of(translation: DbTranslation, revision: DbRevision) -> tuple[Segment, ...]:
    """Return a saved revision's segments under their keys."""
    parsed = parse(translation.document.kind, translation.locale, revision.text, path=translation.subject)
    return revision.segment_map.with_keys(parsed.segments)


def source_texts(kind: Kind, segments: Iterable[Segment]) -> Mapping[Key, str]:
    """Return what a translator translates, by key: of a catalogue it is the key itself (msgctxt and msgid)."""
    return {segment.key: segment.key if kind is Kind.CATALOGUE else segment.text for segment in segments}


def published_versions(
    session: Session, translation: DbTranslation, *, first_at: datetime | None = None
) -> tuple[SourceVersion, ...]:
    """Return what of a translation was ever live, oldest first, but for what was put back since.

    `first_at` (aware) is the date that the item bears: readers take that for the day of its first publication.
    """
    rows = session.execute(
        select(DbPublication, DbRevision)
        .join(DbRevision, DbRevision.id == DbPublication.revision_id)
        .where(DbPublication.translation_id == translation.id)
        .order_by(DbPublication.id)
    ).all()
    there = set(standing([revision.id for _, revision in rows]))
    return tuple(
        SourceVersion(
            digest=revision.digest,
            texts=source_texts(translation.document.kind, segments_of(translation, revision)),
            minor=publication.minor,
            at=min(first_at or publication.at, publication.at) if place == 0 else publication.at,
        )
        for place, (publication, revision) in enumerate(rows)
        if place in there
    )


def is_standing(session: Session, translation: DbTranslation, revision: DbRevision) -> bool:
    """Tell whether a revision was live, and was not put back since."""
    published = select(DbPublication.revision_id).where(DbPublication.translation_id == translation.id)
    ever = session.scalars(published.order_by(DbPublication.id)).all()
    return any(ever[place] == revision.id for place in standing(ever))


def drafts_before(session: Session, translation: DbTranslation, made: DbRevision) -> tuple[Draft, ...]:
    """Return what of a translation had been saved when `made` was, and is neither live now nor part of what is.

    What was live once is none of it, but for what was put back since.
    """
    published_ever = session.execute(
        select(DbRevision.number, DbRevision.id)
        .join(DbPublication, DbPublication.revision_id == DbRevision.id)
        .where(DbPublication.translation_id == translation.id)
        .order_by(DbPublication.id)
    ).all()
    numbers = [published_ever[place] for place in standing([row.id for row in published_ever])]
    saved = select(DbRevision.id, DbRevision.number, DbRevision.parent_id)
    rows = session.execute(saved.where(DbRevision.translation_id == translation.id)).all()
    published = _ancestors({row.id: row.parent_id for row in rows}, translation.live_id) | {row.id for row in numbers}
    drafts = []
    for row in rows:
        after = max((place for place, one in enumerate(numbers) if one.number < row.number), default=None)
        if row.id < made.id and row.id not in published and after is not None:
            revision = session.get_one(DbRevision, row.id)
            texts = source_texts(translation.document.kind, segments_of(translation, revision))
            drafts.append(Draft(digest=revision.digest, texts=texts, after=after))
    return tuple(drafts)


def _ancestors(parents: Mapping[int, int | None], revision: int | None) -> set[int]:
    """Return a revision and all that it was made of, one from the other."""
    found = set[int]()
    while revision is not None:
        found.add(revision)
        revision = parents.get(revision)
    return found
