"""The summary that figures are read from: made from the journal by `services.figures`, and never the truth itself.

Whose a text is stands there as in the journal, by digest (`storage.actors`): who was erased is nobody here either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    delete,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from app.domain.figure_measures import Lead, Row
from app.domain.segments import Tag
from app.storage.base import Base, Moment, insert_into

_ONE = 1

_Excluded = ReadOnlyColumnCollection[str, KeyedColumnElement[object]]  # SQLAlchemy's name for the row that was refused


class DbFigureSum(Base):
    """What a day added to a measure of a language: of one person's texts, or of everybody's (an empty person).

    The order of the columns is that of the key, in which a reading finds what it wants side by side.
    """

    __tablename__ = "figure_sum"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class DbFigureLead(Base):
    """How many translations became live and current on a day, so many `minutes` after their source text."""

    __tablename__ = "figure_lead"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    minutes: Mapped[int] = mapped_column(Integer, primary_key=True)
    texts: Mapped[int] = mapped_column(Integer)


class DbFigureWent(Base):
    """How often a text went live on a day, as the figures count it: which texts those of a day are."""

    __tablename__ = "figure_went"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    texts: Mapped[int] = mapped_column(Integer)


class Went(NamedTuple):
    """A text that went live on a day."""

    day: date
    document_id: int
    locale: Tag


class DbFigureDocument(Base):
    """Where a document stood at the last row of the journal that is in the summary (`figure_states.Document`)."""

    __tablename__ = "figure_document"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class DbFigureMark(Base):
    """Up to which row of the journal the summary is true, when that was written, and of which zone its days are."""

    __tablename__ = "figure_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime | None] = mapped_column(Moment)
    zone: Mapped[str] = mapped_column(String(60))


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the summary is: see `DbFigureMark`. Nothing is in it at 0."""

    number: int = 0
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What some rows of the journal add to a summary that was at `after`, and how far it is then."""

    after: Mark
    mark: Mark
    sums: Mapping[Row, int]
    leads: Mapping[Lead, int]
    went: Mapping[Went, int]
    documents: Mapping[int, bytes]


def mark(session: Session) -> Mark:
    """Return how far the summary is."""
    found = session.get(DbFigureMark, _ONE)
    return Mark() if found is None else Mark(found.number, found.at, found.zone)


def begin_anew(session: Session, zone: str) -> None:
    """Forget the summary; its days are those of a zone from now on. Whoever adds to it meanwhile adds nothing."""
    _held(session)
    for table in (DbFigureSum, DbFigureLead, DbFigureWent, DbFigureDocument):
        session.execute(delete(table))
    _put(session, Mark(zone=zone))


def add(session: Session, addition: Addition) -> bool:
    """Add to the summary, in one transaction, unless it is elsewhere by now: then return False."""
    if _held(session) != addition.after:
        return False
    sums = [{**row._asdict(), "amount": amount} for row, amount in sorted(addition.sums.items()) if amount]
    leads = [{**lead._asdict(), "texts": texts} for lead, texts in sorted(addition.leads.items()) if texts]
    went = [{**one._asdict(), "texts": texts} for one, texts in sorted(addition.went.items()) if texts]
    documents = [{"document_id": number, "packed": packed} for number, packed in sorted(addition.documents.items())]
    _upsert(session, DbFigureSum, sums, lambda new: {"amount": DbFigureSum.amount + new.amount})
    _upsert(session, DbFigureLead, leads, lambda new: {"texts": DbFigureLead.texts + new.texts})
    _upsert(session, DbFigureWent, went, lambda new: {"texts": DbFigureWent.texts + new.texts})
    _upsert(session, DbFigureDocument, documents, lambda new: {"packed": new.packed})
    _put(session, addition.mark)
    return True


def states(session: Session, documents: Iterable[int]) -> Mapping[int, bytes]:
    """Return where documents stood, by their numbers; nothing of those that are not in the summary yet."""
    wanted: Sequence[int] = sorted(documents)
    columns = select(DbFigureDocument.document_id, DbFigureDocument.packed)
    rows = session.execute(columns.where(DbFigureDocument.document_id.in_(wanted)))
    return {row.document_id: row.packed for row in rows}


def _held(session: Session) -> Mark:
    """Hold the mark until the transaction ends, so that of two who add one waits, and return it."""
    empty = {"id": _ONE, "number": 0, "at": None, "zone": ""}
    session.execute(insert_into(session, DbFigureMark).values(empty).on_conflict_do_nothing())
    held = session.get_one(DbFigureMark, _ONE, with_for_update=True, populate_existing=True)
    return Mark(held.number, held.at, held.zone)


def _upsert(
    session: Session,
    table: type[Base],
    rows: Sequence[Mapping[str, object]],
    change: Callable[[_Excluded], Mapping[str, object]],
) -> None:
    if rows:
        statement = insert_into(session, table)
        keys = [column.name for column in inspect(table).primary_key]
        session.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=change(statement.excluded)), [*map(dict, rows)]
        )


def _put(session: Session, new: Mark) -> None:
    held = session.get_one(DbFigureMark, _ONE)
    held.number, held.at, held.zone = new.number, new.at, new.zone
    session.flush()
