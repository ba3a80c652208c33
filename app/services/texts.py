"""Finding what a person names."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.locales import language
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Status
from app.formats.text import LARGEST_NUMBER
from app.storage.texts import DbDocument, DbRevision, DbTranslation


def find_document(session: Session, name: DocumentName) -> DbDocument | None:
    """Return a document by its name, its translations with it; None if the database has none."""
    named = select(DbDocument).where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    return session.scalar(named.options(selectinload(DbDocument.translations)))


def require_document(session: Session, name: DocumentName) -> DbDocument:
    """Return a document by its name, its translations with it. NotFound if there is none."""
    document = find_document(session, name)
    if document is None:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))
    return document


def find(session: Session, name: DocumentName, locale: Tag) -> DbTranslation:
    """Return a document's translation. NotFound says which of the two there is none of."""
    found = require_document(session, name).text_in(locale)
    if found is None:
        raise NotFound(saying("%(document)s has no text in %(language)s", document=str(name), language=locale))
    return found


def find_or_begin(session: Session, document: DbDocument, locale: Tag) -> DbTranslation:
    """Return a document's translation; one that nobody has begun is *missing*, and held by its first text."""
    found = document.text_in(locale)
    if found is None:
        found = DbTranslation(document=document, locale=locale, status=Status.MISSING)
        session.add(found)
        session.flush()
    return found


def held_or_begun(session: Session, name: DocumentName, locale: Tag) -> DbTranslation:
    """Return a document's translation; the first text in a language begins it. NotFound if that is no language.

    Its document is held until the transaction ends, so that of two who begin at once the second finds the first's.
    """
    document = require_document(session, name)
    held = select(DbDocument.id).where(DbDocument.id == document.id).with_for_update(key_share=True)
    session.execute(held)
    session.refresh(document, ["translations"])
    if (found := document.text_in(locale)) is not None:
        return found
    try:
        return find_or_begin(session, document, language(locale).tag)
    except ValueError:
        raise NotFound(saying("there is no language %(tag)s", tag=locale)) from None


def find_revision(session: Session, translation: DbTranslation, number: int) -> DbRevision:
    """Return a text's revision by its number. NotFound if there is none."""
    numbered = (DbRevision.translation_id == translation.id, DbRevision.number == number)
    found = session.scalar(select(DbRevision).where(*numbered)) if 0 < number <= LARGEST_NUMBER else None
    if found is None:
        raise NotFound(saying("%(text)s has no revision %(number)s", text=translation.subject, number=number))
    return found
