"""What readers search for, from the published read model and nothing else."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import ListEntry
from app.domain.searching import ELSEWHERE, PAGE, PAGES, TIERS, Hit, Question, Results, Tier
from app.domain.segments import Tag
from app.domain.snippets import excerpt
from app.storage.published import DbPage
from app.storage.search_texts import DbSearchText, matching

_MOST = PAGE * PAGES
_ELSEWHERE = 3
_ENTRY = msgspec.json.Decoder(ListEntry)
_ROWS = (
    select(DbSearchText.id, DbSearchText.text, DbSearchText.places, DbPage.kind, DbPage.slug, DbPage.entry)
    .join(DbPage, tuple_(DbPage.document_id, DbPage.locale) == tuple_(DbSearchText.document_id, DbSearchText.locale))
    .where(DbSearchText.id.in_(bindparam("numbers", expanding=True)))
)


def search(session: Session, locale: Tag, asked: str, *, page: int, languages: Sequence[Tag]) -> Results:
    """Return a page of answers, the first being 1; on that one a few of other `languages`, a reader's nearest first.

    However many texts there are, a bounded number of rows is looked up by index, and the texts of one page are read.
    """
    question = Question.of(asked, locale)
    if not question.folds:
        return Results(question=question)
    found, documents = _found(session, question)
    here = list(found.items())[:_MOST][(page - 1) * PAGE : page * PAGE]
    hits = [(number, question, tier) for number, tier in here]
    more = len(found) > _MOST
    elsewhere = [] if more or page > 1 else _elsewhere(session, asked, languages, besides=documents)
    told = _told(session, hits + elsewhere)
    return Results(
        question=question,
        hits=tuple(told[: len(hits)]),
        count=min(len(found), _MOST),
        more=more,
        elsewhere=tuple(told[len(hits) :]),
    )


def _found(session: Session, question: Question) -> tuple[dict[int, Tier], set[int]]:
    """Return the rows that answer, each with the best tier it is in, and their documents: one more than is shown."""
    found, documents = dict[int, Tier](), set[int]()
    for tier in TIERS:
        limit = _MOST + 1 + len(found)  # what a better tier had is in a worse one too
        for number, document, _ in matching(session, [question.wanted(tier)], limit=limit):
            found.setdefault(number, tier)
            documents.add(document)
        if len(found) > _MOST:
            break
    return found, documents


def _elsewhere(
    session: Session, asked: str, languages: Sequence[Tag], *, besides: set[int]
) -> list[tuple[int, Question, Tier]]:
    """Return the newest answers in other languages: of a document the one in the first of them."""
    questions = {tag: Question.of(asked, tag) for tag in languages}
    wishes = [question.wanted(ELSEWHERE) for question in questions.values() if question.folds]
    if not wishes:
        return []
    best = dict[int, tuple[int, Tag]]()
    limit = (len(besides) + _ELSEWHERE) * len(languages)
    for number, document, locale in matching(session, wishes, limit=limit):
        if document not in besides:
            known = best.get(document)
            if known is None or languages.index(locale) < languages.index(known[1]):
                best[document] = (number, locale)
    return [(number, questions[locale], ELSEWHERE) for number, locale in list(best.values())[:_ELSEWHERE]]


def _told(session: Session, answers: Sequence[tuple[int, Question, Tier]]) -> list[Hit]:
    """Return these rows as readers see them, in one query."""
    if not answers:
        return []
    rows = session.connection().execute(_ROWS, {"numbers": [number for number, _, _ in answers]})
    by_number = {row.id: row for row in rows}
    hits = []
    for number, question, tier in answers:
        row = by_number[number]
        title, snippet = excerpt(row.text, row.places, question.sought(tier))
        hits.append(
            Hit(
                locale=question.locale,
                path=row.slug if row.kind is Kind.PAGE else f"news/{row.slug}",
                title=title,
                snippet=snippet,
                date=_ENTRY.decode(row.entry).date if row.entry else None,
            )
        )
    return hits
