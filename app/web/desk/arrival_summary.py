"""What a file would change, as its summary shows it: how many segments of each fate, and the first of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.domain.errors import Problem
from app.domain.people import Actor
from app.domain.segments import Key, Segment
from app.domain.side_by_side import FORMS
from app.domain.word_diff import Piece, word_diff
from app.services import file_remarks
from app.services.arrivals import Arrival, Beside
from app.services.file_remarks import Remark
from app.services.outlook import Fate, Outcome, counted, outlook
from app.storage.talk import WHOLE
from app.web.desk.lines import BETWEEN_FORMS

MOST: Final = 100
"""Segments of each fate that are shown."""

_SHOWN: Final = 1_000
"""Letters of a comment that are shown."""


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
class ShownRemark:
    """What somebody says in a file, beside what it is said of: `source` and, as the file has them, the words `given`.

    `is_whole` tells that it is said of the text and not of a segment, `reason` why it cannot be a comment.
    """

    kind: str
    path: str
    place: int
    line: int
    source: str
    given: str
    words: str
    reason: str
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What would become of a file: of each fate how many segments, and the first of them.

    `is_sure` and `by_place` as of an `Arrival`, `problems` what is said of it besides. `comments` counts what people
    say in it and is new, `unsaid` what of that cannot be a comment; `remarks` are the first of both, those before.
    """

    counts: Mapping[Fate, int]
    shown: Mapping[Fate, Sequence[Shown]]
    is_sure: bool
    by_place: int
    problems: Sequence[Problem]
    comments: int
    unsaid: int
    remarks: Sequence[ShownRemark]

    @property
    def says_nothing(self) -> bool:
        """Tell whether the text would stay as it is, and nothing be suggested to it."""
        return not any(self.counts[fate] for fate in (Fate.TAKEN, Fate.CONFLICTING, Fate.REFUSED))

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing would become of it."""
        return self.says_nothing and not self.comments


def summary_of(session: Session, arrived: Arrival, actor: Actor) -> Summary:
    """Return what would become of a file if this person gave it now."""
    outcomes = outlook(session, arrived, actor.name)
    places: dict[Key | None, tuple[int, Segment]] = {
        one.key: (place, one) for place, one in enumerate(_all(arrived))
    }  # fmt: skip
    shown: dict[Fate, list[Shown]] = {fate: [] for fate in Fate}
    for one in outcomes:
        if len(shown[one.fate]) < MOST:
            shown[one.fate].append(_shown(one, places.get(one.key)))
    refused = {(one.line, one.reason) for one in arrived.refused}
    problems = [one for one in arrived.problems if (one.line, one.reason) not in refused]
    said = file_remarks.weighed(session, arrived.document, arrived.locale, arrived.remarks, actor)
    return Summary(
        counts=counted(arrived, outcomes),
        shown=shown,
        is_sure=arrived.is_sure,
        by_place=arrived.by_place,
        problems=problems,
        comments=len(said.new),
        unsaid=len(said.refused),
        remarks=_remarks(arrived, [*said.refused[:MOST], *((one, "") for one in said.new[:MOST])]),
    )


def _remarks(arrived: Arrival, said: Sequence[tuple[Remark, str]]) -> Sequence[ShownRemark]:
    rows = arrived.file.sheet.rows if isinstance(arrived.file, Beside) else ()
    places = {row.key: (place, row) for place, row in enumerate(rows)}
    words = {one.key: one.text for one in arrived.theirs}
    shown = []
    for one, reason in said:
        place, row = places.get(one.key, (0, None)) if one.key is not None else (0, None)
        kind = row.kind if row is not None else ""
        source = "\n\n".join(part.text for part in row.sources) if row is not None else ""
        given = words.get(one.key, "") if one.key is not None else ""
        shown.append(
            ShownRemark(
                kind=kind, path=row.key.partition(":")[2] if row is not None and kind != "message" else "", place=place,
                line=one.line, source=source.replace(FORMS, BETWEEN_FORMS), given=given.replace(FORMS, BETWEEN_FORMS),
                words=_short(one.words), reason=reason, is_whole=one.key == WHOLE,
            )
        )  # fmt: skip
    return shown


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


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
