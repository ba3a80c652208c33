"""How many texts of each language stand how: the numbers above the columns of the board, each a filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, case, func, select
from sqlalchemy.orm import Session

from app.domain.segments import Tag
from app.queries.asked import Asked, Due, Wanted, condition, conditions, is_due
from app.storage.journal import DbEvent
from app.storage.standings import DbStanding

COUNTED = (
    Wanted.MISSING, Wanted.DRAFT, Wanted.IN_REVIEW, Wanted.TO_PUBLISH, Wanted.LIVE, Wanted.BEHIND,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """By language, of what the filters leave, `at` (aware): how many texts there are, stand so, and are late.

    `number` is the journal's by then. Without `complete` there were too many to count, and the numbers mean nothing.
    """

    at: datetime
    number: int
    complete: bool
    texts: Mapping[Tag, int]
    standing: Mapping[Wanted, Mapping[Tag, int]]
    late: Mapping[Tag, int]


def sums(session: Session, asked: Asked, *, now: datetime, most: int | None = None) -> Sums:
    """Count, in one query; it looks at no more than `most` texts and one, whatever their number."""
    which = conditions(asked, now)
    columns = (
        DbStanding.locale,
        *(case((condition(one), 1), else_=0).label(one.name) for one in COUNTED),
        case((is_due(Due.LATE, now), 1), else_=0).label("late"),
    )
    asked_for = select(*columns).where(*which)
    if most is not None:
        # in an order that an index has: to find all that stand so takes longer than to read the first
        indexed = asked.wanted is not None or asked.language is not None
        by = (DbStanding.place.desc(),) if indexed and not asked.words and not asked.is_narrow else ()
        asked_for = asked_for.order_by(*by).limit(most + 1)
    found = asked_for.subquery()
    newest = select(func.max(DbEvent.number)).scalar_subquery()
    rows = session.execute(
        select(
            found.c.locale, func.count().label("texts"), newest.label("number"),
            *(func.sum(found.c[one.name]).cast(Integer).label(one.name) for one in COUNTED),
            func.sum(found.c.late).cast(Integer).label("late"),
        ).group_by(found.c.locale)
    ).all()  # fmt: skip
    return Sums(
        at=now,
        number=max((row.number or 0 for row in rows), default=0),
        complete=most is None or sum(row.texts for row in rows) <= most,
        texts={row.locale: row.texts for row in rows},
        standing={one: {row.locale: getattr(row, one.name) for row in rows} for one in COUNTED},
        late={row.locale: row.late for row in rows},
    )
