"""Where each text of a document stands: the desk's projection, made anew whenever the journal hears of the document."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import NotFound
from app.domain.folding import alike
from app.domain.pages import position_of
from app.domain.provenance import Lag
from app.domain.segments import NO_LANGUAGE, State, Tag
from app.domain.translations import Status
from app.formats.articles import article
from app.services import facts, site, stands
from app.services.lags import lags_of
from app.services.open_matters import NOTHING_OPEN, failing_in, open_in
from app.services.texts import find_document
from app.storage.journal import changed_subjects
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_DATELESS = datetime(1, 1, 2, tzinfo=UTC)


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
                stands.tell(session, document)


def remake(session: Session, document: DbDocument, *, errors: bool = False) -> None:
    """Write where each text of a document stands, in the site's locales and in any other that it has.

    Errors are looked for in texts that are newer than what stands there; with `errors` in all.
    """
    session.flush()
    # of two languages that change at once, one waits for the other here and sees it
    session.execute(select(DbDocument.id).where(DbDocument.id == document.id).with_for_update(key_share=True))
    session.expire(document, ["translations"])
    for translation in document.translations:
        session.refresh(translation, ["status", "head_id", "live_id", "head"])
    before = select(DbStanding.locale, DbStanding.head, DbStanding.failing).where(DbStanding.document_id == document.id)
    known = {} if errors else {(row.locale, row.head): row.failing for row in session.execute(before)}
    session.execute(delete(DbStanding).where(DbStanding.document_id == document.id))
    session.add_all(_standings(session, document, known))
    session.flush()


def _standings(
    session: Session, document: DbDocument, known: Mapping[tuple[Tag, int | None], int]
) -> Iterator[DbStanding]:
    """Yield the rows; `known` are errors that were found in a head, which looking again would not change."""
    texts = {translation.locale: (translation, translation.head) for translation in document.translations}
    lags, open_now = lags_of(session, document), open_in(session, document)
    said = facts.in_force(session, document)
    titles = {tag: _title(one, head) for tag, (one, head) in texts.items()}
    source = texts.get(document.source)
    all_segments = len(source[1].segment_map.rows) if source and source[1] else 0
    own = (NO_LANGUAGE,) if NO_LANGUAGE in texts else ()
    for tag in dict.fromkeys((*own, *_locales(session), *texts)):
        translation, head = texts.get(tag, (None, None))
        of_source = titles.get(document.source) or document.name
        title = titles.get(tag) or of_source
        rows_of_map = head.segment_map.rows if head is not None and tag != NO_LANGUAGE else ()
        states = [row.state for row in rows_of_map]
        lag, waiting = lags.get(tag), open_now.get(tag, NOTHING_OPEN)
        number = head.number if head else None
        live = _number(session, translation)
        yield DbStanding(
            document_id=document.id, locale=tag, kind=document.kind, name=document.name,
            place=_place(said, document), is_source=tag == document.source, title=title,
            folded=alike(" ".join(dict.fromkeys((title, of_source, document.name)))),
            status=translation.status if translation else Status.MISSING, head=number, live=live,
            author=head.author if head else "", since=head.created_at if head else None,
            behind=lag.newer if lag else "", through=lag.via[0] if lag and lag.via else "",
            origin=head.segment_map.origin if head else "", segments=len(states) or all_segments,
            missing=states.count(State.MISSING), needs_work=states.count(State.NEEDS_WORK),
            suggestions=waiting.suggestions, comments=waiting.comments,
            failing=known[tag, number] if (tag, number) in known else failing_in(session, translation),
            person=waiting.person, team=waiting.team, due=waiting.due, priority=waiting.priority,
            owed=waiting.due if _is_unfinished(translation, lag) else None,
            scheduled=waiting.scheduled, withdrawn=live is None and waiting.was_live,
            tags="".join(f"{one}\n" for one in said.tags) if said is not None else "",
        )  # fmt: skip


def _is_unfinished(translation: DbTranslation | None, lag: Lag | None) -> bool:
    """Tell whether who was asked for a text still has to do something."""
    return translation is None or translation.status in {Status.MISSING, Status.DRAFT} or lag is not None


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


def _place(said: Facts | None, document: DbDocument) -> str:
    """Return what sorts a table: news by their dates, and what has none behind them."""
    return position_of(said.date if said is not None and said.date is not None else _DATELESS, document.id)
