"""The published read model of one document, made anew from what is live whenever that changes.

`renew` makes all that is made of a document from scratch; property tests hold the two against each other.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.tags import tag_slug
from app.formats.item_pages import Live, Material, entry_of, html_of, media_of, month_of, page_at, position_of
from app.formats.mo import compile_catalogue
from app.services import memory, site, standings
from app.services.live_texts import material_of
from app.services.search_texts import search_text
from app.services.slugs import note_slugs
from app.storage.memory import empty
from app.storage.published import DbCatalogue, DbPage, DbPublicMedia, DbSlug, DbTag
from app.storage.search_texts import DbSearchText
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation


@contextmanager
def deferred(session: Session) -> Iterator[None]:
    """Project each document once, when the block ends, however often something of it goes live in between."""
    session.info["waiting"] = waiting = dict[int, DbDocument]()
    try:
        yield
    finally:
        del session.info["waiting"]
    for document in waiting.values():
        project(session, document)


def project(session: Session, document: DbDocument) -> None:
    """Write what readers can see of a document, and let every worker know that something changed."""
    if "waiting" in session.info:
        session.info["waiting"][document.id] = document
        return
    remake(session, document)
    site.raise_version(session)


def remake(session: Session, document: DbDocument) -> None:
    """Write what readers can see of a document: a row for each locale of the site, missing ones included.

    Whoever makes many documents anew raises the version once, when all are done: with each raise every worker drops
    all the pages that it keeps.
    """
    session.flush()
    # of two languages that are published at once, one projection waits for the other and sees it
    session.execute(_held(document))
    if document.kind is Kind.CATALOGUE:
        _project_catalogue(session, document)
    else:
        _project_pages(session, document)


def begin_anew(session: Session) -> None:
    """Forget what cannot be taken out of an index text by text, where nobody else writes at the same time.

    Until every document was made anew `site.pages_lag` says so, whoever may have died meanwhile.
    """
    empty(session)
    site.let_pages_lag(session)


def renew(session: Session, number: int) -> DbDocument:
    """Forget what was made of a document, and make it anew: pages, addresses, standings, memory.

    Its row is held first, as by all who change it, and nothing of another is touched. So where each has a transaction
    of its own, one that is being approved is waited for, or waits for as long as it takes to make one, and never both.
    """
    document = session.get_one(DbDocument, number)
    session.execute(_held(document))
    session.execute(delete(DbSlug).where(DbSlug.document_id == document.id))
    if document.kind is Kind.CATALOGUE:
        session.execute(delete(DbCatalogue).where(DbCatalogue.domain == document.name))
    memory.forget(session, document)
    return follow(session, number)


def follow(session: Session, number: int) -> DbDocument:
    """Let all that is made of a document follow it, and the settings of the site; what is right already stays."""
    document = session.get_one(DbDocument, number)
    remake(session, document)
    standings.remake(session, document)
    memory.remake(session, document)
    return document


def _held(document: DbDocument) -> Select[int]:
    return select(DbDocument.id).where(DbDocument.id == document.id).with_for_update(key_share=True)


def _project_pages(session: Session, document: DbDocument) -> None:
    for table in (DbPage, DbTag, DbSearchText, DbPublicMedia):
        session.execute(delete(table).where(table.document_id == document.id))
    note_slugs(session, document)
    material = material_of(session, document, site.settings(session))
    if material is None:
        return
    named: dict[str, str] = {}
    bodies: dict[Tag, str] = {}  # of each text that is shown; it may stand in for many
    for number, locale in enumerate(material.addresses):
        shown = material.shown(locale)
        if shown is not None:
            if shown.locale not in bodies:
                bodies[shown.locale] = html_of(material, shown)
            page = page_at(material, locale, shown, bodies[shown.locale])
            named |= media_of(material, page)
            row = _row(document, material, shown, page)
            session.add(row)
            session.add_all(_tags(row, page))
            if not page.missing and locale in material.site.locales:  # nobody asks in another; CLDR may not know it
                session.add(search_text(page, zone=material.site.zone, language=number))
    session.add_all(DbPublicMedia(name=name, document_id=document.id, saved_as=words) for name, words in named.items())
    session.flush()


def _row(document: DbDocument, material: Material, shown: Live, page: ItemPage) -> DbPage:
    listed = document.kind is Kind.NEWS and not page.missing
    return DbPage(
        document_id=document.id,
        locale=page.locale,
        kind=document.kind,
        slug=page.slug,
        shown=shown.locale,
        position=position_of(material),
        title=page.title,
        page=msgspec.json.encode(page),
        entry=msgspec.json.encode(entry_of(material, page)) if listed else None,
        month=month_of(material) if listed else None,
        changed=shown.changed,
    )


def _tags(row: DbPage, page: ItemPage) -> Iterator[DbTag]:
    if row.entry is None:
        return
    for slug, msgid in {tag_slug(msgid): msgid for msgid in reversed(page.tags)}.items():
        yield DbTag(document_id=row.document_id, locale=row.locale, slug=slug, msgid=msgid, position=row.position)


def _project_catalogue(session: Session, document: DbDocument) -> None:
    of_domain = DbCatalogue.domain == document.name
    columns = select(DbCatalogue.locale, DbCatalogue.publication, DbCatalogue.mo)
    made = {row.locale: (row.publication, row.mo) for row in session.execute(columns.where(of_domain))}
    session.execute(delete(DbCatalogue).where(of_domain))
    for translation in document.translations:
        if translation.live_id is not None and translation.is_language:
            published = _published(session, translation)
            text = session.get_one(DbRevision, translation.live_id).text
            earlier = _earlier(session, published, made.get(translation.locale))
            mo = compile_catalogue(text, path=translation.subject, earlier=earlier).mo
            number, _ = published[0]
            session.add(DbCatalogue(domain=document.name, locale=translation.locale, mo=mo, publication=number))
    session.flush()


def _published(session: Session, translation: DbTranslation) -> list[tuple[int, int]]:
    """Return what was ever live of a translation, newest first: the numbers of publication and revision."""
    rows = select(DbPublication.id, DbPublication.revision_id).where(DbPublication.translation_id == translation.id)
    return [(row.id, row.revision_id) for row in session.execute(rows.order_by(DbPublication.id.desc()))]


def _earlier(
    session: Session, published: Iterable[tuple[int, int]], made: tuple[int, bytes] | None
) -> Iterator[str | bytes]:
    """Yield what was live before the newest publication, newest first; what is `made` stands for all up to its own.

    One text is held at a time: a catalogue may be large, and its history long.
    """
    for place, (number, revision) in enumerate(published):
        if made is not None and made[0] == number:
            yield made[1]
            return
        if place:
            yield session.scalars(select(DbRevision.text).where(DbRevision.id == revision)).one()
