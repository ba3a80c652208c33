"""What is due and what goes live in a stretch of time, for a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import Tag
from app.queries.asked import Asked, conditions
from app.queries.cells import Called, Text, text
from app.storage.accounts import DbAccount
from app.storage.standings import DbStanding

MOST: Final = 1000
"""Entries of each sort at the most: those that come first."""


class What(StrEnum):
    """What happens then."""

    DUE = "due"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A text that was asked for until a time, or goes live then."""

    at: datetime
    what: What
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointments:
    """What is due and goes live, in order; `complete` tells whether it is all there is."""

    entries: Sequence[Appointment]
    complete: bool


def appointments(session: Session, asked: Asked, *, reader: Tag, start: datetime, end: datetime) -> Appointments:
    """Return what the filters leave of what is due or goes live from `start` until before `end` (aware).

    Texts are called as in the language of whoever looks, where the document has it.
    """
    called = Called(reader)
    found = [
        Appointment(at=when, what=what, text=text(row, name, called=title, reader=reader))
        for what, column in ((What.DUE, DbStanding.due), (What.LIVE, DbStanding.scheduled))
        for row, name, title, when in session.execute(
            select(DbStanding, DbAccount.full_name, called.title, column)
            .outerjoin(DbAccount, DbAccount.name == DbStanding.person)
            .outerjoin(called.row, called.of_text)
            .where(*conditions(asked, datetime.now(UTC)), column >= start, column < end)
            .order_by(column, DbStanding.place.desc(), DbStanding.locale)
            .limit(MOST + 1)
        )
        if when is not None
    ]
    each = [[one for one in found if one.what is what] for what in What]
    shown = sorted((one for those in each for one in those[:MOST]), key=lambda one: one.at)
    return Appointments(entries=shown, complete=all(len(those) <= MOST for those in each))
