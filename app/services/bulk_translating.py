"""A machine is asked to translate what is missing in the texts of a selection, and what it wrote is taken out again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.config import MachineService
from app.domain.bulk import BulkKind
from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.permissions import require
from app.domain.said import saying
from app.domain.segments import Key, Origin, State, is_hole
from app.domain.side_by_side import FORMS, Row, Typed
from app.domain.translations import Action, Status
from app.services import machine, sheets, transitions
from app.services.bulk import Change, Plan, Text
from app.services.histories import segments_of
from app.services.machine_gaps import typed_in
from app.storage.bulk import DbBulkItem
from app.storage.machine import MACHINE, Order, orders_of
from app.storage.outbox import DbWork, held
from app.storage.texts import DbRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Change):
    """How many letters a machine would be given."""

    letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Translating:
    """Have a machine translate what is missing. `planned` are the letters of the texts that were looked at before."""

    service: MachineService
    planned: list[int] = field(default_factory=list)
    kind = BulkKind.TRANSLATE

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return what it would be given; its base is the newest revision. Refusals as `machine.ask`.

        NotAllowed too where it was asked already, and for a source text.
        """
        name, now = text.document.full_name, datetime.now(UTC)
        head = text.translation.head if text.translation is not None else None
        if text.locale == text.document.source:
            raise NotAllowed(saying("it is the text that others are translated from"))
        order = machine.order_for(
            session, name, text.locale, actor, self.service, source=None, key=None, now=now, besides=sum(self.planned)
        )
        if order is None:
            raise NotAllowed(saying("a machine was asked for it already"))
        self.planned.append(order.letters)

        def do() -> tuple[int | None, int | None]:
            self.planned.clear()  # what came before is ordered by now, or is not
            machine.ask(session, name, text.locale, actor, self.service, source=None, key=None, now=now)
            session.flush()
            return head.id if head is not None else None, orders_of(session, name, text.locale)[-1].id

        return Plan(base=head.number if head is not None else 0, change=Asked(letters=order.letters), do=do)


def require_undoable(session: Session, text: Text, item: DbBulkItem) -> None:
    """Raise NotAllowed where nothing was written since and nothing waits, or the text was handed in.

    Whether anything is left that nobody touched takes all the words of a text: `undo` looks.
    """
    head = text.translation.head_id if text.translation is not None else None
    if head == item.before and _waiting(session, text, item) is None:
        raise NotAllowed(saying("the machine wrote nothing here that nobody has touched since"))
    if text.translation is not None and text.translation.status in {Status.IN_REVIEW, Status.APPROVED}:
        raise NotAllowed(saying("it was handed in since: take it back first"))


def undo(session: Session, text: Text, item: DbBulkItem, actor: Actor) -> None:
    """Call the machine off, and take out what it wrote where nobody has written, confirmed or typed since.

    NotAllowed where it has nothing to do any more and nothing that it wrote is untouched; else refusals as
    `sheets.save`. In one transaction: the order, and a revision without those words.
    """
    require(actor.roles, Action.EDIT, of=text.side)
    if text.translation is not None:
        transitions.lock(session, text.translation)
    work, typed = _waiting(session, text, item), _untouched(session, text, item)
    if work is None and not typed:
        raise NotAllowed(saying("the machine wrote nothing here that nobody has touched since"))
    if work is not None and (work := held(session, work.id)) is not None:
        session.delete(work)
    if typed:
        name = text.document.full_name
        bases = sheets.sheet(session, name, text.locale).bases
        sheets.save(session, name, text.locale, actor, bases=bases, typed=typed)


def _waiting(session: Session, text: Text, item: DbBulkItem) -> DbWork | None:
    """Return the order that was given, None if it is done; the database may have given its number to another."""
    work = session.get(DbWork, item.after) if item.after is not None else None
    if work is None or work.kind != MACHINE or work.subject != str(text.chosen):
        return None
    return work if Order.of(work).by == item.action.by else None


def _untouched(session: Session, text: Text, item: DbBulkItem) -> Mapping[Key, Typed]:
    """Return what empties the segments that were missing then, and are a machine's words by now that nobody touched."""
    shown = sheets.sheet(session, text.document.full_name, text.locale)
    filled, typed = _filled(session, text, item), typed_in(session, shown)
    return {row.key: _emptied(row) for row in shown.rows if _is_machines(row) and row.key not in filled | typed}


def _is_machines(row: Row) -> bool:
    made = row.rendering
    written = row.target is not None and not is_hole(row.target)
    return written and made is not None and (made.origin, made.state) == (Origin.MACHINE, State.NEEDS_WORK)


def _emptied(row: Row) -> Typed:
    return Typed(forms=("",) * len(row.text.split(FORMS)))


def _filled(session: Session, text: Text, item: DbBulkItem) -> set[Key]:
    if item.before is None or text.translation is None:
        return set()
    before = session.get_one(DbRevision, item.before)
    return {one.key for one in segments_of(text.translation, before) if not is_hole(one)}
