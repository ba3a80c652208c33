"""What of a catalogue cannot be used: how many messages, and in which line of which file and why."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, Problem
from app.domain.locales import catalogue_path
from app.domain.segments import Tag
from app.formats.choice import as_filed
from app.formats.po_check import check
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """How many messages of the head and of what is live cannot be used, and where: the first twenty of each text."""

    head: int = 0
    live: int = 0
    problems: tuple[Problem, ...] = ()


def breakages(session: Session, name: DocumentName, locale: Tag | None) -> dict[Tag, Breakage]:
    """Return what cannot be used of a catalogue, by language (`zxx`: the template), in one language or all."""
    query = (
        select(DbTranslation, DbRevision)
        .join(DbDocument, DbDocument.id == DbTranslation.document_id)
        .join(DbRevision, or_(DbRevision.id == DbTranslation.head_id, DbRevision.id == DbTranslation.live_id))
        .where(DbDocument.kind == Kind.CATALOGUE, DbDocument.name == name.name)
        .order_by(DbRevision.id)
        .execution_options(yield_per=1)
    )
    if locale is not None:
        query = query.where(DbTranslation.locale == locale)
    found: dict[Tag, Breakage] = {}
    for translation, revision in session.execute(query):
        known = found.get(translation.locale, Breakage())
        count, problems = _unusable(name, translation, revision)
        found[translation.locale] = Breakage(
            head=count if revision.id == translation.head_id else known.head,
            live=count if revision.id == translation.live_id else known.live,
            problems=(*known.problems, *problems[:_MOST_TOLD]),
        )
    return found


def _unusable(name: DocumentName, translation: DbTranslation, revision: DbRevision) -> tuple[int, tuple[Problem, ...]]:
    """Count and tell what is wrong with a revision, by the lines of the file that it is or will be in."""
    live = revision.id == translation.live_id
    path = catalogue_path(name.name, translation.locale, draft=not live and translation.live_id is not None)
    try:
        checked = check(revision.text, path=path)
        if checked.refused:
            checked = check(_filed(translation, revision, path, live=live), path=path)
    except BadText as refusal:  # which an older build took for good
        return len(refusal.problems), refusal.problems
    return checked.unusable, checked.refused


def _filed(translation: DbTranslation, revision: DbRevision, path: str, *, live: bool) -> str:
    segments, status = revision.segment_map, "published" if live else translation.status.value
    return as_filed(Kind.CATALOGUE, translation.locale, revision.text, segments, status=status, path=path)
