"""What was done to a selection is undone, whole or for single texts, where nothing newer stands in its place."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.errors import NotAllowed, NotFound, Refusal
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.services import bulk_assigning, bulk_publishing, bulk_reminding, bulk_translating, steps
from app.services.bulk import ActsOn, Text
from app.storage.bulk import DbBulkAction, DbBulkItem
from app.storage.database import savepoint

Look = Callable[[Session, Text, DbBulkItem], None]
Undo = Callable[[Session, Text, DbBulkItem, Actor], None]

_UNDO: Final[Mapping[BulkKind, tuple[Look, Undo]]] = {
    BulkKind.ASSIGN: (bulk_assigning.require_undoable, bulk_assigning.undo),
    BulkKind.DUE: (bulk_assigning.require_undoable, bulk_assigning.undo),
    BulkKind.REMIND: (bulk_reminding.require_undoable, bulk_reminding.undo),
    BulkKind.PUBLISH: (bulk_publishing.require_undoable, bulk_publishing.undo),
    BulkKind.TRANSLATE: (bulk_translating.require_undoable, bulk_translating.undo),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What became of one text: nothing to say if it is undone, else why it is not."""

    item: int
    reasons: tuple[str, ...] = ()


def find(session: Session, number: int) -> DbBulkAction:
    """Return what was done, by its number. NotFound if nothing was."""
    found = session.get(DbBulkAction, number)
    if found is None:
        raise NotFound(saying("there is no such action"))
    return found


def against(session: Session, item: DbBulkItem) -> tuple[str, ...]:
    """Return why one text cannot be undone, by the code that would do it; nothing if it can. Nothing is done."""
    try:
        _require(session, item)
    except Refusal as refusal:
        return refusal.reasons
    return ()


def undo(
    session: Session, action: DbBulkAction, acts: ActsOn, who: Actor, *, numbers: Collection[int] | None = None
) -> list[Undone]:
    """Undo what was done to the texts of these numbers (None: to all), each in a savepoint of its own.

    Forbidden for who neither did it nor may undo what others did. What was done last is undone first, so that no
    translation stays without its source. Return what became of each that stood.
    """
    if action.by != who.name:
        require(who.roles, Right.UNDO)
    wanted = [item for item in action.items if item.stands and (numbers is None or item.id in numbers)]
    for document in sorted({item.document_id: item.document for item in wanted}.items()):
        steps.lock_document(session, document[1])
    return [_undone(session, item, acts(item.locale)) for item in reversed(wanted)]


def _undone(session: Session, item: DbBulkItem, actor: Actor) -> Undone:
    session.refresh(item, with_for_update=True)
    try:
        with savepoint(session):
            text = _require(session, item)
            _, undo_it = _UNDO[item.action.kind]
            undo_it(session, text, item, actor)
            item.undone_at, item.undone_by = datetime.now(UTC), actor.name
    except Refusal as refusal:
        return Undone(item=item.id, reasons=refusal.reasons)
    return Undone(item=item.id)


def _require(session: Session, item: DbBulkItem) -> Text:
    """Return the text; a Refusal says why what was done to it cannot be undone."""
    if item.action.kind not in _UNDO:
        raise NotAllowed(saying("files that went out cannot be taken back"))
    if not item.stands:
        raise NotAllowed(saying("it is undone already"))
    text = Text(document=item.document, locale=item.locale)
    look, _ = _UNDO[item.action.kind]
    look(session, text, item)
    return text
