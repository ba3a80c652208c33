"""What stands where: the status of each head, and what is live, which are two facts and never confused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound, Problem
from app.domain.pages import Outdated
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Origin, State, Tag, least_reviewed
from app.domain.translations import Status
from app.queries.breakages import breakages
from app.queries.reading import site
from app.storage.embargoes import embargoed
from app.storage.outbox import DbWork
from app.storage.published import DbPage
from app.storage.texts import (
    DbDocument,
    DbPublication,
    DbRevision,
    DbSuggestion,
    DbTranslation,
    SuggestionState,
)

_BATCH = 200  # rows, each with the segment map of its head


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One document in one locale of the site, missing ones included.

    `head` and `live` number the newest and the live revision. What readers see is `outdated` since the text in that
    locale changed, `through` a text in between if it was not made from that one itself. `missing` and `needs_work`
    count segments of the head, `suggestions` open ones; `origin` is the head's, None where there is no text; `due` is
    when a scheduled revision goes live, or should have, and `refused` why it could not. Of a catalogue `broken` and
    `broken_live` count the messages of head and live revision that cannot be used, and `problems` says why. `withdrawn`
    tells that nothing is live and once was, `source_withdrawn` that this is live and its source text is withdrawn.
    """

    document: str
    locale: Tag
    status: Status = Status.MISSING
    head: int | None = None
    live: int | None = None
    outdated: Tag | None = None
    through: Tag | None = None
    origin: Origin | None = None
    missing: int = 0
    needs_work: int = 0
    suggestions: int = 0
    due: datetime | None = None
    refused: str | None = None
    broken: int = 0
    broken_live: int = 0
    problems: tuple[Problem, ...] = ()
    withdrawn: bool = False
    source_withdrawn: bool = False


class _Segment(msgspec.Struct):
    """What is asked of a row of a segment map."""

    state: State
    origin: Origin


class _Map(msgspec.Struct):
    rows: tuple[_Segment, ...]


class _Page(msgspec.Struct):
    """What is asked of a reader's page."""

    outdated: Outdated | None
    made_from: Tag | None


_MAP = msgspec.json.Decoder(_Map)
_PAGE = msgspec.json.Decoder(_Page)
_Found = Row[Kind, str, Tag, Status, int, bytes, int, bytes, int, bool, bool]
_Query = Select[Kind, str, Tag, Status, int, bytes, int, bytes, int, bool, bool]
_NO_MAP, _NO_PAGE = _Map(rows=()), _Page(outdated=None, made_from=None)


def all_of(session: Session, name: DocumentName | None, locale: Tag | None) -> Iterator[Stand]:
    """Yield where each text stands, of one document or all, in one locale or all, by document.

    A document's facts or template come first, then the site's languages in its order, then any other that has a text.
    Three queries, however many there are, and one for each catalogue, whose texts are looked through; no more rows are
    held than those of a document. NotFound for a document that there is none of.
    """
    settings = site(session)
    wanted = () if settings is None else tuple(settings.locales)
    if locale is not None:
        wanted = tuple(tag for tag in wanted if tag == locale)
    found = False
    for document, texts in groupby(_texts(session, name, locale), key=lambda text: text[0]):
        found = True
        stands = {stand.locale: stand for _, stand in texts if stand is not None}
        for tag, one in breakages(session, document, locale).items() if document.kind is Kind.CATALOGUE else ():
            stands[tag] = replace(stands[tag], broken=one.head, broken_live=one.live, problems=one.problems)
        order = dict.fromkeys((NO_LANGUAGE, *wanted, *stands))
        missing = {tag: Stand(document=str(document), locale=tag) for tag in wanted}
        yield from (stand for tag in order if (stand := stands.get(tag) or missing.get(tag)))
    if name is not None and not found:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))


def _texts(
    session: Session, name: DocumentName | None, locale: Tag | None
) -> Iterator[tuple[DocumentName, Stand | None]]:
    """Yield the texts that there are, by document; a document without any comes once."""
    works = {work.subject: work for work in session.scalars(embargoed(name))}
    rows = session.execute(_query(name, locale), execution_options={"yield_per": _BATCH})
    for row in rows:
        document = DocumentName(kind=row.kind, name=row.name)
        yield document, None if row.status is None else _stand(document, row, works)


def _stand(document: DocumentName, row: _Found, works: Mapping[str, DbWork]) -> Stand:
    segments = _NO_MAP.rows if row.packed_map is None else _MAP.decode(row.packed_map).rows
    states = [] if row.locale == NO_LANGUAGE else [segment.state for segment in segments]
    shown = _NO_PAGE if row.page is None else _PAGE.decode(row.page)
    outdated = shown.outdated.locale if shown.outdated else None
    work = works.get(f"{document}@{row.locale}")
    return Stand(
        document=str(document),
        locale=row.locale,
        status=row.status,
        head=row.head,
        live=row.live,
        outdated=outdated,
        through=shown.made_from if outdated and shown.made_from != outdated else None,
        origin=None if row.head is None else least_reviewed(segment.origin for segment in segments),
        missing=states.count(State.MISSING),
        needs_work=states.count(State.NEEDS_WORK),
        suggestions=row.suggestions or 0,
        due=work.due_at if work else None,
        refused=(work.refusal or None) if work else None,
        withdrawn=bool(row.withdrawn),
        source_withdrawn=bool(row.source_withdrawn) and row.live is not None and row.locale != NO_LANGUAGE,
    )


def _withdrawn(translation: type[DbTranslation]) -> ColumnElement[bool]:
    """Say of a text that nothing of it is live, and something once was."""
    published = exists().where(DbPublication.translation_id == translation.id)
    return and_(translation.live_id.is_(None), published)


def _query(name: DocumentName | None, locale: Tag | None) -> _Query:
    head, live, source = aliased(DbRevision), aliased(DbRevision), aliased(DbTranslation)
    suggestions = (
        select(DbSuggestion.translation_id, func.count().label("suggestions"))
        .where(DbSuggestion.state == SuggestionState.OPEN)
        .group_by(DbSuggestion.translation_id)
        .subquery()
    )
    mine = DbTranslation.document_id == DbDocument.id
    own_page = and_(
        DbPage.document_id == DbDocument.id,
        DbPage.locale == DbTranslation.locale,
        DbPage.shown == DbTranslation.locale,
    )
    query = (
        select(
            DbDocument.kind, DbDocument.name, DbTranslation.locale, DbTranslation.status,
            head.number.label("head"), head.packed_map, live.number.label("live"),
            DbPage.page, suggestions.c.suggestions, _withdrawn(DbTranslation).label("withdrawn"),
            and_(DbDocument.kind != Kind.CATALOGUE, _withdrawn(source)).label("source_withdrawn"),
        )
        .outerjoin(DbTranslation, mine if locale is None else and_(mine, DbTranslation.locale == locale))
        .outerjoin(source, and_(source.document_id == DbDocument.id, source.locale == DbDocument.source))
        .outerjoin(head, head.id == DbTranslation.head_id)
        .outerjoin(live, live.id == DbTranslation.live_id)
        .outerjoin(DbPage, own_page)
        .outerjoin(suggestions, suggestions.c.translation_id == DbTranslation.id)
        .order_by(DbDocument.kind, DbDocument.name, DbTranslation.locale)
    )  # fmt: skip
    if name is not None:
        query = query.where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    return query
