"""What is behind, for those at work: newest texts held against what was submitted, else against what is live."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.provenance import Chained, Lag, SourceVersion, outdated
from app.domain.segments import Tag
from app.domain.translations import Status
from app.services.histories import drafts_before, published_versions, segments_of, source_texts
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation

_SUBMITTED = frozenset({Status.IN_REVIEW, Status.APPROVED})


def lags_of(session: Session, document: DbDocument, *, minor: bool = False) -> Mapping[Tag, Lag | None]:
    """Return how far the newest text of each language is behind what it was made from, None where it is not.

    `minor` says of a source text that is approved and not live yet that translations will stay current by it.
    """
    heads = {
        one.locale: (one, session.get_one(DbRevision, one.head_id))
        for one in document.translations
        if one.head_id is not None and (one.is_language or document.kind is Kind.CATALOGUE)
    }
    texts = {tag: _link(session, heads, tag, document.source, minor=minor) for tag in heads}
    return {tag: outdated(tag, texts, source=document.source) for tag in texts}


def _link(
    session: Session, heads: Mapping[Tag, tuple[DbTranslation, DbRevision]], tag: Tag, source: Tag, *, minor: bool
) -> Chained:
    translation, head = heads[tag]
    versions = published_versions(session, translation)
    if translation.status in _SUBMITTED and not _was_live(session, head):
        submitted = SourceVersion(
            digest=head.digest,
            texts=source_texts(translation.document.kind, segments_of(translation, head)),
            minor=minor and tag == source,
            at=head.created_at,
        )
        versions = (*versions, submitted)
    made_from = head.segment_map.based_on.locale if head.segment_map.based_on else source
    other = heads.get(made_from) if made_from != tag else None
    drafts = drafts_before(session, other[0], head) if other is not None else ()
    return Chained(map=head.segment_map, versions=versions, drafts=drafts)


def _was_live(session: Session, revision: DbRevision) -> bool:
    published = select(DbPublication.id).where(DbPublication.revision_id == revision.id).limit(1)
    return session.scalar(published) is not None
