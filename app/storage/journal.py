"""The journal: what happened, in a chain in which each row carries the hash of the row before it.

Rows are written last in their transaction, under one lock, so that numbers have no gaps and a chain no fork. Names and
addresses stand in it by digest only, under keys kept in `actors`, so that a person can be erased without breaking it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import BigInteger, Integer, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.people import Actor
from app.storage import actors
from app.storage.base import Base, Moment

_LOCK = 7_461_637_004  # any constant that no other advisory lock of ours uses
_FIRST = "0" * 64


class DbEvent(Base):
    """One row of the journal."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("previous"), UniqueConstraint("hash"))

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(Moment)
    source: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    action: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`source:subject:action`: where it came from (`desk`, `tree`, `worker` …), on what, and what was done.

    `subject` is a document and locale (`news/2026-03-18-x@kk`) or another noun; `actor` is any stable name of who did
    it and is stored by digest; `details` are short facts, never texts, names or addresses.
    """

    source: str
    subject: str
    action: str
    actor: str
    details: Mapping[str, str | int | None] = field(default_factory=dict)

    @classmethod
    def by(cls, actor: Actor, subject: str, action: str, **details: str | int | None) -> Self:
        """Return what somebody did, by whichever door they came in."""
        return cls(source=actor.channel, subject=subject, action=action, actor=actor.name, details=details)


def note(session: Session, event: Event) -> None:
    """Remember an event; it becomes a row of the journal when this session's transaction is sealed."""
    session.info.setdefault("events", []).append(event)


def add_to_last(session: Session, document: str, **details: str) -> None:
    """Let the last remembered event about a document say this, too; nothing where none is remembered."""
    events: list[Event] = session.info.get("events", [])
    for place, event in reversed(list(enumerate(events))):
        if event.subject.partition("@")[0] == document:
            events[place] = replace(event, details={**event.details, **details})
            return


def changed_subjects(session: Session) -> set[str]:
    """Return what the remembered events are about: names of documents, and other nouns."""
    events: list[Event] = session.info.get("events", [])
    return {event.subject.partition("@")[0] for event in events}


def seal(session: Session) -> None:
    """Append the remembered events to the chain. Called once, last, by `Database.write`."""
    events: list[Event] = session.info.pop("events", [])
    if not events:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = session.scalars(select(DbEvent).order_by(DbEvent.number.desc()).limit(1)).first()
    number, previous = (last.number, last.hash) if last else (0, _FIRST)
    now = datetime.now(UTC)
    for event in events:
        number += 1
        row = DbEvent(
            number=number,
            at=now,
            source=event.source,
            subject=event.subject,
            action=event.action,
            actor=actors.digest(session, event.actor),
            details=json.dumps(event.details, ensure_ascii=False, sort_keys=True),
            previous=previous,
        )
        row.hash = previous = _hash(row)
        session.add(row)
    session.flush()


def _hash(row: DbEvent) -> str:
    fields = [row.number, row.at.astimezone(UTC).isoformat(), row.source, row.subject, row.action, row.actor]
    written = json.dumps([*fields, row.details, row.previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def verify(session: Session, *, head: str | None = None) -> Iterator[str]:
    """Yield a sentence for each break of the chain; nothing if it is whole.

    `head` is a hash kept elsewhere: if no row has it, the tail was cut (or the journal was written anew).
    """
    number, previous, found = 0, _FIRST, head is None
    for row in session.scalars(select(DbEvent).order_by(DbEvent.number).execution_options(yield_per=1000)):
        number += 1
        if row.number != number:
            yield f"row {number} is missing; row {row.number} follows"
            number = row.number
        if row.previous != previous:
            yield f"row {row.number} does not follow the row before it"
        if row.hash != _hash(row):
            yield f"row {row.number} was changed after it was written"
        previous = row.hash
        found = found or row.hash == head
    if not found:
        yield f"no row has the hash {head}: the end of the journal was cut off, or the hash is not of this journal"


def head(session: Session) -> str:
    """Return the hash of the newest row, to be kept elsewhere; 64 zeros for an empty journal."""
    return session.scalar(select(DbEvent.hash).order_by(DbEvent.number.desc()).limit(1)) or _FIRST


def newest(session: Session) -> int:
    """Return the number of the newest row, 0 for an empty journal: while it stays, nothing has happened."""
    return session.scalar(select(DbEvent.number).order_by(DbEvent.number.desc()).limit(1)) or 0
