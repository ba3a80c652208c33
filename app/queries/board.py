"""What stands where: documents by languages, a page at a time, whatever their number in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, null, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ColumnCollection

from app.domain.documents import DocumentName
from app.domain.segments import NO_LANGUAGE, Tag
from app.queries import keyset
from app.queries.asked import Asked, conditions
from app.queries.cells import Called, Cell, Text, cell, text
from app.queries.keyset import By
from app.storage.accounts import DbAccount
from app.storage.standings import DbStanding
from app.storage.texts import DbPublication, DbRevision, DbTranslation

SIZE: Final = 30


class Order(StrEnum):
    """How a table is sorted. DUE leaves what somebody still has to do until a time, PERSON is by whose texts are."""

    NEWEST = "newest"
    DUE = "due"
    CHANGED = "changed"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document, by its title in the language of whoever looks, else that of its source.

    `person` is whose part of the table it stands in (empty: nobody's, or another order), `due` the first time until
    which somebody was asked for something of it, where that is the order.
    """

    name: DocumentName
    title: str
    title_language: Tag
    place: str
    source: Tag
    cells: Mapping[Tag, Cell]
    person: str = ""
    person_name: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of the table; `older` is the cursor of the next, None on the last."""

    lines: Sequence[Line]
    older: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """One page of texts in a language; `older` as of `Board`."""

    texts: Sequence[Text]
    older: str | None


def board(
    session: Session, asked: Asked, *, reader: Tag, order: Order = Order.NEWEST, older: str = "", size: int = SIZE
) -> Board:
    """Return the documents that the filters leave, each with all its languages; `older` is where the page begins."""
    page = _documents(asked, order, older).limit(size + 1).subquery()
    rows = session.execute(
        select(DbStanding, DbAccount.full_name, page.c.person.label("whose"), page.c.due.label("first"))
        .join(page, page.c.document_id == DbStanding.document_id)
        .outerjoin(DbAccount, DbAccount.name == DbStanding.person)
        .where(DbStanding.locale != NO_LANGUAGE)
        .order_by(*(by.ordered for by in _page_order(page.c, order)), DbStanding.document_id, DbStanding.locale)
    )
    found = [
        _line([(text, name) for text, name, *_ in those], reader, whose, first)
        for (_, whose, first), those in groupby(rows, key=lambda row: (row[0].document_id, row.whose, row.first))
    ]
    lines = found[:size]
    return Board(lines=lines, older=keyset.cursor(_end(lines[-1], order)) if len(found) > size else None)


def texts(
    session: Session, asked: Asked, *, reader: Tag, order: Order = Order.NEWEST, older: str = "", size: int = SIZE
) -> List:
    """Return the texts in the language that is asked for (else in all) that the filters leave, in one query.

    They are called as in the language of whoever looks, where the document has it.
    """
    columns, called = _list_order(order), Called(reader)
    which = conditions(asked, datetime.now(UTC))
    if order is Order.DUE:
        which.append(DbStanding.owed.is_not(None))
    if order is Order.CHANGED:
        which.append(DbStanding.since.is_not(None))
    if (after := keyset.behind(columns, older)) is not None:
        which.append(after)
    rows = session.execute(
        select(DbStanding, DbAccount.full_name, called.title)
        .outerjoin(DbAccount, DbAccount.name == DbStanding.person)
        .outerjoin(called.row, called.of_text)
        .where(*which)
        .order_by(*(by.ordered for by in columns))
        .limit(size + 1)
    ).all()
    shown = tuple(text(row, name, called=title, reader=reader) for row, name, title in rows[:size])
    return List(texts=shown, older=keyset.cursor(_end_of(rows[size - 1][0], order)) if len(rows) > size else None)


def texts_of(session: Session, asked: Asked, *, most: int) -> Sequence[tuple[DocumentName, Tag]]:
    """Return the texts that the filters leave, newest documents first, so many at the most."""
    found = (
        select(DbStanding.kind, DbStanding.name, DbStanding.locale)
        .where(*conditions(asked, datetime.now(UTC)))
        .order_by(DbStanding.place.desc(), DbStanding.locale)
        .limit(most)
    )
    return [(DocumentName(kind=row.kind, name=row.name), row.locale) for row in session.execute(found)]


def is_withdrawn(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say of a text that nothing of it is live, and that one of `which` of its revisions once was."""
    once = (
        exists()
        .where(DbPublication.translation_id == DbTranslation.id, DbRevision.id == DbPublication.revision_id)
        .where(DbTranslation.document_id == DbStanding.document_id, DbTranslation.locale == DbStanding.locale, *which)
    )
    return and_(DbStanding.live.is_(None), once.correlate(DbStanding))


