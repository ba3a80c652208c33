"""What of a document is live, gathered from the tables into the material of its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts
from app.domain.provenance import SLUG, Chained, Lag, SourceVersion, outdated
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.domain.site import Site
from app.formats.articles import article
from app.formats.facts import read_facts
from app.formats.item_pages import Live, Material
from app.services.histories import drafts_before, published_versions
from app.storage.folder_media import DbMedia, files_in, photos_in
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation

_TOGETHER = timedelta(minutes=1)


def live_facts(session: Session, document: DbDocument) -> Facts | None:
    """Return the facts that readers may know, None before the first publication."""
    row = session.execute(
        select(DbTranslation, DbRevision)
        .join(DbRevision, DbRevision.id == DbTranslation.live_id)
        .where(DbTranslation.document_id == document.id, DbTranslation.locale == NO_LANGUAGE)
    ).first()
    return None if row is None else read_facts(row.DbRevision.text, path=f"{document.full_name}/item.toml")


def material_of(session: Session, document: DbDocument, site: Site) -> Material | None:
    """Return what the pages of a news item or standing page are made from; None if readers may see nothing of it."""
    facts = live_facts(session, document)
    live = _live_revisions(session, document)
    if facts is None or not live:
        return None
    chained = {
        tag: Chained(map=revision.segment_map, versions=published_versions(session, translation, first_at=facts.date))
        for tag, (translation, revision) in live.items()
    }
    lags = _lags(session, live, chained, source=facts.source)
    published = _publications(session, document)
    out = {tag: rows[0][1] for tag, rows in published.items()}
    later = _came_out_later(out, document.source)
    changed = {tag: _put_back(published[tag]) or _updated(text.versions) for tag, text in chained.items()}
    media = session.scalars(select(DbMedia).where(DbMedia.document_id == document.id)).all()
    return Material(
        site=site,
        document=document.full_name,
        number=document.id,
        facts=facts,
        texts={
            tag: Live(
                locale=tag,
                article=article(document.full_name, tag, revision.text),
                origin=revision.segment_map.origin,
                made_from=_made_from(tag, facts, chained[tag]),
                updated=changed[tag],
                changed=changed[tag] or later.get(tag, chained[tag].versions[0].at),
                lag=lags[tag],
            )
            for tag, (_, revision) in live.items()
        },
        photos=photos_in(media, facts.photos),
        files=files_in(media, facts.files),
        withdrawn=frozenset(out.keys() - live.keys()),
    )


def _live_revisions(session: Session, document: DbDocument) -> dict[Tag, tuple[DbTranslation, DbRevision]]:
    rows = session.execute(
        select(DbTranslation, DbRevision)
        .join(DbRevision, DbRevision.id == DbTranslation.live_id)
        .where(DbTranslation.document_id == document.id, DbTranslation.locale != NO_LANGUAGE)
    )
    return {translation.locale: (translation, revision) for translation, revision in rows}


def _lags(
    session: Session,
    live: Mapping[Tag, tuple[DbTranslation, DbRevision]],
    chained: Mapping[Tag, Chained],
    *,
    source: Tag,
) -> dict[Tag, Lag | None]:
    """Return how far each text is behind. Drafts are only looked for where one seems to be: it may be ahead instead."""
    lags = {tag: outdated(tag, chained, source=source) for tag in chained}
    if not any(lags.values()):
        return lags
    with_drafts = dict(chained)
    for tag, text in chained.items():
        made_from = text.map.based_on.locale if text.map.based_on else source
        if made_from != tag and made_from in live:
            drafts = drafts_before(session, live[made_from][0], live[tag][1])
            with_drafts[tag] = replace(text, drafts=drafts)
    return {tag: outdated(tag, with_drafts, source=source) for tag in chained}


def _made_from(tag: Tag, facts: Facts, text: Chained) -> Tag | None:
    if tag == facts.source:
        return None
    return text.map.based_on.locale if text.map.based_on else facts.source


def _updated(versions: Sequence[SourceVersion]) -> datetime | None:
    """Return when a text that was live before was last changed for its readers, None while its first wording stands."""
    changes = [new.at for old, new in pairwise(versions) if _read(new) != _read(old)]
    return changes[-1] if changes else None


def _publications(session: Session, document: DbDocument) -> Mapping[Tag, Sequence[tuple[int, datetime]]]:
    """Return which revisions of each text came out, and when, the first one first."""
    rows = session.execute(
        select(DbTranslation.locale, DbPublication.revision_id, DbPublication.at)
        .join(DbPublication, DbPublication.translation_id == DbTranslation.id)
        .where(DbTranslation.document_id == document.id)
        .order_by(DbPublication.id)
    )
    found: dict[Tag, list[tuple[int, datetime]]] = {}
    for row in rows:
        found.setdefault(row.locale, []).append((row.revision_id, row.at))
    return found


def _put_back(published: Sequence[tuple[int, datetime]]) -> datetime | None:
    """Return when readers got an earlier text back, None if that is not what they see: its words changed then, too."""
    *before, (live, at) = published
    earlier = [revision for revision, _ in before]
    return at if live in earlier and earlier[-1] != live else None


def _came_out_later(out: Mapping[Tag, datetime], source: Tag) -> dict[Tag, datetime]:
    """Return when those texts first came out that followed the source text: what came with it bears the item's date.

    So a translation that follows after days is told of as new, and an archive that is brought in all at once is not.
    """
    return {tag: at for tag, at in out.items() if at - out.get(source, at) > _TOGETHER}


def _read(version: SourceVersion) -> list[tuple[Key, str]]:
    """Return what is read on a page, in order: neither its address nor what stands in for its photos."""
    return [(key, text) for key, text in version.texts.items() if key != SLUG and not key.startswith("alt:")]
