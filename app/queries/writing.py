"""What a form for a source text is filled from, and what a text that is being written changes in what readers have."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.alignment import carry
from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import NotFound
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Segment, Tag
from app.domain.stored import StoredPhoto
from app.domain.translations import Status
from app.domain.word_diff import SegmentDiff, segment_diff
from app.formats.choice import parse
from app.formats.facts import read_facts
from app.formats.words import Words, words_in
from app.queries.embargoes import Scheduled, scheduled
from app.storage.folder_media import DbMedia, photos_in
from app.storage.texts import DbDocument, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text with its document's facts, as they are newest. `photos` are those that came in, by path: the file to show.

    `text_base` and `facts_base` are the numbers of the revisions; `was_live` tells that readers have this text, `later`
    what is scheduled of it.
    """

    document: DocumentName
    locale: Tag
    is_source: bool
    status: Status
    words: Words
    facts: Facts
    text_base: int
    facts_base: int
    was_live: bool
    photos: Mapping[str, str]
    later: Scheduled | None


def find(session: Session, name: DocumentName, locale: Tag) -> DbTranslation:
    """Return a text that has been begun. NotFound says which of document and text there is none of."""
    of_document = (
        select(DbTranslation).join(DbDocument).where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    )
    found = session.scalar(of_document.where(DbTranslation.locale == locale))
    if found is None or found.head_id is None:
        raise NotFound(saying("%(document)s has no text in %(language)s", document=str(name), language=locale))
    return found


def source_language(session: Session, name: DocumentName) -> Tag:
    """Return the language of a document's source text. NotFound if there is no such document."""
    found = session.scalar(select(DbDocument.source).where(DbDocument.kind == name.kind, DbDocument.name == name.name))
    if found is None:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))
    return found


def revision(session: Session, translation: DbTranslation, number: int) -> DbRevision:
    """Return a text's revision by its number. NotFound if there is none."""
    numbered = (DbRevision.translation_id == translation.id, DbRevision.number == number)
    found = session.scalar(select(DbRevision).where(*numbered))
    if found is None:
        raise NotFound(saying("%(text)s has no revision %(number)s", text=translation.subject, number=number))
    return found


def head(session: Session, translation: DbTranslation) -> DbRevision:
    """Return a text's newest revision."""
    return session.get_one(DbRevision, translation.head_id)


def title(session: Session, name: DocumentName, locale: Tag) -> str:
    """Return the title of a text, or of its document's source where it has none itself, or the document's name."""
    for tag in (locale, source_language(session, name)):
        if tag != NO_LANGUAGE and name.kind is not Kind.CATALOGUE:
            return words_in(head(session, find(session, name, tag)).text).title
    return str(name)


def source(session: Session, name: DocumentName, locale: Tag) -> Source:
    """Return what the form of a text is filled from. NotFound where there is none, and of facts and catalogues."""
    translation, facts = find(session, name, locale), find(session, name, NO_LANGUAGE)
    if not translation.is_language:
        raise NotFound(saying("%(document)s is written by its facts' own form", document=str(name)))
    text, known = (session.get_one(DbRevision, one.head_id) for one in (translation, facts))
    later = [one for one in scheduled(session, name) if one.locale == locale]
    return Source(
        document=name,
        locale=locale,
        is_source=translation.is_source,
        status=translation.status,
        words=words_in(text.text),
        facts=read_facts(known.text, path=facts.subject),
        text_base=text.number,
        facts_base=known.number,
        was_live=translation.live_id is not None,
        photos={path: photo.variants[0][0] for path, photo in photos_of(session, translation.document_id).items()},
        later=later[0] if later else None,
    )


def photos_of(session: Session, document_id: int) -> Mapping[str, StoredPhoto]:
    """Return the photos that came in with a document, by path."""
    media = session.scalars(select(DbMedia).where(DbMedia.document_id == document_id)).all()
    return photos_in(media, {row.path for row in media if row.path.startswith("photos/")})


def text_at(session: Session, name: DocumentName, locale: Tag, number: int) -> str:
    """Return the text of a revision. NotFound if there is none."""
    return revision(session, find(session, name, locale), number).text


def against_live(session: Session, name: DocumentName, locale: Tag, text: str) -> tuple[SegmentDiff, ...]:
    """Return what a text, saved or not, changes in the live one, without what stays; nothing where nothing is live.

    BadText if it cannot be read.
    """
    translation = find(session, name, locale)
    if translation.live_id is None:
        return ()
    live = segments(translation, session.get_one(DbRevision, translation.live_id))
    new = carry(live, parse(name.kind, locale, text, path=translation.subject).segments, parent="")
    return tuple(one for one in segment_diff(live, new) if one.changed)


def segments(translation: DbTranslation, of: DbRevision) -> tuple[Segment, ...]:
    """Return a saved revision's segments under their keys."""
    parsed = parse(translation.document.kind, translation.locale, of.text, path=translation.subject)
    return of.segment_map.with_keys(parsed.segments)


def is_media(session: Session, stored_as: str) -> bool:
    """Tell whether a file of the media store belongs to a document, published or not: its name begins with a digest."""
    digest = stored_as.rpartition("/")[2][:64]
    return session.scalar(select(DbMedia.path).where(DbMedia.digest == digest).limit(1)) is not None
