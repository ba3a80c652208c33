"""Where each text of a document stands: the desk's projection, made anew whenever the journal hears of the document."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound
from app.domain.folding import alike
from app.domain.pages import position_of
from app.domain.segments import NO_LANGUAGE, State, Tag
from app.domain.translations import Status
from app.formats.articles import article
from app.services import facts, site
from app.services.lags import lags_of
from app.services.texts import find_document
from app.storage.journal import changed_subjects
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_DATELESS = datetime(1, 1, 2, tzinfo=UTC)

_SUBMITTED = frozenset({Status.IN_REVIEW, Status.APPROVED})


def follow(session: Session) -> None:
    """Make anew the standings of the documents of which this transaction has something to tell.

    Called before the journal is sealed; documents in one order, so that two transactions never wait for each other.
    """
    for written in sorted(changed_subjects(session)):
        kind, _, _ = written.partition("/")
        if kind in list(Kind):
            document = find_document(session, DocumentName.parse(written))
            if document is not None:
                remake(session, document)


def remake(session: Session, document: DbDocument) -> None:
    """Write where each text of a document stands, in the site's locales and in any other that it has."""
    session.flush()
    # of two languages that change at once, one waits for the other here and sees it
    session.execute(select(DbDocument.id).where(DbDocument.id == document.id).with_for_update(key_share=True))
    session.expire(document, ["translations"])
    for translation in document.translations:
        session.refresh(translation, ["status", "head_id", "live_id", "head"])
    session.execute(delete(DbStanding).where(DbStanding.document_id == document.id))
    session.add_all(_standings(session, document))
    session.flush()


def _standings(session: Session, document: DbDocument) -> Iterator[DbStanding]:
    texts = {translation.locale: (translation, translation.head) for translation in document.translations}
    lags = lags_of(session, document)
    titles = {tag: _title(one, head) for tag, (one, head) in texts.items()}
    place = _place(session, document)
    own = (NO_LANGUAGE,) if NO_LANGUAGE in texts else ()
    for tag in dict.fromkeys((*own, *_locales(session), *texts)):
        translation, head = texts.get(tag, (None, None))
        title = titles.get(tag) or titles.get(document.source) or document.name
        rows_of_map = head.segment_map.rows if head is not None and tag != NO_LANGUAGE else ()
        states = [row.state for row in rows_of_map]
        lag = lags.get(tag)
        yield DbStanding(
            document_id=document.id, locale=tag, kind=document.kind, name=document.name, place=place,
            is_source=tag == document.source, title=title, folded=alike(f"{title} {document.name}"),
            status=translation.status if translation else Status.MISSING,
            head=head.number if head else None, live=_number(session, translation),
            author=head.author if head else "", since=head.created_at if head else None,
            behind=lag.newer if lag else "", origin=head.segment_map.origin if head else "",
            missing=states.count(State.MISSING), needs_work=states.count(State.NEEDS_WORK),
        )  # fmt: skip


def _locales(session: Session) -> Iterable[Tag]:
    try:
        return site.settings(session).locales
    except NotFound:
        return ()


def _number(session: Session, translation: DbTranslation | None) -> int | None:
    live = translation.live_id if translation else None
    return session.get_one(DbRevision, live).number if live else None


def _title(translation: DbTranslation, head: DbRevision | None) -> str:
    """Return the title of a text; nothing of facts, of catalogues, and of what has none."""
    if head is None or translation.document.kind is Kind.CATALOGUE or not translation.is_language:
        return ""
    return article(translation.document.full_name, translation.locale, head.text).title


def _place(session: Session, document: DbDocument) -> str:
    """Return what sorts a table: news by their dates, and what has none behind them."""
    said = facts.in_force(session, document)
    return position_of(said.date if said is not None and said.date is not None else _DATELESS, document.id)
