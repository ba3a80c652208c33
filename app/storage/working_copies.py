"""What people are typing, before it is part of a text, and who is at which segment.

A desk writes these two tables every second: one statement on one row, found by its key, and nothing else is held.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import (
    BigInteger,
    ForeignKey,
    LargeBinary,
    Select,
    String,
    Text,
    UniqueConstraint,
    case,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.documents import DocumentName
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.storage.accounts import DbAccount
from app.storage.base import Base, Moment, insert_into
from app.storage.texts import DbDocument

LONGEST_TAB = 40

_TYPED = msgspec.json.Decoder(Typed)


class DbWorkingCopy(Base):
    """What an account typed for a segment in one window (`tab`), on a sheet that was made from these bases.

    `serial` is the window's own counter. `packed` is None once the words are part of a revision: the row then says for
    a day which one (`onto`), so that what comes late does not stand against what came before it, both of one person.
    """

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("document_id", "locale", "account_id", "digest", "tab"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    locale: Mapped[Tag] = mapped_column(String(35))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    tab: Mapped[str] = mapped_column(String(LONGEST_TAB))
    key: Mapped[Key] = mapped_column(Text)
    base: Mapped[int]
    source: Mapped[Tag | None] = mapped_column(String(35))
    source_revision: Mapped[int | None]
    onto: Mapped[int | None]
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)
    serial: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def typed(self) -> Typed | None:
        """Return what was typed; None once it is part of a revision."""
        return _TYPED.decode(self.packed) if self.packed is not None else None


_ONE = ("document_id", "locale", "account_id", "digest", "tab")


class DbPresence(Base):
    """At which segment of a text (empty: none) an account was last seen, and when."""

    __tablename__ = "presence"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[Key] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


def digest_of_key(key: Key) -> str:
    """Return what finds a segment's row: a key may be a message of any length, which no index takes."""
    return hashlib.sha256(key.encode()).hexdigest()


def pack(typed: Typed) -> bytes:
    """Return what was typed as it is stored."""
    return msgspec.json.encode(typed)


def put(session: Session, rows: Sequence[Mapping[str, object]]) -> frozenset[str]:
    """Write these copies, each in place of an older one of the same window; a newer one stays.

    Return the digests of what was written.
    """
    statement = insert_into(session, DbWorkingCopy).values(rows)
    new = statement.excluded
    names = ("base", "source", "source_revision", "packed", "serial", "at")
    written = statement.on_conflict_do_update(
        index_elements=_ONE, set_={name: new[name] for name in names}, where=DbWorkingCopy.serial < new.serial
    )
    return frozenset(session.scalars(written.returning(DbWorkingCopy.digest)))


def take_over(session: Session, row: Mapping[str, object], seen: Mapping[str, int]) -> None:
    """Let what other windows wrote up to these serials go, now and if it comes late, since this row goes on from it.

    What of that was part of a revision by then, the row goes on from too.
    """
    gone = [{**row, "tab": tab, "serial": serial, "packed": None} for tab, serial in sorted(seen.items())]
    statement = insert_into(session, DbWorkingCopy).values(gone)
    taken = statement.on_conflict_do_update(
        index_elements=_ONE, set_={"packed": null(), "serial": statement.excluded.serial},
        where=DbWorkingCopy.serial <= statement.excluded.serial,
    )  # fmt: skip
    numbers = session.scalars(taken.returning(DbWorkingCopy.onto)).all()
    onto = max((number for number in numbers if number is not None), default=None)
    if onto is not None:
        own = [getattr(DbWorkingCopy, name) == row[name] for name in _ONE]
        earlier = or_(DbWorkingCopy.onto.is_(None), DbWorkingCopy.onto < onto)
        session.execute(update(DbWorkingCopy).where(*own, earlier).values(onto=onto))


def waiting(session: Session, name: DocumentName, locale: Tag, account: str) -> Sequence[DbWorkingCopy]:
    """Return the rows of an account whose words are no part of the text yet, as they are by now, the newest first."""
    return session.scalars(
        _of(name, locale, account)
        .where(DbWorkingCopy.packed.is_not(None))
        .order_by(DbWorkingCopy.at.desc(), DbWorkingCopy.serial.desc(), DbWorkingCopy.id.desc())
        .execution_options(populate_existing=True)
    ).all()


def hold(session: Session, name: DocumentName, locale: Tag, account: str, digests: Iterable[str] | None = None) -> None:
    """Hold an account's rows of a text (or of these segments) until the transaction ends, in one order for all.

    So two windows of one account that write the same rows wait for each other, and form no ring (PostgreSQL).
    """
    rows = _of(name, locale, account)
    if digests is not None:
        rows = rows.where(DbWorkingCopy.digest.in_(digests))
    in_order = rows.order_by(DbWorkingCopy.digest, DbWorkingCopy.tab)
    session.scalars(in_order.with_for_update(of=DbWorkingCopy)).all()


def _of(name: DocumentName, locale: Tag, account: str) -> Select[DbWorkingCopy]:
    return (
        select(DbWorkingCopy)
        .join(DbDocument, DbDocument.id == DbWorkingCopy.document_id)
        .join(DbAccount, DbAccount.id == DbWorkingCopy.account_id)
        .where(
            DbDocument.kind == name.kind, DbDocument.name == name.name, DbWorkingCopy.locale == locale,
            DbAccount.name == account,
        )
    )  # fmt: skip


def done(session: Session, row: DbWorkingCopy, onto: int | None) -> None:
    """Note that a row's words are part of a revision; those that came meanwhile go on from it."""
    packed = case((DbWorkingCopy.serial == row.serial, null()), else_=DbWorkingCopy.packed)
    session.execute(update(DbWorkingCopy).where(DbWorkingCopy.id == row.id).values(onto=onto, packed=packed))


def see(session: Session, row: Mapping[str, object]) -> None:
    """Write where somebody is."""
    statement = insert_into(session, DbPresence).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["document_id", "locale", "account_id"],
            set_={name: statement.excluded[name] for name in ("key", "at")},
        )
    )
