"""How often a document was viewed, by locale, and by whom today: digests that are deleted when their day is over."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    delete,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.segments import Tag
from app.domain.views import View
from app.storage.base import Base, insert_into
from app.storage.published import DbPage

_AT_ONCE = 500


class DbViewSeen(Base):
    """A view that was counted: the day, and the digest of visitor, document and locale."""

    __tablename__ = "view_seen"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    visitor: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class DbViewCount(Base):
    """How many views a document has had in one locale."""

    __tablename__ = "view_count"
    __table_args__ = (CheckConstraint("views > 0", name="some"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    views: Mapped[int] = mapped_column(Integer)


class DbViewDay(Base):
    """How many views all documents together had in one locale on one day of the site."""

    __tablename__ = "view_day"
    __table_args__ = (CheckConstraint("views > 0", name="some"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    views: Mapped[int] = mapped_column(Integer)


def total(session: Session, document: int, locale: Tag | None = None) -> int:
    """Return the views of a document, in one locale or in all of them together."""
    views = select(func.coalesce(func.sum(DbViewCount.views), 0)).where(DbViewCount.document_id == document)
    if locale is not None:
        views = views.where(DbViewCount.locale == locale)
    return int(session.scalar(views) or 0)


def is_new(session: Session, view: View) -> bool:
    """Tell whether a view would count: the page is published, and this visitor wasn't there yet today."""
    published = exists().where(DbPage.document_id == view.document, DbPage.locale == view.locale)
    seen = exists().where(DbViewSeen.day == view.day, DbViewSeen.visitor == view.visitor)
    return bool(session.scalar(select(literal(1)).where(published, ~seen)))


def count(session: Session, views: Collection[View]) -> int:
    """Count the views that no process has counted yet; return how many those were.

    Rows are touched in one order, digests first, so that two processes wait for one another and never in a ring.
    """
    by_row = {(view.day, view.visitor): view for view in views}
    new = [by_row[row] for row in _remember(session, sorted(by_row))]
    counts = Counter((view.document, view.locale) for view in new)
    for (document, locale), views_more in sorted(counts.items()):
        _add(session, DbViewCount, views_more, document_id=document, locale=locale)
    days = Counter((view.day, view.locale) for view in new)
    for (day, locale), views_more in sorted(days.items()):
        _add(session, DbViewDay, views_more, day=day, locale=locale)
    return len(new)


def forget_before(session: Session, day: date) -> None:
    """Delete the digests of the days before this one."""
    session.execute(delete(DbViewSeen).where(DbViewSeen.day < day))


def _remember(session: Session, rows: list[tuple[date, bytes]]) -> list[tuple[date, bytes]]:
    new: list[tuple[date, bytes]] = []
    for start in range(0, len(rows), _AT_ONCE):
        values = [{"day": day, "visitor": visitor} for day, visitor in rows[start : start + _AT_ONCE]]
        statement = (
            insert_into(session, DbViewSeen)
            .values(values)
            .on_conflict_do_nothing()
            .returning(DbViewSeen.day, DbViewSeen.visitor)
        )
        new.extend((day, visitor) for day, visitor in session.execute(statement))
    return new


def _add(session: Session, table: type[DbViewCount | DbViewDay], views: int, **key: int | date | Tag) -> None:
    statement = insert_into(session, table).values(**key, views=views)
    more = {"views": table.views + statement.excluded.views}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=more))
