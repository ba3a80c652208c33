"""Machine translation: orders as rows of the outbox, what of a day's budget is spent, and what a machine speaks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec
from sqlalchemy import Date, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.documents import DocumentName
from app.domain.machine import Languages
from app.domain.segments import Key, Tag
from app.storage.base import Base, Moment, insert_into
from app.storage.outbox import DbWork

MACHINE = "machine"
"""The kind of their work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody (`by`) asked a machine for: a text, translated from `source`, or one segment of it (`key`).

    `letters` is how many it will be given, `failures` how often it could not do it. `harmed` are segments whose words
    came back so that they could not be used, `lost` how many of them since marks or links were lost. `why` is why it
    was given up, as `storage.reasons` keeps it.
    """

    document: str
    locale: Tag
    source: Tag | None
    key: Key | None
    by: str
    letters: int
    failures: int = 0
    harmed: tuple[Key, ...] = ()
    lost: int = 0
    why: str = ""

    @property
    def name(self) -> DocumentName:
        """Return the document's name."""
        return DocumentName.parse(self.document)

    @classmethod
    def of(cls, work: DbWork) -> "Order":
        """Read it from its row."""
        return _ORDER.decode(work.payload)

    def work(self, now: datetime) -> DbWork:
        """Return a row for it, due now."""
        return DbWork(kind=MACHINE, subject=f"{self.document}@{self.locale}", payload=self.packed(), due_at=now)

    def note_in(self, work: DbWork, **changes: object) -> None:
        """Write it into its row, with some things otherwise."""
        work.payload = replace(self, **changes).packed()  # type: ignore[arg-type]  # its own fields

    def packed(self) -> str:
        """Return it as its row keeps it."""
        return msgspec.json.encode(self).decode()


_ORDER = msgspec.json.Decoder(Order)


def orders_of(session: Session, document: DocumentName | None = None, locale: Tag | None = None) -> Sequence[DbWork]:
    """Return the rows of one text or of all, those that were given up among them, the oldest first."""
    found = select(DbWork).where(DbWork.kind == MACHINE).order_by(DbWork.id)
    if document is not None:
        found = found.where(DbWork.subject == f"{document}@{locale}")
    return session.scalars(found).all()


class DbMachine(Base):
    """A service, by its protocol: how many characters it was given on a day (UTC), and what it translates into what."""

    __tablename__ = "machine"

    protocol: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    letters: Mapped[int]
    packed: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def languages(self) -> Languages:
        """Return what it translates into what; nothing if that is not known."""
        return msgspec.json.decode(self.packed, type=dict[str, tuple[str, ...]])

    def speaks(self, languages: Languages, *, now: datetime) -> None:
        """Note what it translates into what, as it said by now."""
        self.packed, self.asked_at = msgspec.json.encode(languages).decode(), now

    def spent(self, today: date) -> int:
        """Return how many characters it was given today."""
        return self.letters if self.day == today else 0


def machine_of(session: Session, protocol: str, today: date) -> DbMachine:
    """Return a service's row, held until the transaction ends."""
    empty = {"protocol": protocol, "day": today, "letters": 0, "packed": "{}"}
    session.execute(insert_into(session, DbMachine).values(empty).on_conflict_do_nothing())
    return session.get_one(DbMachine, protocol, with_for_update=True, populate_existing=True)
