"""What a file would change, as its summary shows it: how many segments of each fate, and the first of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.domain.errors import Problem
from app.domain.segments import Key, Segment
from app.domain.side_by_side import FORMS
from app.domain.word_diff import Piece, word_diff
from app.services.arrivals import Arrival
from app.services.outlook import Fate, Outcome, counted, outlook
from app.web.desk.lines import BETWEEN_FORMS

MOST: Final = 100
"""Segments of each fate that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A segment of a file: what kind it is and where it stands (of a message, its number and msgid), and what it says.

    `pieces` are word by word what the file says otherwise than the text does now; nothing where that is of no text.
    """

    kind: str
    msgid: str
    path: str
    place: int
    line: int
    now: str
    given: str
    pieces: Sequence[Piece]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What would become of a file: of each fate how many segments, and the first of them.

    `is_sure` and `by_place` as of an `Arrival`, `problems` what is said of it besides.
    """

    counts: Mapping[Fate, int]
    shown: Mapping[Fate, Sequence[Shown]]
    is_sure: bool
    by_place: int
    problems: Sequence[Problem]

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing would become of it."""
        return not any(self.counts[fate] for fate in (Fate.TAKEN, Fate.CONFLICTING, Fate.REFUSED))


def summary_of(session: Session, arrived: Arrival, author: str) -> Summary:
    """Return what would become of a file if this author gave it now."""
    outcomes = outlook(session, arrived, author)
    places: dict[Key | None, tuple[int, Segment]] = {
        one.key: (place, one) for place, one in enumerate(_all(arrived))
    }  # fmt: skip
    shown: dict[Fate, list[Shown]] = {fate: [] for fate in Fate}
    for one in outcomes:
        if len(shown[one.fate]) < MOST:
            shown[one.fate].append(_shown(one, places.get(one.key)))
    refused = {(one.line, one.reason) for one in arrived.refused}
    problems = [one for one in arrived.problems if (one.line, one.reason) not in refused]
    return Summary(
        counts=counted(arrived, outcomes),
        shown=shown,
        is_sure=arrived.is_sure,
        by_place=arrived.by_place,
        problems=problems,
    )


def _all(arrived: Arrival) -> Sequence[Segment]:
    """Return the segments of a file, and behind them those that it has no more."""
    keys = {one.key for one in arrived.theirs}
    return [*arrived.theirs, *(one for one in arrived.before if one.key not in keys)]


def _shown(one: Outcome, stands: tuple[int, Segment] | None) -> Shown:
    now, given = (text.replace(FORMS, BETWEEN_FORMS) for text in (one.now, one.given))
    place, kind = (0, "") if stands is None else (stands[0], stands[1].kind)
    return Shown(
        kind=kind, msgid=one.key.rpartition("\x04")[2] if one.key and kind == "message" else "",
        path=one.key.partition(":")[2] if one.key and kind != "message" else "", place=place, line=one.line,
        now=now, given=given, pieces=word_diff(now, given), reason=one.reason,
    )  # fmt: skip
