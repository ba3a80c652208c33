"""A document's facts as who approves its source text sees them: what they say, and what is new since an approval."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import NO_LANGUAGE, Key
from app.queries.suggestions import segments
from app.storage.texts import DbApproval, DbDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fact, as its file has it; None where it has no such fact. `before` is how it was when last approved."""

    key: Key
    now: str | None
    before: str | None

    @property
    def changed(self) -> bool:
        """Tell whether nobody has approved it as it is."""
        return self.now != self.before


def told(session: Session, document: DbDocument) -> Iterator[Told]:
    """Yield the newest facts in the order of their file, then those that are gone.

    Where no approval knows of facts yet, all of them are as they were.
    """
    facts, source = document.text_in(NO_LANGUAGE), document.text_in(document.source)
    if facts is None or source is None:
        return
    seen = select(DbApproval.facts_id).where(DbApproval.translation_id == source.id, DbApproval.facts_id.is_not(None))
    approved = session.scalar(seen.order_by(DbApproval.id.desc()).limit(1)) or facts.head_id
    now, before = (
        {one.key: one.text for one in segments(session, facts, number)} for number in (facts.head_id, approved)
    )
    for key in dict.fromkeys((*now, *before)):
        yield Told(key=key, now=now.get(key), before=before.get(key))
