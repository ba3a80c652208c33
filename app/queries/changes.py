"""What each save on a page of the timeline changed, word by word."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.segments import NO_LANGUAGE, Segment, Tag
from app.domain.word_diff import SegmentDiff, segment_diff
from app.queries.timeline import Happening, What
from app.queries.writing import segments
from app.storage.texts import DbDocument, DbRevision, DbTranslation

Named = tuple[Tag, int]

_MOST: Final = 200_000
"""Letters that are compared for one page: beyond that a save leads to its comparison instead."""


def changes(
    session: Session, document: DbDocument, story: Iterable[Happening]
) -> Mapping[Named, tuple[SegmentDiff, ...]]:
    """Return what saves changed, by language and revision, without what stayed; one query, however many they are.

    Of catalogues nothing: a save of thousands of messages is compared on a page of its own.
    """
    saves: dict[Named, Named] = {
        (one.locale, one.revision): (one.locale, one.parent)
        for one in story
        if one.what is What.SAVE
        and one.locale not in {None, NO_LANGUAGE}
        and one.locale
        and one.revision
        and one.parent
    }
    if document.kind is Kind.CATALOGUE or not saves:
        return {}
    named = tuple_(DbTranslation.locale, DbRevision.number).in_({*saves, *saves.values()})
    rows = select(DbRevision, DbTranslation).join(DbTranslation, DbTranslation.id == DbRevision.translation_id)
    found: dict[Named, tuple[Segment, ...]] = {}
    letters = 0
    wanted = rows.where(DbTranslation.document_id == document.id, named).order_by(DbRevision.id.desc())
    for revision, text in session.execute(wanted):
        letters += len(revision.text)
        if letters > _MOST:
            break
        found[text.locale, revision.number] = segments(text, revision)
    return {
        new: tuple(one for one in segment_diff(found[old], found[new]) if one.changed)
        for new, old in saves.items()
        if old in found and new in found
    }
