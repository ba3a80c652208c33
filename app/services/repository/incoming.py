"""A file that the remote changed comes in as what it is: an edit of the text that stood there when both last agreed.

That text is made the base of the file's next change. So the synchroniser, who finds the remote's file in the tree, does
what it does with everybody's: takes it where nothing else was changed, corrects what is live, or merges by segment and
keeps as suggestions what cannot be. And a run that is killed between the two leaves a tree that says the same.
"""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadText
from app.domain.people import Actor, Channel
from app.formats.choice import format_of, labelled
from app.services import revisions, transitions
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.services.texts import find_document
from app.storage.texts import DbRevision, DbTranslation
from app.storage.tree import Found, digest_of_bytes
from app.storage.tree_files import DbTreeFile


def expect(session: Session, slot: Slot, *, before: bytes | None, after: bytes, actor: Actor) -> bool:
    """Let the next change of a file be one of the text that stood there `before` (None: there was none).

    False, and nothing has changed, if what stands there `after` is in: a run that was killed had come as far.
    """
    document = find_document(session, slot.document)
    translation = document.text_in(slot.locale) if document is not None else None
    if translation is None:
        return True
    transitions.lock(session, translation)
    row = session.get(DbTreeFile, slot.path)
    agreed = row.revision_id if row is not None else None
    base = _base(session, translation, slot, before, actor=actor, agreed=agreed) if before is not None else None
    if _is_in(session, translation, slot, after, since=base.id if base is not None else 0):
        return False
    if before is not None and base is None:
        return True  # nobody could read it: what was agreed on before goes on to be the base
    row = row or DbTreeFile(path=slot.path)
    row.translation_id, row.revision_id = translation.id, base.id if base is not None else None
    row.digest = digest_of_bytes(before) if before is not None else ""
    row.state = row.refused = row.problem = ""
    row.seen_at = datetime.now(UTC)
    session.add(row)
    return True


def _base(
    session: Session, translation: DbTranslation, slot: Slot, raw: bytes, *, actor: Actor, agreed: int | None
) -> DbRevision | None:
    """Return the revision that a file's text is: the one agreed on, or live, if it says that, else the newest.

    One that was never here is kept as a revision beside the others. None if it cannot be read.
    """
    try:
        text = decode(slot, Found(path=slot.path, raw=raw))
        digest = format_of(slot.document.kind, slot.locale).digest(text)
    except BadText:
        return None
    same = (DbRevision.translation_id == translation.id, DbRevision.digest == digest)
    numbers = list(session.scalars(select(DbRevision.id).where(*same).order_by(DbRevision.id.desc())))
    first = (agreed, translation.live_id, translation.head_id)
    for number in (*(one for one in first if one in numbers), *numbers):
        if number is not None:
            return session.get_one(DbRevision, number)
    try:
        return revisions.store(session, translation, text, actor, base=None, path=slot.path)
    except BadText:
        return None


def _is_in(session: Session, translation: DbTranslation, slot: Slot, raw: bytes, *, since: int) -> bool:
    """Tell whether a file's text came in by the tree after a revision, word for word."""
    try:
        text = labelled(
            slot.document.kind, slot.locale, decode(slot, Found(path=slot.path, raw=raw)), None, path=slot.path
        )
    except BadText:
        return False
    same = select(DbRevision.id).where(
        DbRevision.translation_id == translation.id, DbRevision.id > since,
        DbRevision.channel == Channel.TREE, DbRevision.text == text,
    )  # fmt: skip
    return session.scalar(same.limit(1)) is not None