def _documents(asked: Asked, order: Order, older: str) -> Select[int, str, str, datetime]:
    """Select the documents of a page in their order: each once, or once for each whose a text of it is."""
    which = conditions(asked, datetime.now(UTC))
    if order is Order.DUE:
        which.append(DbStanding.owed.is_not(None))
    found = select(DbStanding.document_id, DbStanding.place, DbStanding.person, DbStanding.owed).where(*which)
    # Few texts are found first and sorted then: asked for both at once, a database would walk all texts in their order.
    rows = found.cte().prefix_with("MATERIALIZED") if asked.is_narrow or order is Order.DUE else found.subquery()
    place = rows.c.place
    person = rows.c.person if order is Order.PERSON else literal("").label("person")
    page = select(rows.c.document_id, place, person, null().label("due")).distinct()
    if order is Order.DUE:
        first = func.min(rows.c.owed).label("due")
        whole = select(rows.c.document_id, place, person, first).group_by(rows.c.document_id, place).subquery()
        page = select(whole)
    columns = _page_order(page.selected_columns, order)
    after = keyset.behind(columns, older)
    # With the number of the document at the end, each order is one that an index has, and nothing is sorted.
    number = page.selected_columns.document_id
    by = (*(one.ordered for one in columns), number if order is Order.PERSON else number.desc())
    return page.where(*() if after is None else (after,)).order_by(*by)


def _page_order(columns: ColumnCollection[str, ColumnElement[object]], order: Order) -> tuple[By, ...]:
    place = By(columns.place, down=True)
    match order:
        case Order.DUE:
            return (By(columns.due, times=True), place)
        case Order.PERSON:
            return (By(columns.person), place)
    return (place,)


def _end(line: Line, order: Order) -> Sequence[keyset.Value]:
    """Return what the columns of the order hold in a line."""
    match order:
        case Order.PERSON:
            return (line.person, line.place)
        case Order.DUE if line.due is not None:
            return (line.due, line.place)
    return (line.place,)


def _end_of(row: DbStanding, order: Order) -> Sequence[keyset.Value]:
    match order:
        case Order.DUE if row.owed is not None:
            own: tuple[keyset.Value, ...] = (row.owed,)
        case Order.CHANGED if row.since is not None:
            own = (row.since,)
        case Order.PERSON:
            own = (row.person,)
        case _:
            own = ()
    return (*own, row.place, row.locale)


def _list_order(order: Order) -> tuple[By, ...]:
    last = (By(DbStanding.place, down=True), By(DbStanding.locale))
    match order:
        case Order.DUE:
            return (By(DbStanding.owed, times=True), *last)
        case Order.CHANGED:
            return (By(DbStanding.since, down=True, times=True), *last)
        case Order.PERSON:
            return (By(DbStanding.person), *last)
    return last


def _line(texts: Sequence[tuple[DbStanding, str | None]], reader: Tag, person: str, due: datetime | None) -> Line:
    own = next((text for text, _ in texts if text.locale == reader and text.head is not None), None)
    source = next((text for text, _ in texts if text.is_source), None)
    titled = own or source or texts[0][0]
    return Line(
        name=DocumentName(kind=titled.kind, name=titled.name), title=titled.title, title_language=titled.locale,
        place=titled.place, source=source.locale if source else NO_LANGUAGE,
        cells={text.locale: cell(text, name) for text, name in texts},
        person=person, person_name=next((name or "" for text, name in texts if text.person == person), ""), due=due,
    )  # fmt: skip
