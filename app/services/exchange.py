"""A text out as a file, for somebody who works elsewhere, and back in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.locales import parse_tag
from app.domain.people import Actor
from app.domain.segments import Tag
from app.domain.translations import Status
from app.services import revisions, transitions
from app.services.revisions import Saved
from app.services.sync.intake import decode
from app.services.sync.output import wanted, written
from app.services.sync.slots import Slot
from app.services.texts import find, find_document
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file's bytes, and the number of the revision that they are: the base of what comes back."""

    raw: bytes
    number: int


def give_out(session: Session, document: DocumentName, locale: Tag) -> Given:
    """Return the newest text, as the tree would have it. NotFound if there is none."""
    translation = find(session, document, locale)
    newest = wanted(translation, draft=True) or wanted(translation, draft=False)
    if newest is None:
        raise NotFound(f"{document} has no text in {locale}")
    slot = Slot(document=document, locale=locale)
    number = session.get_one(DbRevision, newest.revision_id).number
    return Given(raw=written(session, slot, newest), number=number)


def take_back(
    session: Session, document: DocumentName, locale: Tag, raw: bytes, actor: Actor, *, base: int | None, path: str
) -> Saved:
    """Save a file as a draft. `base` numbers the revision it was made from, None: the newest one.

    BadText, with `path` and lines, if it cannot be used; NotFound for a document or revision that there is none of.
    What others wrote since `base` is merged, in this transaction, and what cannot be is kept as suggestions.
    """
    text = decode(Slot(document=document, locale=locale), Found(path=path, raw=raw))
    translation = _translation(session, document, locale)
    transitions.lock(session, translation)
    revision = _base(session, translation, base)
    return revisions.save(session, translation, text, actor, base=revision, path=path)


def _translation(session: Session, name: DocumentName, locale: Tag) -> DbTranslation:
    """Return the text's translation; the first text in a language begins it."""
    document = find_document(session, name)
    if document is None:
        raise NotFound(f"there is no document {name}")
    found = next((one for one in document.translations if one.locale == locale), None)
    if found is not None:
        return found
    try:
        begun = DbTranslation(document=document, locale=parse_tag(locale), status=Status.MISSING)
    except ValueError as error:
        raise NotFound(str(error)) from None
    session.add(begun)
    return begun


def _base(session: Session, translation: DbTranslation, number: int | None) -> DbRevision | None:
    if number is None:
        return session.get_one(DbRevision, translation.head_id) if translation.head_id else None
    found = session.scalar(
        select(DbRevision).where(DbRevision.translation_id == translation.id, DbRevision.number == number)
    )
    if found is None:
        raise NotFound(f"{translation.subject} has no revision {number}")
    return found
