"""Every slug that readers could ever know a document by, taken from what was published of it."""

from collections.abc import Iterator

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.domain.segments import NO_LANGUAGE, Tag
from app.formats.articles import article
from app.storage.published import DbSlug
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation


def note_slugs(session: Session, document: DbDocument) -> None:
    """Note the slugs of all publications of a news item or page that are not yet noted. The caller has its row locked.

    Publications are never taken back, so of each language those after the newest noted one are all there are to read.
    """
    for row in _not_noted(session, document):
        slug = article(document.full_name, row.locale, row.text).slug
        session.merge(
            DbSlug(
                document_id=document.id, locale=row.locale, slug=slug, kind=document.kind, publication=row.publication
            )
        )
    session.flush()


def _not_noted(session: Session, document: DbDocument) -> Iterator[Row[Tag, int, str]]:
    """Yield language, number and text of publications, oldest first.

    The newest noted one is asked of each language by itself: a language that is published at the same time may have the
    smaller number and be noted later.
    """
    noted = select(func.coalesce(func.max(DbSlug.publication), 0)).where(
        DbSlug.document_id == DbTranslation.document_id, DbSlug.locale == DbTranslation.locale
    )
    yield from session.execute(
        select(DbTranslation.locale, DbPublication.id.label("publication"), DbRevision.text)
        .join(DbPublication, DbPublication.translation_id == DbTranslation.id)
        .join(DbRevision, DbRevision.id == DbPublication.revision_id)
        .where(
            DbTranslation.document_id == document.id,
            DbTranslation.locale != NO_LANGUAGE,
            DbPublication.id > noted.scalar_subquery(),
        )
        .order_by(DbPublication.id)
    ).all()
