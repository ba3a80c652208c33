"""What could not be merged into a text, and waits beside it for somebody to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.merge import in_place_of
from app.domain.people import Channel
from app.domain.segments import Key, Segment, Tag, digest_of
from app.formats.choice import parse
from app.storage.reasons import reasons_in
from app.storage.texts import DbDocument, DbRevision, DbSuggestion, DbTranslation, SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An open suggestion. `made_for` is the segment as it read then, None if the suggestion is a new segment.

    `now` is the segment as the newest text has it, None if it has no such segment; `instead` are those that stand in
    its place then. `reasons` say why it cannot stand in the text as it is, if it cannot.
    """

    number: int
    document: str
    locale: Tag
    key: Key
    made_for: str | None
    now: str | None
    instead: tuple[Segment, ...]
    text: str
    author: str
    channel: Channel
    at: datetime
    reasons: tuple[str, ...] = ()

    @property
    def stands(self) -> str:
        """Return a digest of what it would replace, so that nobody replaces what they have not read."""
        return digest_of(*([one.text for one in self.instead] if self.now is None else [self.now]))


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
        head = segments(session, translation, translation.head_id)
        for suggestion, _ in rows:
            made = session.get_one(DbRevision, suggestion.revision_id) if suggestion.revision_id else None
            yield _one(translation, suggestion, segments(session, translation, made.parent_id if made else None), head)


def _one(
    translation: DbTranslation, suggestion: DbSuggestion, base: Sequence[Segment], head: Sequence[Segment]
) -> Suggestion:
    key = suggestion.key
    then, now = ({one.key: one.text for one in text} for text in (base, head))
    return Suggestion(
        number=suggestion.id,
        document=str(translation.document.full_name),
        locale=translation.locale,
        key=key,
        made_for=then.get(key),
        now=now.get(key),
        instead=in_place_of(key, base, head),
        text=suggestion.text,
        author=suggestion.author,
        channel=suggestion.channel,
        at=suggestion.created_at,
        reasons=reasons_in(suggestion.reason),
    )


def segments(session: Session, translation: DbTranslation, number: int | None) -> Sequence[Segment]:
    """Return the segments of a revision, none of no revision."""
    if number is None:
        return ()
    revision = session.get_one(DbRevision, number)
    parsed = parse(translation.document.kind, translation.locale, revision.text, path=translation.subject)
    return revision.segment_map.with_keys(parsed.segments)
