"""In which order the files of one document come in."""

from collections.abc import Iterator, Mapping

from app.domain.errors import BadText
from app.domain.segments import Tag
from app.formats.choice import parse
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.storage.tree import Found


def in_order(files: Mapping[Slot, Found], *, source: Tag) -> Iterator[Slot]:
    """Yield the source first, then each text after the one it says it is based on, drafts last."""
    pending = {slot: _made_from(slot, found) for slot, found in sorted(files.items())}
    while pending:
        locales = {slot.locale for slot in pending if not slot.draft}

        def rank(slot: Slot) -> tuple[bool, bool, bool, Slot]:
            waits = pending[slot] in locales and pending[slot] != slot.locale  # noqa: B023  # used at once
            return slot.draft, waits, slot.locale != source, slot

        first = min(pending, key=rank)
        del pending[first]
        yield first


def _made_from(slot: Slot, found: Found) -> Tag | None:
    try:
        parsed = parse(slot.document.kind, slot.locale, decode(slot, found), path=slot.path)
    except BadText:
        return None  # it will be refused when its turn comes
    return parsed.header.based_on.locale if parsed.header.based_on else None
