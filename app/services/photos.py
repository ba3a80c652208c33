"""Photos that come in at the desk: known to their document, and shown once a form is saved that names them."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import msgspec
from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.people import Actor
from app.domain.permissions import allowed
from app.domain.segments import NO_LANGUAGE
from app.domain.stored import StoredPhoto
from app.domain.translations import Action
from app.domain.transliteration import free
from app.services import transitions
from app.services.texts import find
from app.storage.folder_media import DbMedia
from app.storage.journal import Event, note

_LONGEST = 80  # letters of a file's name that a photo keeps


def keep(session: Session, name: DocumentName, filename: str, stored: StoredPhoto, actor: Actor) -> str:
    """Let a document have a photo that is in the store (`develop_photo`); return the path that facts name it by.

    The same photo once more is the one that is there. NotAllowed for who may not edit the facts. In one transaction:
    the row, and the event. The synchroniser puts the file into the tree when facts name it.
    """
    facts = find(session, name, NO_LANGUAGE)
    transitions.lock(session, facts)  # of two photos of one name, one waits for the other
    allowed(facts.status, Action.EDIT, actor.roles, of=facts.side)
    rows = session.scalars(select(DbMedia).where(DbMedia.document_id == facts.document_id)).all()
    same = next((row.path for row in rows if row.digest == stored.digest and row.path.startswith("photos/")), None)
    if same is not None:
        return same
    stem = slugify(PurePosixPath(filename.replace("\\", "/")).stem, max_length=_LONGEST) or "photo"
    path = f"photos/{free(stem, {row.path.removeprefix('photos/').rpartition('.')[0] for row in rows})}.webp"
    packed = msgspec.json.encode(stored)
    session.add(
        DbMedia(
            document_id=facts.document_id, path=path, digest=stored.digest, stored=packed, added_at=datetime.now(UTC)
        )
    )
    note(session, Event.by(actor, str(name), "media", path=path, digest=stored.digest, before=None))
    session.flush()
    return path
