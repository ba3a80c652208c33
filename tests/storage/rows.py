"""Rows to test with, made the short way."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.people import Channel
from app.domain.segments import SegmentMap, Tag
from app.domain.translations import Status
from app.storage.published import DbPage
from app.storage.texts import DbApproval, DbDocument, DbPublication, DbRevision, DbTranslation

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


def published_revision(session: Session) -> DbRevision:
    """A news item of one language, with one revision, which is live."""
    document = DbDocument(kind=Kind.NEWS, name="x", source=Tag("en"), created_at=NOON)
    translation = DbTranslation(document=document, locale=Tag("en"), status=Status.MISSING)
    session.add(translation)
    session.flush()
    revision = DbRevision(
        translation_id=translation.id, number=1, text="---\ntitle: X\n---\n", digest="0" * 64, author="tree",
        channel=Channel.TREE, created_at=NOON,
    )  # fmt: skip
    revision.segment_map = SegmentMap(rows=())
    session.add(revision)
    session.flush()
    translation.head, translation.live, translation.status = revision, revision, Status.APPROVED
    session.add(DbApproval(translation_id=translation.id, revision_id=revision.id, at=NOON))
    session.add(DbPublication(translation_id=translation.id, revision_id=revision.id, at=NOON))
    session.flush()
    return revision


def published_page(session: Session, name: str, *locales: Tag) -> int:
    """A news item as readers have it, in each of the locales; gives the document's number."""
    document = DbDocument(kind=Kind.NEWS, name=name, source=locales[0], created_at=NOON)
    session.add(document)
    session.flush()
    for locale in locales:
        session.add(
            DbPage(
                document_id=document.id, locale=locale, kind=Kind.NEWS, slug=name, shown=locale, position=name,
                title=name, page=b"{}",
            )
        )  # fmt: skip
    session.flush()
    return document.id
