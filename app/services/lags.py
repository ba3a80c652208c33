"""What is behind, for those at work: newest texts held against what was submitted, else against what is live."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.provenance import Chained, Lag, SourceVersion, outdated
from app.domain.segments import Tag
from app.domain.translations import Status
from app.services.histories import drafts_before, is_standing, published_versions, segments_of, source_texts
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_SUBMITTED = frozenset({Status.IN_REVIEW, Status.APPROVED})

_Heads = Mapping[Tag, tuple[DbTranslation, DbRevision]]


def lags_of(session: Session, document: DbDocument, *, minor: bool = False) -> Mapping[Tag, Lag | None]:
    """Return how far the newest text of each language is behind what it was made from, None where it is not.

    `minor` says of a source text that is approved and not live yet that translations will stay current by it.
    """
    heads = {
        one.locale: (one, session.get_one(DbRevision, one.head_id))
        for one in document.translations
        if one.head_id is not None and (one.is_language or document.kind is Kind.CATALOGUE)
    }
    made_from = {tag: _made_from(head, document.source) for tag, (_, head) in heads.items()}
    texts = {tag: _link(session, heads, tag, made_from, minor=minor and tag == document.source) for tag in heads}
    lags = {tag: outdated(tag, texts, source=document.source) for tag in texts}
    # it may have been made from a draft, and be ahead: those are looked at only where it seems to be behind
    behind = [tag for tag, lag in lags.items() if lag is not None and made_from[tag] in heads and made_from[tag] != tag]
    for tag in behind:
        drafts = drafts_before(session, heads[made_from[tag]][0], heads[tag][1])
        texts[tag] = replace(texts[tag], drafts=drafts)
    return {tag: outdated(tag, texts, source=document.source) for tag in texts} if behind else lags


def left_behind_by(session: Session, translation: DbTranslation) -> Sequence[DbTranslation]:
    """Return the texts that were made from this one and are behind something by now."""
    document = translation.document
    texts = [
        one for one in document.translations
        if one is not translation and one.head_id is not None and one.is_language
        and _made_from(session.get_one(DbRevision, one.head_id), document.source) == translation.locale
    ]  # fmt: skip
    lags = lags_of(session, document) if texts else {}
    return [one for one in texts if lags.get(one.locale) is not None]


def _made_from(head: DbRevision, source: Tag) -> Tag:
    based_on = head.segment_map.based_on
    return based_on.locale if based_on is not None else source


def _link(session: Session, heads: _Heads, tag: Tag, made_from: Mapping[Tag, Tag], *, minor: bool) -> Chained:
    """Return one text of the chain; what was ever live of it is asked for only if something was made from it."""
    translation, head = heads[tag]
    if tag not in made_from.values():
        return Chained(map=head.segment_map, versions=())
    submitted = translation.status in _SUBMITTED or translation.live_id is None
    if translation.document.kind is Kind.CATALOGUE:
        # a message is its own source: what templates before the newest had says nothing
        newest = head if submitted else session.get_one(DbRevision, translation.live_id)
        return Chained(map=head.segment_map, versions=(_version(translation, newest, minor=False),))
    versions = published_versions(session, translation)
    if translation.status in _SUBMITTED and not is_standing(session, translation, head):
        versions = (*versions, _version(translation, head, minor=minor))
    return Chained(map=head.segment_map, versions=versions)


def _version(translation: DbTranslation, revision: DbRevision, *, minor: bool) -> SourceVersion:
    texts = source_texts(translation.document.kind, segments_of(translation, revision))
    return SourceVersion(digest=revision.digest, texts=texts, minor=minor, at=revision.created_at)
