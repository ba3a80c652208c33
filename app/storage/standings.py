"""Where each text stands, for the desk: a projection of documents, heads and what is live, never the truth itself.

A row for each document and locale of the site, missing texts included; made by `services.standings` in the transaction
that changes what it tells of.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    and_,
    literal_column,
    or_,
    text,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.documents import Kind
from app.domain.segments import Tag
from app.domain.translations import Status
from app.storage.base import Base, Moment, by_value

_DIFFERS = "live IS NULL OR live <> head"
_UNFINISHED = "status IN ('missing', 'draft') OR behind <> ''"


def _some(name: str, *columns: str, where: str) -> Index:
    """Return an index of the few rows of which something is said: what is open among all that is done."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class DbStanding(Base):
    """One document in one locale. `place` sorts documents, newest first by its letters from z to a.

    `title` is the text's own, or the source's where there is none; a filter by words looks at `folded`, which has
    both and the name. `head` and `live` are numbers of revisions, None without; `author` and `since` are the
    head's. `behind` is the locale whose newest submitted (else live) text has moved on, empty where none has,
    `through` the text in between from which this one was made, if there is one. `segments` is how many there are to
    translate; `missing` and `needs_work` of them are not done. `suggestions` and `comments` are those that are
    open, `failing` the errors that keep the head from being handed in. `person` or `team` was asked for the text,
    until `due`, with a `priority` (`DbAssignment`); it is `owed` by then as long as there is something for them to
    do. `scheduled` is when something of it goes live; `withdrawn` tells that nothing is live and once was. `tags`
    are those of the document, as msgids, each in a line that ends.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_place", "place", "document_id"),
        Index("ix_standing_status", "status", "locale", "place"),
        _some("ix_standing_owed", "locale", "owed", where="owed IS NOT NULL"),
        _some("ix_standing_to_publish", "status", "place", where=f"status = 'approved' AND ({_DIFFERS})"),
        Index("ix_standing_due", "due", "locale"),
        _some("ix_standing_scheduled", "scheduled", where="scheduled IS NOT NULL"),
        Index("ix_standing_since", "locale", "since"),
        Index("ix_standing_newest", "locale", "place"),
        _some("ix_standing_behind", "locale", "place", where="behind <> ''"),
        _some("ix_standing_failing", "locale", "place", where="failing > 0"),
        _some("ix_standing_comments", "locale", "place", where="comments > 0"),
        _some("ix_standing_suggestions", "locale", "place", where="suggestions > 0"),
        _some("ix_standing_unfinished", "person", "team", where=_UNFINISHED),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(60))
    is_source: Mapped[bool] = mapped_column(Boolean)
    title: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(by_value(Status))
    head: Mapped[int | None] = mapped_column(Integer)
    live: Mapped[int | None] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(String(120))
    since: Mapped[datetime | None] = mapped_column(Moment)
    behind: Mapped[str] = mapped_column(String(35))
    through: Mapped[str] = mapped_column(String(35))
    origin: Mapped[str] = mapped_column(String(20))
    segments: Mapped[int] = mapped_column(Integer)
    missing: Mapped[int] = mapped_column(Integer)
    needs_work: Mapped[int] = mapped_column(Integer)
    suggestions: Mapped[int] = mapped_column(Integer)
    comments: Mapped[int] = mapped_column(Integer)
    failing: Mapped[int] = mapped_column(Integer)
    person: Mapped[str] = mapped_column(String(120))
    team: Mapped[str] = mapped_column(String(60))
    due: Mapped[datetime | None] = mapped_column(Moment)
    owed: Mapped[datetime | None] = mapped_column(Moment)
    priority: Mapped[int] = mapped_column(Integer)
    scheduled: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    tags: Mapped[str] = mapped_column(Text)


Index("ix_standing_person", DbStanding.person, DbStanding.place.desc(), DbStanding.document_id)


# A database that is to use an index of some rows has to read the very words that it was made with, and no parameter.
IS_BEHIND: Final = DbStanding.behind != literal_column("''")
"""Says of a text that what it was made from has moved on."""

IS_FAILING: Final = DbStanding.failing > literal_column("0")
HAS_COMMENTS: Final = DbStanding.comments > literal_column("0")
HAS_SUGGESTIONS: Final = DbStanding.suggestions > literal_column("0")
"""Say of a text that it has errors, comments or suggestions that are open."""

TO_PUBLISH: Final = and_(
    DbStanding.status == literal_column("'approved'"),
    or_(DbStanding.live.is_(None), DbStanding.live != DbStanding.head),
)
"""Says of a text that its head is approved and that readers see another, or none."""


IS_UNFINISHED: Final = or_(DbStanding.status.in_((literal_column("'missing'"), literal_column("'draft'"))), IS_BEHIND)
"""Says of a text that who has it still has to do something: begin, go on, or follow a newer source."""
