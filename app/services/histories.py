"""Published versions of a document's texts, as provenance wants them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.provenance import SourceVersion
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
    """Return what of a translation was ever live, oldest first.

    `first_at` (aware) is the date that the item bears: readers take that for the day of its first publication.
    """
    rows = session.execute(
        select(DbPublication, DbRevision)
        .join(DbRevision, DbRevision.id == DbPublication.revision_id)
        .where(DbPublication.translation_id == translation.id)
        .order_by(DbPublication.id)
    )
    return tuple(
        SourceVersion(
            digest=revision.digest,
            texts=source_texts(translation.document.kind, segments_of(translation, revision)),
            minor=publication.minor,
            at=min(first_at or publication.at, publication.at) if place == 0 else publication.at,
        )
        for place, (publication, revision) in enumerate(rows)
    )
