"""What readers can find: a row for each published text in its own language, a projection beside `storage.published`.

SQLite keeps a full-text index (FTS5) of the terms beside the table, in step through triggers; PostgreSQL keeps them as
a tsvector under a GIN index. Terms are made by `domain.searching` and hold letters, digits and underscores alone, so
that neither database has anything to take apart or to fold, and both find the same.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import BigInteger, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.searching import Wanted
from app.domain.segments import Tag
from app.storage.base import Base

_LANGUAGES = 7  # bits, and so are the next: 127 languages of 8 million documents
_DOCUMENTS = 23
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)

INDEX: Final = "published_text_index"
"""The index on both databases, made by the migration; SQLite has more tables for it, whose names begin so."""


class DbSearchText(Base):
    """A text as it is found and quoted. Rows are made and deleted, never changed: SQLite's index follows only that.

    `id` sorts by date (`rank_of`). `text` is what is quoted, the title in its first line; `places` are those of its
    words (`snippets.folded_places`), so that found ones are marked without folding the text again. `terms` is all that
    the text is found by.
    """

    __tablename__ = "published_text"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(Integer, index=True)
    locale: Mapped[Tag] = mapped_column(String(35))
    text: Mapped[str] = mapped_column(Text)
    places: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR, "postgresql"), deferred=True)


def rank_of(date: datetime | None, document: int, language: int) -> int:
    """Return a row's number: the later the date (to the minute), the greater; what has no date comes last.

    Both databases hand out full-text matches in the order of this number, so that the newest few of many cost few.
    """
    minutes = 0 if date is None else int((date - _BEGINNING).total_seconds() // 60)
    return ((minutes << _DOCUMENTS | document) << _LANGUAGES) | language


def matching(session: Session, wanted: Iterable[Wanted], *, limit: int) -> list[tuple[int, int, Tag]]:
    """Return number, document and locale of the newest rows that have what one of the wishes asks for.

    On PostgreSQL the rest of the transaction reads no table from end to end.
    """
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(_BY_INDEX)
    query = _SQLITE if sqlite else _POSTGRESQL
    either = (" OR " if sqlite else "|").join(_written(wish, sqlite=sqlite) for wish in wanted)
    found = connection.execute(query, {"wanted": either, "limit": limit})
    return [(number, document, locale) for number, document, locale in found]


_SQLITE = text(
    "SELECT t.id, t.document_id, t.locale FROM published_text_index i JOIN published_text t ON t.id = i.rowid"
    " WHERE published_text_index MATCH :wanted ORDER BY i.rowid DESC LIMIT :limit"
)
_POSTGRESQL = text(
    "WITH found AS MATERIALIZED"
    " (SELECT id, document_id, locale FROM published_text WHERE terms @@ CAST(:wanted AS tsquery))"
    " SELECT id, document_id, locale FROM found ORDER BY id DESC LIMIT :limit"
)
# the planner knows what a row costs, and not that to read its terms is to fetch and unpack them
_BY_INDEX = text("SET LOCAL enable_seqscan = off")


def _written(wish: Wanted, *, sqlite: bool) -> str:
    """Write a wish in the language of FTS5 (SQLite, FTS5, 3) or of tsquery (PostgreSQL, 8.11.2)."""
    both, one, quote, star = (" AND ", " OR ", '"', " *") if sqlite else ("&", "|", "'", ":*")
    groups = (
        one.join(f"{quote}{term.text}{quote}{star if term.beginning else ''}" for term in group) for group in wish
    )
    return "(" + both.join(f"({group})" for group in groups) + ")"
