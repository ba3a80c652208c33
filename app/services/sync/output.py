"""What a file of the tree should hold: the live text, and beside it a head that differs."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.segments import NO_LANGUAGE
from app.formats.charset import encode as encode_catalogue
from app.formats.choice import format_of, parse
from app.formats.text import Header
from app.services.sync.slots import Slot
from app.storage.texts import DbRevision, DbTranslation, origin_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A revision, by its identifier, and the status its file has to tell (none in facts and templates)."""

    revision_id: int
    status: str

    @property
    def state(self) -> str:
        """Return what the synchroniser compares: it changes when the file would have to."""
        return f"{self.revision_id}:{self.status}"


def wanted(translation: DbTranslation, *, draft: bool) -> Wanted | None:
    """Return what the database has for a slot, None if it should hold no file."""
    if draft and translation.live_id in {None, translation.head_id}:
        return None
    number = translation.head_id if draft else translation.live_id or translation.head_id
    if number is None:
        return None
    status = "published" if number == translation.live_id else translation.status.value
    return Wanted(revision_id=number, status=status if translation.is_language else "")


def written(session: Session, slot: Slot, want: Wanted) -> bytes:
    """Return the bytes of a slot's file: the revision's text with its status, origin and base as they are now."""
    text_format = format_of(slot.document.kind, slot.locale)
    revision = session.get_one(DbRevision, want.revision_id)
    text = revision.text
    if slot.locale != NO_LANGUAGE:
        said = parse(slot.document.kind, slot.locale, text, path=slot.path).header.status
        # a person who wrote no status wrote a draft: their file stays as it is
        status = None if said is None and want.status == "draft" else want.status
        segments = revision.segment_map
        text = text_format.with_header(
            text, Header(status=status, origin=origin_of(segments), based_on=segments.based_on)
        )
    if slot.document.kind is Kind.CATALOGUE:
        return encode_catalogue(text, path=slot.path)
    return text.encode()
