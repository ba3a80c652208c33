"""What the files of the tree should hold: the live text, and beside it a head that differs; and which of them don't."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import Problem
from app.formats.charset import encode as encode_catalogue
from app.formats.choice import as_filed, parse
from app.services.sync.files import Files
from app.services.sync.moves import report
from app.services.sync.slots import Slot
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import digest_of_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A revision, by its identifier, and the status its file has to tell (none in facts and templates)."""

    revision_id: int
    status: str

    @property
    def state(self) -> str:
        """Return what the synchroniser compares: it changes when the file would have to."""
        return f"{self.revision_id}:{self.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file to be put in the place of the one agreed on (None: there was none); no bytes to remove it.

    `problems` are to be said of it, and of its path no others any more.
    """

    slot: Slot
    raw: bytes | None
    agreed: str | None
    want: Wanted | None
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str | None:
        """Return SHA-256 of the new bytes, None if the file is to go."""
        return None if self.raw is None else digest_of_bytes(self.raw)


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
    text = _text(session, slot, want)
    if slot.document.kind is Kind.CATALOGUE:
        return encode_catalogue(text, path=slot.path)
    return text.encode()


def warnings(session: Session, slot: Slot, want: Wanted) -> tuple[Problem, ...]:
    """Return what there is to say of a slot's file as it is `written`."""
    text = _text(session, slot, want)
    return parse(slot.document.kind, slot.locale, text, path=slot.path).warnings


def _text(session: Session, slot: Slot, want: Wanted) -> str:
    revision = session.get_one(DbRevision, want.revision_id)
    kind, segments = slot.document.kind, revision.segment_map
    return as_filed(kind, slot.locale, revision.text, segments, status=want.status, path=slot.path)


def outputs(session: Session, document: DbDocument, files: Files) -> Iterator[Output]:
    """Yield the files that are not as the database has them; tell which have vanished. A refused file is left alone."""
    for translation in document.translations:
        for draft in (False, True):
            output = _output(
                session,
                Slot(document=document.full_name, locale=translation.locale, draft=draft),
                wanted(translation, draft=draft),
                files,
            )
            if output is not None:
                yield output


def _output(session: Session, slot: Slot, want: Wanted | None, files: Files) -> Output | None:
    row = files.rows.get(slot.path)
    if row is not None and row.digest and want is not None and slot.path not in files.present:
        reason = "has vanished; its text is kept, and nothing is deleted"
        report(files.tell, [Problem(path=slot.path, line=0, reason=reason)])
    refused = slot.path in files.left_alone or (row is not None and row.refused)
    if refused or (want is None and (row is None or slot.path not in files.present)):
        return None
    if want is not None and row is not None and want.state == row.state:
        return None
    output = Output(
        slot=slot,
        raw=written(session, slot, want) if want is not None else None,
        agreed=(row.digest or None) if row is not None else None,
        want=want,
        problems=warnings(session, slot, want) if want is not None else (),
    )
    if row is not None and want is not None and output.digest == row.digest:
        row.state, row.revision_id = want.state, want.revision_id  # the file says all of it already
        return None
    return output
