"""What is open in each text of a document: who has it, what waits in it for a decision, and what keeps it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import BadText
from app.domain.segments import Tag
from app.formats.message_pairs import errors_in, forms_of
from app.storage.embargoes import embargoed
from app.storage.outbox import DbWork
from app.storage.talk import DbAssignment, DbComment, DbResolution
from app.storage.texts import DbDocument, DbPublication, DbSuggestion, DbTranslation, SuggestionState
from app.storage.unfilled import unfilled


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is open in one text: suggestions and comments that nobody settled, whose it is until when, and its time."""

    suggestions: int = 0
    comments: int = 0
    person: str = ""
    team: str = ""
    due: datetime | None = None
    priority: int = 0
    scheduled: datetime | None = None
    was_live: bool = False


NOTHING_OPEN: Final = Open()


def open_in(session: Session, document: DbDocument) -> Mapping[Tag, Open]:
    """Return what is open in a document's texts, by language; one of which nothing is known is left out.

    As many queries for two languages as for twenty.
    """
    given, times = _assignments(session, document), _times(session, document)
    suggestions = _counted(session, document, DbSuggestion, DbSuggestion.state == SuggestionState.OPEN)
    comments = _counted(session, document, DbComment, ~_is_settled())
    published = _counted(session, document, DbPublication)
    return {
        tag: Open(
            suggestions=suggestions.get(tag, 0), comments=comments.get(tag, 0), scheduled=times.get(tag),
            was_live=tag in published,
            person=given[tag].person if tag in given else "", team=given[tag].team if tag in given else "",
            due=given[tag].due if tag in given else None, priority=given[tag].priority if tag in given else 0,
        )
        for tag in {*given, *times, *suggestions, *comments, *published}
    }  # fmt: skip


def failing_in(session: Session, translation: DbTranslation | None) -> int:
    """Return how many errors keep the newest text from being handed in; in an article none can be saved.

    Among them are messages that a page could not be made with by now.
    """
    if translation is None or translation.head is None or not translation.is_language:
        return 0
    if translation.document.kind is not Kind.CATALOGUE:
        return 0
    text, path = translation.head.text, translation.subject
    try:
        failed = unfilled(session, translation.document.name, forms_of(text, path=path))
        return sum(1 for _ in errors_in(text, translation.locale, path=path, unfilled=failed))
    except BadText as fault:  # a template that came in before it was refused
        return len(fault.problems)


def _assignments(session: Session, document: DbDocument) -> Mapping[Tag, DbAssignment]:
    rows = select(DbAssignment).where(DbAssignment.document_id == document.id).order_by(DbAssignment.id)
    return {row.locale: row for row in session.scalars(rows)}


def _times(session: Session, document: DbDocument) -> Mapping[Tag, datetime]:
    works = session.scalars(embargoed(document.full_name).where(DbWork.refusal == ""))
    return {Tag(work.subject.rpartition("@")[2]): work.due_at for work in works}


def _counted(
    session: Session,
    document: DbDocument,
    table: type[DbSuggestion | DbComment | DbPublication],
    *which: ColumnElement[bool],
) -> Mapping[Tag, int]:
    counts = (
        select(DbTranslation.locale, func.count().label("many"))
        .join(table, table.translation_id == DbTranslation.id)
        .where(DbTranslation.document_id == document.id, *which)
        .group_by(DbTranslation.locale)
    )
    return {row.locale: row.many for row in session.execute(counts)}


def _is_settled() -> ColumnElement[bool]:
    """Say of a comment that the newest that was said of it settles it."""
    newest = select(func.max(DbResolution.id)).where(DbResolution.comment_id == DbComment.id).correlate(DbComment)
    return exists().where(DbResolution.id == newest.scalar_subquery(), DbResolution.settled).correlate(DbComment)
