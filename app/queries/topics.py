"""Which topics (tags) readers find items under, however many items have them: each step looks at one row of an index.

What DISTINCT would do reads every row; a database that skips from one value to the next is asked so by recursion.
"""

from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.storage.published import DbTag

MOST: Final = 200
"""Topics of a list to choose from."""


def each_topic() -> Select[str]:
    """Select the topics as msgids, in order of their slugs, one spelling of each."""
    slugs = select(func.min(DbTag.slug).label("slug")).cte(recursive=True)
    next_one = select(func.min(DbTag.slug)).where(DbTag.slug > slugs.c.slug).scalar_subquery()
    slugs = slugs.union_all(select(next_one).where(slugs.c.slug.is_not(None)))
    spelled = select(DbTag.msgid).where(DbTag.slug == slugs.c.slug).order_by(DbTag.locale).limit(1)
    return select(spelled.scalar_subquery().label("msgid")).where(slugs.c.slug.is_not(None)).limit(MOST)


def topics(session: Session) -> tuple[str, ...]:
    """Return the topics as msgids."""
    return tuple(session.scalars(each_topic()))
