"""What would become of a file that came back, segment by segment, if it were taken now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.merge import merge
from app.domain.segments import Key
from app.services import sheets
from app.services.arrivals import Arrival, Beside
from app.services.beginnings import began_from
from app.services.histories import segments_of
from app.services.texts import find_document, find_revision
from app.storage.texts import DbRevision, DbTranslation


class Fate(StrEnum):
    """What becomes of a segment of a file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"  # it says what the text says by now
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A segment as the text has it, as the file says it, and what becomes of that; why, if it is refused."""

    key: Key | None
    fate: Fate
    now: str
    given: str
    line: int = 0
    reason: str = ""


def outlook(session: Session, arrived: Arrival, author: str) -> tuple[Outcome, ...]:
    """Return what would become of each segment that a file says something of, if this author gave it now."""
    held = find_document(session, arrived.document)
    text = held.text_in(arrived.locale) if held is not None else None
    head = session.get_one(DbRevision, text.head_id) if text is not None and text.head_id else None
    ours = segments_of(text, head) if text is not None and head is not None else arrived.before
    before = arrived.before
    if text is not None and head is not None:
        base = find_revision(session, text, arrived.base) if arrived.base else _first(session, text, arrived)
        before = began_from(
            session, text, base=base, head=head, theirs=arrived.theirs, broken=False, author=author
        )  # fmt: skip
    merged = merge(before, ours, arrived.theirs)
    stood, now, given, become = (
        {one.key: one.text for one in some} for some in (arrived.before, ours, arrived.theirs, merged.segments)
    )
    conflicting = {one.key for one in merged.suggestions}
    outcomes = [
        Outcome(
            key=key, now=now.get(key, ""), given=given.get(key, ""),
            fate=Fate.CONFLICTING if key in conflicting or become.get(key) != given.get(key) else
            Fate.UNCHANGED if given.get(key) == now.get(key) != stood.get(key) else Fate.TAKEN,
        )
        for key in arrived.changed
    ]  # fmt: skip
    refused = [
        Outcome(
            key=one.key, fate=Fate.REFUSED, now=now.get(one.key, "") if one.key else "", given=one.text, line=one.line,
            reason=one.reason,
        )
        for one in arrived.refused
    ]  # fmt: skip
    return (*outcomes, *refused)


def _first(session: Session, text: DbTranslation, arrived: Arrival) -> DbRevision | None:
    """Return the empty sheet that a text was begun with, where the file was made from one."""
    return sheets.first_of(session, text, arrived.file.sheet) if isinstance(arrived.file, Beside) else None


def counted(arrived: Arrival, outcomes: Iterable[Outcome]) -> Mapping[Fate, int]:
    """Return how many segments of a file have each fate; those that it says nothing new of are unchanged."""
    counts, told = dict.fromkeys(Fate, 0), set[Key | None]()
    for one in outcomes:
        counts[one.fate] += 1
        told.add(one.key)
    counts[Fate.UNCHANGED] += sum(one.key not in told for one in arrived.theirs)
    return counts
