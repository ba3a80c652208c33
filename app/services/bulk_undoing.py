"""What was done to a selection is undone, whole or for single texts, where nothing newer stands in its place."""

from collections.abc import Callable, Collection, Mapping, Sequence
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
from app.services.bulk import PART, ActsOn, Text
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


def parts(
    session: Session, number: int, who: Actor, *, wanted: Collection[int] | None = None
) -> Sequence[Sequence[int]]:
    """Return the items to be undone (None: all that stand), by parts of which each has a transaction, as `bulk.parts`.

    What was done last is undone first, so that no translation stays without its source. NotFound without such an
    action; Forbidden for who neither did it nor may undo what others did.
    """
    action = find(session, number)
    if action.by != who.name:
        require(who.roles, Right.UNDO)
    standing = [one.id for one in reversed(action.items) if one.stands and (wanted is None or one.id in wanted)]
    return [standing[start : start + PART] for start in range(0, len(standing), PART)]


def undo(session: Session, numbers: Sequence[int], acts: ActsOn) -> list[Undone]:
    """Undo items, one after the other, each in a savepoint of its own; return what became of each.

    Documents are held in one order, so that two who do this at once never wait for each other.
    """
    items = [session.get_one(DbBulkItem, number) for number in numbers]
    for _, document in sorted({item.document_id: item.document for item in items}.items()):
        steps.lock_document(session, document)
    return [_undone(session, item, acts(item.locale)) for item in items]


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
