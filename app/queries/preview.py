"""The reader's page of any revision, or of a text that is not saved yet: what readers would see if it were live now.

Made by the functions that make the live page, so that neither shows what the other does not. No module that serves
readers imports this one; an import contract holds it.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import NotFound
from app.domain.pages import ItemPage
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Origin, Tag
from app.formats.articles import article
from app.formats.facts import read_facts
from app.formats.item_pages import Live, Material, html_of, page_at
from app.queries import reading
from app.storage.folder_media import DbMedia, files_in, photos_in
from app.storage.texts import DbDocument, DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A text to be shown as it would be: its words as in a file, the facts that go with it (None: the newest saved)."""

    text: str
    origin: Origin = Origin.HUMAN
    made_from: Tag | None = None
    facts: Facts | None = None


def page_of(session: Session, translation: DbTranslation, revision: DbRevision) -> ItemPage:
    """Return the reader's page of a saved revision, with the newest facts. NotFound of what has no page."""
    of_map = revision.segment_map
    source = of_map.based_on.locale if of_map.based_on else translation.document.source
    proof = Proof(
        text=revision.text, origin=of_map.origin, made_from=None if translation.is_source else source
    )  # fmt: skip
    return page_of_text(session, translation.document, translation.locale, proof)


def page_of_text(session: Session, document: DbDocument, locale: Tag, proof: Proof) -> ItemPage:
    """Return the reader's page of a text. BadText if it cannot be read; NotFound of what has no page.

    Other languages are as their readers have them. Whether the text is behind is not said: the desk says it better.
    """
    site, facts = reading.site(session), proof.facts or newest_facts(session, document)
    if site is None or facts is None or locale == NO_LANGUAGE:
        raise NotFound(
            saying("%(document)s has no page in %(language)s", document=str(document.full_name), language=locale)
        )
    shown = _as_live(document, locale, proof)
    media = session.scalars(select(DbMedia).where(DbMedia.document_id == document.id)).all()
    material = Material(
        site=site,
        document=document.full_name,
        number=document.id,
        facts=facts,
        texts={**_others(session, document), locale: shown},
        photos=photos_in(media, facts.photos),
        files=files_in(media, facts.files),
    )
    return page_at(material, locale, shown, html_of(material, shown))


def newest_facts(session: Session, document: DbDocument) -> Facts | None:
    """Return what the newest text of the facts says, None if there is none."""
    found = document.text_in(NO_LANGUAGE)
    if found is None or found.head_id is None or document.kind is Kind.CATALOGUE:
        return None
    return read_facts(session.get_one(DbRevision, found.head_id).text, path=found.subject)


def _as_live(document: DbDocument, locale: Tag, proof: Proof) -> Live:
    return Live(
        locale=locale,
        article=article(document.full_name, locale, proof.text),
        origin=proof.origin,
        made_from=proof.made_from,
        updated=None,
        changed=document.created_at,
        lag=None,
    )


def _others(session: Session, document: DbDocument) -> dict[Tag, Live]:
    rows = session.execute(
        select(DbTranslation.locale, DbRevision.text)
        .join(DbRevision, DbRevision.id == DbTranslation.live_id)
        .where(DbTranslation.document_id == document.id, DbTranslation.locale != NO_LANGUAGE)
    )
    return {row.locale: _as_live(document, row.locale, Proof(text=row.text)) for row in rows}
