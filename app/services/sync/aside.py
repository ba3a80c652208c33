"""What an exchange found set aside, a save that nobody had agreed on: is it in by now, and what stands in its place.

Both are asked because a run may be killed at any point after the exchange, and because what stands there is most often
what the run wrote itself, which is nobody's edit of what was set aside.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadText
from app.domain.segments import NO_LANGUAGE
from app.formats.choice import format_of, parse
from app.services.sync.intake import decode
from app.services.sync.output import Wanted, written
from app.services.sync.slots import Slot
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found


def is_in(session: Session, translation: DbTranslation, slot: Slot, found: Found, *, since: int) -> bool:
    """Tell whether a file's text became a revision after the one of this number, word for word."""
    try:
        text = decode(slot, found)
        parse(slot.document.kind, slot.locale, text, path=slot.path)
    except BadText:
        return False
    same = select(DbRevision.id).where(
        DbRevision.translation_id == translation.id, DbRevision.id > since, DbRevision.text == text
    )  # fmt: skip
    return session.scalar(same.limit(1)) is not None


def own_writing(session: Session, translation: DbTranslation, slot: Slot, found: Found) -> Wanted | None:
    """Return what a synchroniser wrote there, if the file is, byte for byte, as one would write a revision."""
    try:
        text = decode(slot, found)
        status = parse(slot.document.kind, slot.locale, text, path=slot.path).header.status or "draft"
    except BadText:
        return None
    digest = format_of(slot.document.kind, slot.locale).digest(text)
    same = select(DbRevision.id).where(DbRevision.translation_id == translation.id, DbRevision.digest == digest)
    for number in session.scalars(same.order_by(DbRevision.id.desc())):
        want = Wanted(revision_id=number, status="" if slot.locale == NO_LANGUAGE else status)
        if written(session, slot, want) == found.raw:
            return want
    return None
