"""The segment map of a text that is being saved: which source text each of its segments was made from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import other_sources
from app.domain.documents import Kind
from app.domain.other_sources import Known
from app.domain.provenance import SourceVersion, based_on, only_base
from app.domain.renderings import Written, align, originals, remap
from app.domain.segments import BasedOn, Key, Origin, Rendering, Segment, SegmentMap, Tag, digest_of
from app.domain.translations import Status
from app.formats.choice import parse
from app.formats.text import Parsed
from app.services.histories import segments_of, source_texts
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation

_SUBMITTED = frozenset({Status.IN_REVIEW, Status.APPROVED})
_NEWEST = 20  # revisions of a source that are looked at; an older base is a name that is older than it could be


def map_of(
    session: Session,
    translation: DbTranslation,
    parsed: Parsed,
    keyed: Sequence[Segment],
    *,
    base: DbRevision | None,
    written: Written | None = None,
) -> SegmentMap:
    """Return the map of a parsed text whose segments have their keys.

    `base` is the revision it was made from, or else the head, None for a first text. The file's own word on who made it
    counts for all of it when that word has changed, and else for the segments that have. What is known of a text that
    was `written` segment by segment goes before all that.
    """
    said = written.rows_of(keyed) if written is not None else {}
    fresh = _map_of(session, translation, parsed, keyed, base=base, said=said)
    if written is None:
        return fresh
    rows = (said.get(row.key, row) for row in fresh.rows)
    known = replace(fresh, rows=tuple(replace(row, origin=Origin.HUMAN) if written.read else row for row in rows))
    return renewed(session, translation, known, upto=written.upto) if written.upto is not None else known


def renewed(session: Session, translation: DbTranslation, segments: SegmentMap, *, upto: int = 0) -> SegmentMap:
    """Return a map that names the newest revision of the text it is based on of which every segment is current.

    What nobody submitted is no such revision, unless its number is not above `upto`. Never one that is older than the
    one that it names.
    """
    locale = segments.based_on.locale if segments.based_on is not None else translation.document.source
    other = translation.document.text_in(locale)
    newest = newest_of(other) if other is not None else None
    if other is None or newest is None or not _is_article(translation):
        return segments
    named = revision_named(session, translation, segments.based_on) if segments.based_on is not None else None
    base = named[1] if named is not None else None
    upto = max(upto, session.get_one(DbRevision, newest).number)
    saved = select(DbRevision).where(
        DbRevision.translation_id == other.id, DbRevision.number <= upto,
        DbRevision.number > (base.number if base is not None else 0),
    )  # fmt: skip
    later = session.scalars(saved.order_by(DbRevision.number.desc()).limit(_NEWEST)).all()
    versions = [_version(other, one) for one in ([base] if base is not None else []) + [*reversed(later)]]
    digest = based_on(segments, versions)
    if digest is None or (base is not None and digest == base.digest):
        return segments
    return replace(segments, based_on=BasedOn(locale=locale, digest=digest))


def newest_of(text: DbTranslation) -> int | None:
    """Return which revision of a text others are made from: the newest if it was submitted, else what is live."""
    return text.head_id if text.status in _SUBMITTED or text.live_id is None else text.live_id


def beside_another(
    session: Session, document: DbDocument, segments: SegmentMap, source: tuple[DbTranslation, DbRevision]
) -> SegmentMap:
    """Return what a map would say of a text of its document in another language than it was made from."""
    newest = {one: newest_of(one) for one in document.translations if one.is_language}
    texts = {one.locale: (one, session.get_one(DbRevision, number)) for one, number in newest.items() if number}
    texts[source[0].locale] = source
    known = {tag: Known(segments=segments_of(*one), map=one[1].segment_map) for tag, one in texts.items()}
    return other_sources.beside(segments, source[0].locale, known, root=document.source)


def in_one_language(
    session: Session, translation: DbTranslation, base: SegmentMap, ours: SegmentMap, theirs: SegmentMap
) -> tuple[SegmentMap, SegmentMap, SegmentMap]:
    """Return the maps of texts that are merged as maps of one source: that which one of the two turned to since.

    Rows that tell of different languages would each be taken for what the other's text has no more.
    """
    before, mine, other = (one.based_on for one in (base, ours, theirs))
    if not _is_article(translation) or mine is None or other is None or mine.locale == other.locale:
        return base, ours, theirs
    named = other if before is None or other.locale != before.locale else mine
    source = revision_named(session, translation, named)
    if source is None:
        return base, ours, theirs
    turned = (
        one if one.based_on is None or one.based_on.locale == named.locale
        else replace(beside_another(session, translation.document, one, source), based_on=named)
        for one in (base, ours, theirs)
    )  # fmt: skip
    base, ours, theirs = turned
    return base, ours, theirs


def _is_article(translation: DbTranslation) -> bool:
    of_words = translation.is_language and not translation.is_source
    return of_words and translation.document.kind is not Kind.CATALOGUE


def _version(text: DbTranslation, revision: DbRevision) -> SourceVersion:
    texts = source_texts(text.document.kind, segments_of(text, revision))
    return SourceVersion(digest=revision.digest, texts=texts, minor=False, at=revision.created_at)


def _map_of(
    session: Session,
    translation: DbTranslation,
    parsed: Parsed,
    keyed: Sequence[Segment],
    *,
    base: DbRevision | None,
    said: Mapping[Key, Rendering],
) -> SegmentMap:
    origin = parsed.header.origin
    if translation.is_source or not translation.is_language:
        fresh = originals(keyed, origin=origin)
    elif translation.document.kind is Kind.CATALOGUE:
        fresh = _catalogue_map(parsed, keyed)
    else:
        fresh = _article_map(session, translation, parsed, keyed, base=base, said=said)
    if base is None:
        return fresh
    before = parse(translation.document.kind, translation.locale, base.text, path=translation.subject)
    if origin not in {before.header.origin, base.segment_map.origin}:  # its file says what the map does
        return replace(fresh, rows=tuple(replace(row, origin=origin) for row in fresh.rows))
    old = {
        row.key: (segment, row)
        for segment, row in zip(segments_of(translation, base), base.segment_map.rows, strict=True)
    }
    rows = (_with_old_origin(row, segment, old.get(row.key)) for row, segment in zip(fresh.rows, keyed, strict=True))
    return replace(fresh, rows=tuple(rows))


def _with_old_origin(row: Rendering, segment: Segment, old: tuple[Segment, Rendering] | None) -> Rendering:
    same = old is not None and digest_of(old[0].text) == digest_of(segment.text)
    return replace(row, origin=old[1].origin) if old is not None and same else row


def _catalogue_map(parsed: Parsed, keyed: Sequence[Segment]) -> SegmentMap:
    """Map each message to itself: its key, msgctxt and msgid, is its source."""
    rows = (
        Rendering(
            key=segment.key,
            sources=(segment.key,),
            source_digest=digest_of(segment.key),
            state=segment.state,
            origin=parsed.header.origin,
        )
        for segment in keyed
    )
    return SegmentMap(rows=tuple(rows), based_on=parsed.header.based_on)


def _article_map(
    session: Session,
    translation: DbTranslation,
    parsed: Parsed,
    keyed: Sequence[Segment],
    *,
    base: DbRevision | None,
    said: Mapping[Key, Rendering],
) -> SegmentMap:
    made_from = parsed.header.based_on or (_by_elimination(session, translation) if base is None else None)
    named = revision_named(session, translation, made_from) if made_from else None
    known = named is not None
    source = named or _newest(session, translation, made_from.locale if made_from else translation.document.source)
    segments = segments_of(*source) if source else ()
    origin = parsed.header.origin
    if base is None and not said:
        return align(segments, parsed.segments, based_on=made_from, known=known, origin=origin)
    before = segments_of(translation, base) if base is not None else ()
    previous = base.segment_map if base is not None else SegmentMap(rows=())
    previous = replace(previous, rows=(*previous.rows, *said.values()))
    return remap(previous, before, keyed, source=segments, based_on=made_from, known=known, origin=origin)


def _by_elimination(session: Session, translation: DbTranslation) -> BasedOn | None:
    """Return what a first text that names no base was made from, if it can have been made from one text alone."""
    document = translation.document
    of_source = select(DbRevision.id, DbRevision.digest).join(
        DbTranslation, DbTranslation.id == DbRevision.translation_id
    )
    of_source = of_source.where(DbTranslation.document_id == document.id, DbTranslation.locale == document.source)
    publications = of_source.join(DbPublication, DbPublication.revision_id == DbRevision.id)
    published = session.execute(publications.add_columns(DbPublication.minor).order_by(DbPublication.id)).all()
    since = published[-1].id if published else 0
    saved = session.execute(of_source.where(DbRevision.id > since))
    digest = only_base([(row.digest, row.minor) for row in published], (row.digest for row in saved))
    return None if digest is None else BasedOn(locale=document.source, digest=digest)


def revision_named(
    session: Session, translation: DbTranslation, based_on: BasedOn
) -> tuple[DbTranslation, DbRevision] | None:
    """Return the newest revision of the document's text in that locale with that digest, None if there is none."""
    row = session.execute(
        select(DbTranslation, DbRevision)
        .join(DbRevision, DbRevision.translation_id == DbTranslation.id)
        .where(
            DbTranslation.document_id == translation.document_id,
            DbTranslation.locale == based_on.locale,
            DbTranslation.id != translation.id,
            DbRevision.digest.startswith(based_on.digest, autoescape=True),
        )
        .order_by(DbRevision.number.desc())
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def _newest(session: Session, translation: DbTranslation, locale: Tag) -> tuple[DbTranslation, DbRevision] | None:
    """Return what is live in a locale, else its head: the best there is where the very text isn't known."""
    other = session.scalar(
        select(DbTranslation).where(
            DbTranslation.document_id == translation.document_id, DbTranslation.locale == locale,
            DbTranslation.id != translation.id,
        )
    )  # fmt: skip
    number = (other.live_id or other.head_id) if other else None
    return (other, session.get_one(DbRevision, number)) if other and number else None
