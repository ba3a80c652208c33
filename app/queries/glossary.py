"""The glossary as it is read: the terms of a pair of languages, those that have some words, and one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.collation import sort_key
from app.domain.folding import alike
from app.domain.glossary import Term
from app.domain.segments import Tag
from app.domain.terms import folded
from app.queries.people import full_names
from app.storage.glossary import DbTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term with its number, how often it was changed, and by whom and when last."""

    number: int
    version: int
    term: Term
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Terms of a pair: a page of those that were asked for, how many those are, and how many there are at all."""

    entries: Sequence[Entry]
    found: int
    all: int


def listed(session: Session, source: Tag, target: Tag, *, words: str = "", first: int = 0, size: int) -> Listed:
    """Return a page of the terms of a pair that have these words in any field, by the alphabet of their language."""
    rows = session.scalars(select(DbTerm).where(DbTerm.source == source, DbTerm.target == target)).all()
    sought = alike(words)
    chosen = [row for row in rows if sought in alike(f"{row.term}\n{row.translation}\n{row.note}\n{row.forbidden}")]
    chosen.sort(key=lambda row: sort_key(row.term, source))
    shown = chosen[first : first + size]
    names = full_names(session, {row.by for row in shown})
    return Listed(entries=[_entry(row, names.get(row.by, row.by)) for row in shown], found=len(chosen), all=len(rows))


def one(session: Session, number: int, source: Tag, target: Tag) -> Entry | None:
    """Return a term of a pair by its number, None if it has none of that number."""
    row = session.get(DbTerm, number)
    if row is None or (row.source, row.target) != (source, target):
        return None
    return _entry(row, full_names(session, {row.by}).get(row.by, row.by))


def like(session: Session, term: str, source: Tag, target: Tag) -> Entry | None:
    """Return what the glossary has for a term, however it is written."""
    pair = (DbTerm.source == source, DbTerm.target == target)
    row = session.scalars(select(DbTerm).where(*pair, DbTerm.folded == folded(term))).one_or_none()
    return None if row is None else _entry(row, full_names(session, {row.by}).get(row.by, row.by))


def fullest(session: Session, targets: Collection[Tag]) -> tuple[Tag, Tag] | None:
    """Return the pair that has most terms into one of these languages, None while there is none."""
    count = func.count().label("terms")
    rows = select(DbTerm.source, DbTerm.target, count).where(DbTerm.target.in_(targets))
    found = session.execute(rows.group_by(DbTerm.source, DbTerm.target).order_by(count.desc()).limit(1)).first()
    return None if found is None else (found.source, found.target)


def _entry(row: DbTerm, by: str) -> Entry:
    return Entry(number=row.id, version=row.version, term=row.entry, by=by, at=row.at)
