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
from app.services import sheets
from app.services.revisions import Saved
from app.services.sheets import Bases, Sheet

MOST: Final = 300
"""Places that are shown and changed at once; when those are done the next ones can be."""

_SECONDS = 5.0  # for all places together: a regular expression may be slow everywhere, and too slow nowhere


def found(sheet: Sheet, wanted: Wanted) -> Sequence[Place]:
    """Return the first places that would change. NotAllowed as `places`, and where they are not found in time."""
    until = monotonic() + _SECONDS
    some: list[Place] = []
    for row in sheet.rows:
        if monotonic() > until:
            raise NotAllowed(saying("this regular expression takes too long"))
        some += places([row], wanted)
        if len(some) >= MOST:
            break
    return some[:MOST]


def replace(
    session: Session,
    name: DocumentName,
    locale: Tag,
    actor: Actor,
    *,
    bases: Bases,
    wanted: Wanted,
    ticked: Collection[int],
) -> tuple[Saved, int]:
    """Change the ticked places of the text that somebody was shown; return what became of it, and how many there are.

    One revision, merged as any other: where somebody wrote otherwise meanwhile, both are kept. It is no new translation
    of the source: what a segment was made from stays. NotAllowed where nothing is ticked; refusals as `sheets.save`.
    """
    shown = sheets.sheet(session, name, locale, bases)
    chosen = [place for number, place in enumerate(found(shown, wanted)) if number in ticked]
    if not chosen:
        raise NotAllowed(saying("nothing is ticked, so nothing was changed"))
    typed = typed_of(chosen)
    return sheets.save(session, name, locale, actor, bases=shown.bases, typed=typed, follows=False), len(chosen)
