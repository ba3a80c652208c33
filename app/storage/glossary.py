"""Terms of the glossary, of each pair of languages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.glossary import Glossary, Term
from app.domain.segments import Tag
from app.domain.terms import folded
from app.storage.base import Base, Moment


class DbTerm(Base):
    """What the glossary says of a term; `version` counts its changes, and `by` and `at` are of the last of them.

    `folded` is what finds it, however it is written; `forbidden` are lines.
    """

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("source", "target", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[Tag] = mapped_column(String(35))
    target: Mapped[Tag] = mapped_column(String(35))
    folded: Mapped[str] = mapped_column(Text)
    term: Mapped[str] = mapped_column(Text)
    translation: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    forbidden: Mapped[str] = mapped_column(Text)
    keep: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[int]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def entry(self) -> Term:
        """Return what it says."""
        return Term(
            source=self.source, target=self.target, term=self.term, translation=self.translation, note=self.note,
            forbidden=tuple(self.forbidden.splitlines()), keep=self.keep,
        )  # fmt: skip

    def say(self, term: Term, *, by: str, at: datetime) -> None:
        """Let it say something else from now on."""
        self.source, self.target, self.folded = term.source, term.target, folded(term.term)
        self.term, self.translation, self.note, self.keep = term.term, term.translation, term.note, term.keep
        self.forbidden, self.by, self.at = "\n".join(term.forbidden), by, at
        self.version = (self.version or 0) + 1


_State = tuple[int, int | None, datetime | None]
"""How many terms a pair has, the sum of their versions, and when one was written last: it says whether one was."""

_BUILT: dict[tuple[str, Tag, Tag], tuple[_State, Glossary]] = {}
_MOST_BUILT: Final = 100


def glossary(session: Session, source: Tag, target: Tag) -> Glossary:
    """Return the terms from one language into another, to be looked for in texts: one query while nobody wrote there.

    An editor asks at each pause of its typist, and to make the index of 2,000 terms takes longer than all else it asks.
    """
    state = select(func.count(), func.sum(DbTerm.version), func.max(DbTerm.at))
    count, versions, at = session.execute(state.where(DbTerm.source == source, DbTerm.target == target)).one()
    pair, now = (str(session.get_bind().engine.url), source, target), (count, versions, at)
    before, built = _BUILT.get(pair, (None, None))
    if built is None or before != now:
        if len(_BUILT) >= _MOST_BUILT:
            _BUILT.clear()
        built = Glossary(terms_of(session, source, target))
        _BUILT[pair] = now, built
    return built


def terms_of(session: Session, source: Tag, target: Tag) -> Sequence[Term]:
    """Return all terms from one language into another, in no order."""
    columns = (DbTerm.term, DbTerm.translation, DbTerm.note, DbTerm.forbidden, DbTerm.keep)
    rows = session.execute(select(*columns).where(DbTerm.source == source, DbTerm.target == target))
    return [
        Term(
            source=source, target=target, term=term, translation=translation, note=note,
            forbidden=tuple(forbidden.splitlines()), keep=keep,
        )
        for term, translation, note, forbidden, keep in rows
    ]  # fmt: skip
