"""What was done to selections of texts, as its pages show it, and what texts of a selection are called."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.storage.accounts import DbAccount
from app.storage.bulk import DbBulkAction, DbBulkItem
from app.storage.notices import DbNotice
from app.storage.standings import DbStanding
from app.storage.talk import NOBODYS, DbAssignment, Given
from app.storage.texts import DbDocument, DbPublication, DbRevision

LATELY: Final = 10
"""Actions of a list."""


class Title(NamedTuple):
    """What a document is called, and in which language that is."""

    words: str
    language: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What became of one text: whose it was and is, which revision readers saw and see, or who was told.

    `reasons` say why nothing was done. `undone_by` undid it.
    """

    number: int
    name: DocumentName
    locale: Tag
    title: Title
    reasons: tuple[str, ...]
    undone_at: datetime | None
    undone_by: str
    was: Given = NOBODYS
    now: Given = NOBODYS
    revision: int | None = None
    instead: int | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One action: how many texts it was done to, how many were left out, and how many of the former are undone."""

    number: int
    kind: BulkKind
    by: str
    at: datetime
    done: int
    refused: int
    undone: int


def titles(session: Session, names: Collection[DocumentName], reader: Tag) -> Mapping[DocumentName, Title]:
    """Return what documents are called in the language of who reads, else in that of their source, as the board does.

    One query.
    """
    columns = select(DbStanding.kind, DbStanding.name, DbStanding.locale, DbStanding.title)
    titled = or_(DbStanding.is_source, and_(DbStanding.locale == reader, DbStanding.head.is_not(None)))
    of_these = columns.where(DbStanding.name.in_({one.name for one in names}), titled)
    found = dict[DocumentName, Title]()
    for row in session.execute(of_these):
        name = DocumentName(kind=row.kind, name=row.name)
        if row.locale == reader or name not in found:
            found[name] = Title(row.title, row.locale)
    return found


def lately(session: Session, by: str = "") -> Sequence[Done]:
    """Return what was done last, by one person if one is named, the newest first; two queries."""
    whose = (DbBulkAction.by == by,) if by else ()
    actions = session.scalars(select(DbBulkAction).where(*whose).order_by(DbBulkAction.id.desc()).limit(LATELY)).all()
    return _counted(session, actions)


def done(session: Session, action: DbBulkAction) -> Done:
    """Return one action, counted."""
    return _counted(session, [action])[0]


def _counted(session: Session, actions: Sequence[DbBulkAction]) -> Sequence[Done]:
    counted = select(
        DbBulkItem.action_id, func.count().label("all"),
        func.count(DbBulkItem.undone_at).label("undone"),
        func.count(func.nullif(DbBulkItem.refusal, "")).label("refused"),
    )  # fmt: skip
    rows = session.execute(counted.where(DbBulkItem.action_id.in_([one.id for one in actions])).group_by(
        DbBulkItem.action_id
    ))  # fmt: skip
    counts = {row.action_id: row for row in rows}
    return [
        Done(
            number=one.id, kind=one.kind, by=one.by, at=one.at, done=counts[one.id].all - counts[one.id].refused,
            refused=counts[one.id].refused, undone=counts[one.id].undone,
        )
        for one in actions
    ]  # fmt: skip


def items(session: Session, action: DbBulkAction, reader: Tag) -> Sequence[Item]:
    """Return what became of each text of an action; four queries, and one for each text of which people were told."""
    rows = session.execute(
        select(DbBulkItem, DbDocument.kind, DbDocument.name)
        .join(DbDocument, DbDocument.id == DbBulkItem.document_id)
        .where(DbBulkItem.action_id == action.id)
        .order_by(DbBulkItem.id)
    ).all()
    called = titles(session, [DocumentName(kind=row.kind, name=row.name) for row in rows], reader)
    told = _Told(session, action.kind, [row[0] for row in rows])
    return [told.item(row[0], DocumentName(kind=row.kind, name=row.name), called) for row in rows]


class _Told:
    """What the numbers of items mean."""

    def __init__(self, session: Session, kind: BulkKind, rows: Iterable[DbBulkItem]) -> None:
        befores, afters = [row.before for row in rows], [row.after for row in rows]
        self._kind, self._session = kind, session
        self._held, self._out, self._numbers = dict[int, Given](), dict[int, int](), dict[int, int]()
        if kind in {BulkKind.ASSIGN, BulkKind.DUE}:
            self._held = _assignments(session, {*befores, *afters})
        elif kind is BulkKind.PUBLISH:
            self._out = _published(session, afters)
            self._numbers = _numbers(session, befores)

    def item(self, row: DbBulkItem, name: DocumentName, called: Mapping[DocumentName, Title]) -> Item:
        """Return what became of a text."""
        before, after = row.before or 0, row.after or 0
        out = after if self._kind is BulkKind.EXPORT else self._out.get(after)
        return Item(
            number=row.id, name=name, locale=row.locale, title=called.get(name, Title(name.name, row.locale)),
            reasons=row.reasons, undone_at=row.undone_at, undone_by=row.undone_by,
            was=self._held.get(before, NOBODYS), now=self._held.get(after, NOBODYS), revision=out,
            instead=self._numbers.get(before), people=self._people(row),
        )  # fmt: skip

    def _people(self, row: DbBulkItem) -> tuple[str, ...]:
        if self._kind is not BulkKind.REMIND or not row.stands:
            return ()
        told = select(DbAccount.name).join(DbNotice, DbNotice.account_id == DbAccount.id)
        told = told.where(DbNotice.id.between(row.before, row.after), DbNotice.locale == row.locale)
        return tuple(dict.fromkeys(self._session.scalars(told.order_by(DbNotice.id))))


def _assignments(session: Session, numbers: Collection[int | None]) -> dict[int, Given]:
    rows = session.scalars(select(DbAssignment).where(DbAssignment.id.in_(numbers)))
    return {row.id: Given.of(row) for row in rows}


def _published(session: Session, numbers: Collection[int | None]) -> dict[int, int]:
    rows = select(DbPublication.id, DbRevision.number).join(DbRevision, DbRevision.id == DbPublication.revision_id)
    return {row.id: row.number for row in session.execute(rows.where(DbPublication.id.in_(numbers)))}


def _numbers(session: Session, revisions: Collection[int | None]) -> dict[int, int]:
    rows = select(DbRevision.id, DbRevision.number).where(DbRevision.id.in_(revisions))
    return {row.id: row.number for row in session.execute(rows)}
