"""The lines of a page that shows a text beside its source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.domain.segments import Key, Origin, Segment, State
from app.domain.side_by_side import FORMS, Row, together
from app.domain.word_diff import Change, Piece, SegmentDiff, word_diff
from app.formats.plural_forms import PluralRule
from app.formats.po_entries import previous
from app.services.checks import originals
from app.services.sheets import Bases, Sheet

SIZE = 100
"""Lines of one page; a catalogue may have thousands."""

BETWEEN_FORMS = "\n—\n"
"""What stands between the plural forms of a message where they are shown as one text."""

_COUNTED, _SAMPLES = 200, 4
_OF_PHOTOS = frozenset({"caption", "alt", "credit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A segment: `source` and `target` as pieces (struck and added since it was made, or last reviewed).

    `forms` are what a field is filled with, `stood` what somebody typed over, `hints` what the template says of a
    message, `rows` how high a field is. `bases` are what the fields were filled from; `serial` is that of words of
    one's own that are not in the text yet, 0 where there are none, `tab` the window that they were typed in, and
    `copy_key` the key that they are kept under.
    `originals` are the source's words, by form, to be copied. `part` tells that other segments render the same source,
    `taken` that words typed there are a machine's.
    """

    place: int
    key: Key
    kind: str
    path: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    forms: tuple[str, ...]
    bases: Bases = field(default_factory=Bases)
    serial: int = 0
    tab: str = ""
    copy_key: str = ""
    taken: bool = False
    originals: tuple[str, ...] = ()
    stood: tuple[Piece, ...] = ()
    hints: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    state: State = State.DONE
    stale: bool = False
    gone: bool = False
    changed: bool = False
    there: bool = True
    origin: Origin = Origin.HUMAN
    unsure: bool = False
    out: bool = False
    current: bool = False
    rows: int = 1
    part: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to do something about it."""
        return self.stale or self.gone or not self.there or self.state is not State.DONE

    def elsewhere(self, lines: Sequence["Line"]) -> list["Line"]:
        """Return the lines with the same source and as many forms that have other words than this one has.

        The parts of what was divided are none: each of them renders a part of that source.
        """
        if self.part or not (any(form.strip() for form in self.forms) and any(one.strip() for one in self.originals)):
            return []
        return [
            one for one in lines
            if one.originals == self.originals and one.forms != self.forms and len(one.forms) == len(self.forms)
            and one.kind == self.kind and not one.gone and not one.part
        ]  # fmt: skip


def lines_of(sheet: Sheet, changes: Mapping[Key, SegmentDiff] | None = None) -> list[Line]:
    """Return the lines of a sheet: the words of photos behind the text, though a file has them before it.

    What was taken out since it was last reviewed stands at the end.
    """
    parts = {one.key for some in together(sheet.rows).values() for one in some}
    lines = (_line(sheet, place, row, (changes or {}).get(row.key)) for place, row in enumerate(sheet.rows))
    shown = [replace(one, part=True) if one.key in parts else one for one in lines]
    gone = [one.old for one in (changes or {}).values() if one.new is None and one.old is not None]
    shown.sort(key=lambda line: line.kind in _OF_PHOTOS)
    return [*shown, *(_taken_out(len(shown) + place, segment) for place, segment in enumerate(gone))]


def _line(sheet: Sheet, place: int, row: Row, change: SegmentDiff | None) -> Line:
    state = row.target.state if row.target is not None else State.MISSING
    state = State.NEEDS_WORK if row.unsure else state
    hole = not row.text.replace(FORMS, "").strip()
    return Line(
        place=place,
        key=row.key,
        kind=row.kind,
        bases=sheet.bases,
        originals=originals(sheet, row),
        samples=_samples(sheet, row),
        path=row.key.partition(":")[2],
        source=_source(sheet, row),
        target=change.pieces if change is not None and row.target is not None else _same(row.text),
        forms=_forms(sheet, row),
        hints=_hints(sheet, row),
        state=State.MISSING if hole and row.kind != "slug" else state,
        stale=row.stale,
        gone=row.gone,
        changed=change is not None,
        there=row.target is not None,
        origin=row.origin,
        unsure=row.unsure,
        rows=max(2, min(20, max((len(form) // 50 + form.count("\n") + 1 for form in _forms(sheet, row)), default=1))),
    )


def _taken_out(place: int, segment: Segment) -> Line:
    struck = (Piece(change=Change.STRUCK, text=segment.text),)
    return Line(
        place=place, key=segment.key, kind=segment.kind, path=segment.key.partition(":")[2], source=(), target=struck,
        forms=(), changed=True,
    )  # fmt: skip


def _samples(sheet: Sheet, row: Row) -> tuple[str, ...]:
    """Return, for each plural form, numbers to think of."""
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    return () if entry is None or entry.plural is None else _counted(sheet.plurals)


@lru_cache(maxsize=16)
def _counted(plurals: PluralRule) -> tuple[str, ...]:
    taken: dict[int, list[str]] = {}
    for number in range(_COUNTED):
        some = taken.setdefault(plurals.form(number), [])
        if len(some) < _SAMPLES:
            some.append(str(number))
    return tuple(", ".join(taken.get(form, ())) for form in range(plurals.count))


def _source(sheet: Sheet, row: Row) -> tuple[Piece, ...]:
    if row.kind == "message":
        entry, words = sheet.messages.get(row.key), FORMS.join(originals(sheet, row))
        before = FORMS.join(previous(entry)) if entry is not None else ""
        return word_diff(before, words) if before else _same(words)
    now = "\n\n".join(one.text for one in row.sources)
    return word_diff("\n\n".join(one.text for one in row.before), now) if row.before else _same(now)


def _hints(sheet: Sheet, row: Row) -> tuple[str, ...]:
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    if entry is None:
        return ()
    return (*([entry.context] if entry.context else []), *entry.comments("#."), *entry.comments("#"))


def _forms(sheet: Sheet, row: Row) -> tuple[str, ...]:
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    if entry is None or entry.plural is None:
        return (row.text,)
    forms = row.text.split(FORMS) if row.text else []
    count = sheet.plurals.count
    return tuple((forms + [""] * count)[: max(count, len(forms))])


def apart(text: str) -> str:
    """Return the words of a segment as pages show them: what stands between plural forms is no letter."""
    return text.replace(FORMS, BETWEEN_FORMS)


def _same(text: str) -> tuple[Piece, ...]:
    return (Piece(change=Change.SAME, text=text),) if text else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the lines. `first` counts from 0; `earlier` and `later` are where the parts beside it begin."""

    lines: Sequence[Line]
    show: str
    total: int
    first: int
    earlier: int | None
    later: int | None


SHOWN = ("all", "changed", "open")


def part_of(lines: Sequence[Line], *, show: str, first: int) -> Part:
    """Return the lines that are asked for: `all`, those that `changed` since the last review, or those still `open`."""
    return paged(list(_chosen(lines, show)), show=show, first=first)


def paged(chosen: Sequence[Line], *, show: str, first: int) -> Part:
    """Return as many lines as a page has, from the one numbered `first`, or from the beginning if there is none."""
    first = first if 0 <= first < len(chosen) else 0
    return Part(
        lines=chosen[first : first + SIZE],
        show=show,
        total=len(chosen),
        first=first,
        earlier=max(first - SIZE, 0) if first else None,
        later=first + SIZE if first + SIZE < len(chosen) else None,
    )


def _chosen(lines: Iterable[Line], show: str) -> Iterator[Line]:
    for line in lines:
        if show == "all" or (line.changed if show == "changed" else line.is_open):
            yield line
