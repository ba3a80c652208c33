"""What people said of the segments of a text, and whether it is settled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain.segments import Key, Tag
from app.storage.talk import WHOLE, DbComment, DbResolution
from app.storage.texts import DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment on a segment; `locale` is that of the text that it is said of: a source text's is said to all.

    `for_locale` is the language that it was translated into by who asked, else empty.
    """

    number: int
    key: Key
    locale: Tag
    for_locale: Tag
    author: str
    text: str
    at: datetime
    settled: bool


def remarks(session: Session, of: Collection[DbTranslation], keys: Collection[Key] | None = None) -> tuple[Remark, ...]:
    """Return what was said of segments of some texts (of these `keys` alone, if any are given), the oldest first."""
    newest = select(func.max(DbResolution.id)).group_by(DbResolution.comment_id)
    rows = (
        select(DbComment, DbTranslation.locale, DbResolution.settled)
        .join(DbTranslation, DbTranslation.id == DbComment.translation_id)
        .outerjoin(DbResolution, and_(DbResolution.comment_id == DbComment.id, DbResolution.id.in_(newest)))
        .where(DbComment.translation_id.in_([one.id for one in of]), DbComment.key != WHOLE)
        .order_by(DbComment.id)
    )
    if keys is not None:
        rows = rows.where(DbComment.key.in_(keys))
    return tuple(
        Remark(number=row.id, key=row.key, locale=tag, for_locale=row.for_locale, author=row.author, text=row.text,
               at=row.at, settled=bool(settled))
        for row, tag, settled in session.execute(rows)
    )  # fmt: skip


def talked_of(all_of: Collection[Remark]) -> Mapping[Key, bool]:
    """Return the segments that something was said of, and whether a word of it is still open."""
    found: dict[Key, bool] = {}
    for one in all_of:
        found[one.key] = found.get(one.key, False) or not one.settled
    return found
