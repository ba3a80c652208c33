"""Finding and replacing in the whole of a text: every place is shown, and one press changes those that are ticked."""

from collections.abc import Collection, Sequence
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.replacing import Place, Wanted, places, typed_of
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.word_diff import Piece, word_diff
from app.services import sheets
from app.services.revisions import Saved
from app.services.sheets import Bases, Sheet

MOST: Final = 300
"""Places that are shown and changed at once; when those are done the next ones can be."""

LARGEST: Final = 1_000_000
"""Letters of all places together, as they would be."""

_SLOW: Final = saying("this regular expression takes too long")
_SECONDS = 5.0  # for all places together: a regular expression may be slow everywhere, and too slow nowhere


def found(sheet: Sheet, wanted: Wanted) -> Sequence[Place]:
    """Return the first places that would change. NotAllowed as `places`, or if they take or say too much."""
    until = monotonic() + _SECONDS
    some, letters = list[Place](), 0
    for row in sheet.rows:
        if monotonic() > until:
            raise NotAllowed(_SLOW)
        new = list(places([row], wanted))
        some, letters = some + new, letters + sum(len(place.new) for place in new)
        if letters > LARGEST:
            raise NotAllowed(saying("what comes in would have more than %(most)s letters: look for less", most=LARGEST))
        if len(some) >= MOST:
            break
    return some[:MOST]


def compared(sheet: Sheet, wanted: Wanted) -> Sequence[tuple[Place, Sequence[Piece]]]:
    """Return the first places that would change, and what changes there. NotAllowed as `found`."""
    until = monotonic() + _SECONDS
    some: list[tuple[Place, Sequence[Piece]]] = []
    for place in found(sheet, wanted):
        if monotonic() > until:
            raise NotAllowed(_SLOW)
        some.append((place, word_diff(place.old, place.new)))
    return some


def chosen(sheet: Sheet, wanted: Wanted, ticked: Collection[int]) -> Sequence[Place]:
    """Return the ticked places of what somebody was shown. NotAllowed where nothing is ticked, and as `found`."""
    some = [place for number, place in enumerate(found(sheet, wanted)) if number in ticked]
    if not some:
        raise NotAllowed(saying("nothing is ticked, so nothing was changed"))
    return some


def replace(
    session: Session, name: DocumentName, locale: Tag, actor: Actor, *, bases: Bases, places: Sequence[Place]
) -> Saved:
    """Change places of a text that was made from `bases`; return what became of it.

    One revision, merged as any other: where somebody wrote otherwise meanwhile, both are kept. It is no new translation
    of the source: what a segment was made from stays. Refusals as `sheets.save`.
    """
    return sheets.save(session, name, locale, actor, bases=bases, typed=typed_of(places), follows=False)
