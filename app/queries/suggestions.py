"""What could not be merged into a text, and waits beside it for somebody to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.people import Channel
from app.domain.segments import Key, Tag
from app.formats.choice import parse
from app.storage.texts import DbDocument, DbRevision, DbSuggestion, DbTranslation, SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An open suggestion. `now` is the segment as the newest text has it, None if it has no such segment."""

    number: int
    document: str
    locale: Tag
    key: Key
    now: str | None
    text: str
    author: str
    channel: Channel
    at: datetime


def still_open(session: Session, name: DocumentName | None, locale: Tag | None) -> Iterator[Suggestion]:
    """Yield the open suggestions of one document or all, in one locale or all, by text, the oldest first."""
    query = (
        select(DbSuggestion, DbTranslation)
        .join(DbTranslation, DbTranslation.id == DbSuggestion.translation_id)
        .join(DbDocument, DbDocument.id == DbTranslation.document_id)
        .where(DbSuggestion.state == SuggestionState.OPEN)
        .order_by(DbDocument.kind, DbDocument.name, DbTranslation.locale, DbSuggestion.id)
    )
    if name is not None:
        query = query.where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    if locale is not None:
        query = query.where(DbTranslation.locale == locale)
    for translation, rows in groupby(session.execute(query), key=lambda row: row.DbTranslation):
        now = _words(session, translation)
        for suggestion, _ in rows:
            yield Suggestion(
                number=suggestion.id,
                document=str(translation.document.full_name),
                locale=translation.locale,
                key=suggestion.key,
                now=now.get(suggestion.key),
                text=suggestion.text,
                author=suggestion.author,
                channel=suggestion.channel,
                at=suggestion.created_at,
            )


def _words(session: Session, translation: DbTranslation) -> Mapping[Key, str]:
    """Return the segments of the newest text, by key."""
    if translation.head_id is None:
        return {}
    head = session.get_one(DbRevision, translation.head_id)
    parsed = parse(translation.document.kind, translation.locale, head.text, path=translation.subject)
    return {segment.key: segment.text for segment in head.segment_map.with_keys(parsed.segments)}
